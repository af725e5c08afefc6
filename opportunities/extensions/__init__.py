"""What opportunities add to the pages of the kernel, one file per subject."""

from opportunities.extensions import opportunity

__all__ = ["opportunity"]
