"""Parts that to-dos and approvals show on pages."""
