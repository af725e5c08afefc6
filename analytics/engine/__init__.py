"""The engine: adds facts up into stored sums, and answers what a figure is for a reader."""
