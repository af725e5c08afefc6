"""What customers add to the pages of the kernel, one file per subject."""

from customers.extensions import admission, archive, change

__all__ = ["admission", "archive", "change"]
