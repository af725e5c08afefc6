"""What opportunities add to the pages of the kernel, one file per subject."""

from opportunities.extensions import (
    certificate,
    deal,
    development,
    funnel,
    move,
    opportunity,
    outcomes,
    qualification,
    quote,
    sample,
    tender,
)

__all__ = [
    "certificate",
    "deal",
    "development",
    "funnel",
    "move",
    "opportunity",
    "outcomes",
    "qualification",
    "quote",
    "sample",
    "tender",
]
