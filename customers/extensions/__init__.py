"""What customers add to the pages of the kernel, one file per subject."""

from customers.extensions import archive, grading, handover, pool, registration

__all__ = ["archive", "grading", "handover", "pool", "registration"]
