"""SAP S/4HANA by OData V2: the client and the field maps."""
