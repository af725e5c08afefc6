"""Tenders (BP-SM-09): what is asked for, what we bid, and what came of it. docs/tenders.md explains it."""
