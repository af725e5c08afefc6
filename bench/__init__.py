"""Benchmarks: `python -m bench NAME [options]` prints a table."""
