"""Handing customers over with what is open. docs/hand-over.md explains it."""
