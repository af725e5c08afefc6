"""Two customers that are one company: merge them with everything that hangs on them, and undo it (docs/merging.md)."""
