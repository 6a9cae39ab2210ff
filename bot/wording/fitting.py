"""What grows with members' words, or with how many things there are, cut to what a message of Discord's takes."""

from collections.abc import Callable, Sequence

from bot.rules.visible import visible
from bot.wording.quoting import quote


def fitting(rows: Sequence[str], most: int, joint: str = ", ", more: Callable[[int], str] = "+ {}".format) -> str:
    """The first rows, as many as fit into so many characters, and how many more there are (`more`)."""
    said = joint.join(rows)
    count = len(rows)
    while len(said) > most and count:
        count -= 1
        said = joint.join([*rows[:count], more(len(rows) - count)])
    return said


def excerpt(words: str, most: int) -> str:
    """The beginning of somebody's words, harmless (see `quote`), in at most so many characters."""
    shown = visible(words)
    said = quote(shown)
    if len(said) <= most:
        return said
    end = most
    while len(said := quote(shown[:end])) >= most:
        end -= max(1, (len(said) - most) // 2)  # quoted, a character is two at most
    return f"{said}…"
