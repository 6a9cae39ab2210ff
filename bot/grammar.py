"""Small rules of English that captions share."""

from collections.abc import Sequence

UNCOUNTED = frozenset({"coffee", "coral", "corn", "food", "fruit", "grass", "wine"})


def listed(parts: Sequence[str]) -> str:
    """Join parts as they are said aloud."""
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def with_article(name: str) -> str:
    """Say `a` or `an` before what can be counted and is one."""
    if name in UNCOUNTED or (name.endswith("s") and not name.endswith(("ss", "us"))):
        return name
    return f"{'an' if name[0].lower() in 'aeiou' and not name.startswith('uni') else 'a'} {name}"


def degree(amount: float, little: str, some: str, much: str) -> str:
    """Choose the words for an amount from 0 to 1."""
    return little if amount < 0.3 else much if amount > 0.7 else some


def third(x: float) -> str:
    return "on the left" if x < 0.38 else "on the right" if x > 0.62 else "in the middle"
