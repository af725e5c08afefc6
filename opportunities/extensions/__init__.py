"""What opportunities add to the pages of the kernel, one file per subject."""

from opportunities.extensions import opportunity, quote

__all__ = ["opportunity", "quote"]
