"""What customers add to the pages of the kernel, one file per subject."""

from customers.extensions import admission, archive, change, grading, handover, merging, pool, registration, wallet

__all__ = ["admission", "archive", "change", "grading", "handover", "merging", "pool", "registration", "wallet"]
