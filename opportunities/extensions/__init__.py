"""What opportunities add to the pages of the kernel, one file per subject."""

from opportunities.extensions import deal, funnel, move, opportunity, outcomes, qualification, quote, sample, tender

__all__ = ["deal", "funnel", "move", "opportunity", "outcomes", "qualification", "quote", "sample", "tender"]
