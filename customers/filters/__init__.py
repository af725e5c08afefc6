"""What the lists of the archive can be narrowed by, one file per kind of record."""
