"""What opportunities add to the pages of the kernel, one file per subject."""

from opportunities.extensions import opportunity, tender

__all__ = ["opportunity", "tender"]
