"""Forms of campaigns and leads."""
