"""What customers add to the pages of the kernel, one file per subject."""

from customers.extensions import archive, merging

__all__ = ["archive", "merging"]
