"""Small rules of languages that captions share."""

from collections.abc import Sequence

from bot.language.fluent import ENGLISH, Language

UNCOUNTED = frozenset({"coffee", "coral", "corn", "food", "fruit", "grass", "wine"})  # in English


def listed(language: Language, parts: Sequence[str]) -> str:
    """Join parts as they are said aloud."""
    if len(parts) < 2:
        return "".join(parts)
    *others, last = parts
    name = "list-and-before-i" if last.lower().startswith(("i", "hi")) else "list-and"
    return language.say(name, first=", ".join(others), last=last)


def named(language: Language, name: str) -> str:
    """A thing with its article, from its English name; nothing where the language has no word for it."""
    message = f"thing-{slug(name)}"
    if language.has(message):
        return language.say(message)
    return with_article(name) if language.code == ENGLISH else ""


def with_article(name: str) -> str:
    """Say `a` or `an` before what can be counted in English and is one."""
    if name in UNCOUNTED or (name.endswith("s") and not name.endswith(("ss", "us"))):
        return name
    return f"{'an' if name[0].lower() in 'aeiou' and not name.startswith('uni') else 'a'} {name}"


def after_colon(language: Language, sentence: str) -> str:
    """A whole sentence after a colon: German begins it with a capital."""
    return sentence[0].upper() + sentence[1:] if language.code == "de" else sentence


def slug(name: str) -> str:
    """A name as part of a message's id."""
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in name.lower())


def degree(amount: float, little: str, some: str, much: str) -> str:
    """Choose the words for an amount from 0 to 1."""
    return little if amount < 0.3 else much if amount > 0.7 else some


def third(x: float) -> str:
    """Where something is across the picture."""
    return "left" if x < 0.38 else "right" if x > 0.62 else "middle"
