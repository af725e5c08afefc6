"""What customers add to the pages of the kernel, one file per subject."""

from customers.extensions import archive, handover, pool

__all__ = ["archive", "handover", "pool"]
