"""What the sheets of the catalogue share."""


def heads(words: str) -> tuple[str, ...]:
    """Column heads, written with | between them."""
    return tuple(words.split("|"))
