"""A member's text as clean units: words as they were said, beside the form that the tables know them by."""

import re
import unicodedata
from dataclasses import dataclass

from renderer.mood.phrases import FILLERS, PLAIN_FORMS
from renderer.mood.words.emoji import spelled

WITHIN_WORDS = "'&%-"
STRONG, WEAK = ".!?;:", ","  # what ends a sentence, and what a clause
_AWAY = re.compile(r"https?://\S+|<[@#:a][^>]*>")  # addresses; Discord's mentions and emoji of its own
_EVEN = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\n": ".",
        "\r": ".",
        "\u2026": ".",
        "\u2013": ",",
        "\u2014": ",",
        "\u3001": ",",
        "\uff0c": ",",
        "\u3002": ".",
        "\uff01": "!",
        "\uff1f": "?",
        "\uff1b": ";",
        "\uff1a": ":",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A word that the tables may know, with the little words that go with it."""

    plain: str
    said: str  # as it was said, little words included
    bare: str  # without them


def cleaned(text: str) -> str:
    """Keep words and the marks between them: no control characters, markup, addresses or line breaks."""
    apart = "".join(map(_apart, _AWAY.sub(" ", text)))
    even = unicodedata.normalize("NFKC", apart.translate(_EVEN)).translate(_EVEN)
    kept = "".join(char if _belongs(char) else " " for char in even)
    return " ".join(kept.split())


def sentences(text: str) -> list[list[str]]:
    """Part clean text into sentences, and each into clauses."""
    parts = [part.split(WEAK) for part in re.split(r"[!?;:]|\.(?!\d)", text)]
    return [clauses for part in parts if (clauses := [clause for clause in part if clause.strip()])]


def units(clause: str) -> list[Unit]:
    """Take a clause apart. A little word goes with the word after it, at the end with the one before."""
    found: list[Unit] = []
    aside: list[str] = []
    for word in re.split(r"[\s-]+", clause):
        plain = word.lower()
        if not any(char.isalnum() for char in word):
            continue
        aside.append(word)
        if plain not in FILLERS:
            found.append(Unit(plain=PLAIN_FORMS.get(plain, plain), said=" ".join(aside), bare=word))
            aside = []
    if aside and found:
        last = found.pop()
        found.append(Unit(plain=last.plain, said=" ".join((last.said, *aside)), bare=last.bare))
    return found


def stem(word: str) -> str:
    """Cut an English word to what its forms share: "smiles", "smiling" and "smiled" to "smil"."""
    for ending in ("ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou" else word
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, the little ones aside."""
    words = (word.strip(WITHIN_WORDS + STRONG + WEAK).lower() for word in re.split(r"[\s-]+", text))
    return frozenset(stem(word) for word in words if word and word not in FILLERS)


def _apart(char: str) -> str:
    """Put words for an emoji, as a clause of its own."""
    words = spelled(char)
    return char if words == char else f", {words}, " if words.strip() else " "


def _belongs(char: str) -> bool:
    if "\ufe00" <= char <= "\ufe0f":  # says how the emoji before it looks
        return False
    return unicodedata.category(char)[0] in "LMN" or char in WITHIN_WORDS + STRONG + WEAK
