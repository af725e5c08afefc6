"""The funnel of the demo company, and what is done for it: one file per subject."""
