"""Sheets that can be imported into the archive."""
