"""What opportunities add to the pages of the kernel, one file per subject."""

from opportunities.extensions import opportunity, sample

__all__ = ["opportunity", "sample"]
