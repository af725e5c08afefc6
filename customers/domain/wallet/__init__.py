"""Share of wallet: stated demands, competitors' parts, and our own part, which is worked out."""
