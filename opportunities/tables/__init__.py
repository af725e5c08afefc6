"""The lists of opportunities and of what is done for them, one file per kind of record."""
