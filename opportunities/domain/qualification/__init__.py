"""Our admission as a supplier at customers (BP-SM-06). docs/qualification.md explains it."""
