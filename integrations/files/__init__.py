"""Documents of an ERP that is no SAP: sheets in a drop folder, read by the same way as SAP's rows."""
