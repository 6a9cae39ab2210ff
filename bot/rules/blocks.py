"""Whom and what a server shuts out, and what counts as a blocked word or picture."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category, normalize

ALIKE = 32  # of 256 bits: another file of one picture differs by up to 8, in a slight crop by 23 to 37, others by 98
TELLING = 48  # bits of each kind that a likeness needs: plain pictures are all alike
INVISIBLE = {"Mn", "Me", "Cf"}  # marks that pile up on letters, and characters that show nothing
LOOKALIKES = str.maketrans("013457@$€", "oieastase")
SINGLES = re.compile(r"\b(?:\w ){2,}\w\b")


class Kind(StrEnum):
    """What is blocked."""

    MEMBER = "member"
    STILL = "still"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing that a server shuts out."""

    kind: Kind
    subject: str  # an id, a hash, a word
    likeness: str = ""  # of a still, where it is known


def blocked_word(text: str, words: Iterable[str]) -> str | None:
    """The first of `words` that the text has: whole words whatever their case, marks, spacing or look-alike digits.

    A word that ends with an asterisk stands for all that begin so.
    """
    said = (plain(text), plain(text.translate(LOOKALIKES)))
    for word in words:
        pattern = _pattern(word)
        if pattern is not None and any(pattern.search(each) for each in said):
            return word
    return None


def _pattern(word: str) -> re.Pattern[str] | None:
    stem = plain(word.rstrip("*"))
    end = "" if word.endswith("*") else r"\b"
    return re.compile(rf"\b{re.escape(stem)}{end}") if stem else None


def plain(text: str) -> str:
    """A text's words, one space between them, letters without marks; letters that stand apart are joined."""
    bare = "".join(sign for sign in normalize("NFKD", text.casefold()) if category(sign) not in INVISIBLE)
    words = " ".join(re.findall(r"\w+", normalize("NFKC", bare).replace("_", " ")))
    return SINGLES.sub(lambda found: found[0].replace(" ", ""), words)


def alike(one: str, other: str) -> bool:
    """Whether two likenesses (see `renderer.programs.canonical`) are of one picture. Plain pictures are never alike."""
    if not one or not other:
        return False
    first, second = int(one, 16), int(other, 16)
    telling = all(TELLING <= each.bit_count() <= 256 - TELLING for each in (first, second))
    return telling and (first ^ second).bit_count() <= ALIKE
