"""Pages of the organisation."""
