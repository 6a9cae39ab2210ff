"""Words in a bag."""


def bag(words: str) -> frozenset[str]:
    """Hold words written with blanks between."""
    return frozenset(words.split())
