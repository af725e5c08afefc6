"""Pages of WeCom."""
