"""What the lists can be narrowed by, one file per kind of record."""
