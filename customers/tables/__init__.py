"""The lists of the archive, one file per kind of record; `cells` is what several share."""
