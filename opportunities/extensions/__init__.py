"""What opportunities add to the pages of the kernel, one file per subject."""

from opportunities.extensions import opportunity, qualification, tender

__all__ = ["opportunity", "qualification", "tender"]
