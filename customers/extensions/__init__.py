"""What customers add to the pages of the kernel, one file per subject."""

from customers.extensions import archive, grading

__all__ = ["archive", "grading"]
