"""What was said, clause by clause: the phrases that tables know, what denies and weighs them, and what is left over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from renderer.mood.grammar import (
    ALTERNATIVES,
    CLAUSE_ENDS,
    COMPOUNDS,
    DEGREES,
    EXCEPTIONS,
    NEGATORS,
    NOTHING,
    ONLY,
    PLAIN,
    REFUSALS,
    TELLING,
)
from renderer.mood.kindred import KINDRED
from renderer.mood.phrases import MARKS, Word, tokens, words
from renderer.mood.tables import KNOWN, NAMES

LONGEST = 5  # words in a phrase
REACH = 3  # words between a "no" and what it denies


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that a table knows, as they were said."""

    text: str
    denied: bool = False
    degree: float = 1.0  # "much" above 1, "a bit" below, "less" below 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    phrases: tuple[Phrase, ...]
    rest: str = ""  # what it says beyond the phrases, to be understood by its meaning; empty where that is nothing
    refused: str = ""  # unknown words after a "not": what they mean is not wanted
    only: bool = False


def clauses(said: str, shown: Iterable[str] = ()) -> Iterator[Clause]:
    """Read text clause by clause. What the picture shows is left alone: it is there already."""
    names = frozenset(" ".join(tokens(name)) for name in shown)
    compounds = COMPOUNDS | {name for name in names if " " in name}
    denied = False
    for part, only in _parts(_exclusive(_no_more(words(said)))):
        listener = _Listener(part, compounds, names | PLAIN)
        if denied and ALTERNATIVES & {word.plain for word in part}:
            listener.deny_all()
        yield listener.clause(only=only)
        denied = listener.ended_denied


def _parts(said: list[Word]) -> Iterator[tuple[list[Word], bool]]:
    """Part at marks and at each "only", which counts for what follows it, or else for what it follows."""
    parts: list[tuple[list[Word], bool]] = []
    part: list[Word] = []
    only = False
    for word in [*said, Word(plain=".", said=".")]:
        if word.plain not in MARKS and word.plain != ONLY:
            part.append(word)
            continue
        if part:
            parts.append((part, only))
        elif only and parts:
            parts[-1] = (parts[-1][0], True)
        part, only = [], word.plain == ONLY
    yield from parts


def _no_more(said: list[Word]) -> list[Word]:
    """Read "no more rain" as "no rain". With nothing after it, "no more" tells of something: "she smiles no more"."""
    plain = [".", *(word.plain for word in said), "."]
    idle = {
        at for at, word in enumerate(said) if plain[at] == "no" and word.plain == "more" and plain[at + 2] not in MARKS
    }
    return [word for at, word in enumerate(said) if at not in idle]


def _exclusive(said: list[Word]) -> list[Word]:
    """Put "only" for "nothing moves but", "everything is still except", "nothing else"."""
    found: list[Word] = []
    skip_to = 0
    for at, word in enumerate(said):
        if at < skip_to:
            continue
        following = [other.plain for other in said[at + 1 : at + 5]]
        turn = next((place for place, plain in enumerate(following) if plain in EXCEPTIONS), None)
        if word.plain in NOTHING and following[:1] == ["else"]:
            turn = 0
        if word.plain in NOTHING and turn is not None and not set(following[:turn]) & set(MARKS):
            found.append(Word(plain=ONLY, said=word.said))
            skip_to = at + turn + 2
        else:
            found.append(word)
    return found


@dataclass(slots=True)
class _Listener:
    """Goes through the words of one part."""

    words: list[Word]
    compounds: frozenset[str]
    plain: frozenset[str]  # says nothing by itself
    phrases: list[Phrase] = field(default_factory=list[Phrase])
    left: list[str] = field(default_factory=list[str])
    refused: str = ""
    unknown: bool = False
    ended_denied: bool = False
    _denied_until: int = -1
    _to_end: int = -1  # where a "no" of the part before reaches
    _no_from: int | None = None  # where in `left` a "no" waits for what it denies
    _no_refuses: bool = False
    _degree: float = 1.0

    def deny_all(self) -> None:
        self._to_end = self._denied_until = len(self.words)

    def clause(self, *, only: bool) -> Clause:
        at = 0
        while at < len(self.words):
            at += self._heard(at, only=only)
        self._close()
        rest = " ".join(self.left) if self.unknown else ""
        return Clause(phrases=tuple(self.phrases), rest=rest, refused=self.refused, only=only)

    def _heard(self, at: int, *, only: bool) -> int:
        """Take one phrase or word; say how many words that was."""
        word = self.words[at]
        compound = self._length(at, self.compounds)
        length = 0 if compound else self._length(at, KNOWN)
        if length:
            self._phrase(at, length, only=only)
        elif compound:
            self.ended_denied = False  # it names a thing, which says nothing of the mood
        elif word.plain in CLAUSE_ENDS:
            self._close()
            self.left.append(word.said)
        elif word.plain in NEGATORS and not self._tells(at):
            self._open(at)
        else:
            self._word(word)
        return max(compound, length, 1)

    def _length(self, at: int, known: frozenset[str]) -> int:
        longest = min(LONGEST, len(self.words) - at)
        plain = [word.plain for word in self.words[at : at + longest]]
        return next((size for size in range(longest, 0, -1) if " ".join(plain[:size]) in known), 0)

    def _phrase(self, at: int, length: int, *, only: bool) -> None:
        text = " ".join(word.plain for word in self.words[at : at + length])
        denied = at <= self._denied_until
        bare = text in NAMES and text not in KINDRED
        self.phrases.append(Phrase(text=text, denied=denied, degree=self._degree))
        self._degree = 1.0
        if denied:
            del self.left[self._no_from :]
            self._denied_until = max(self._reach_on(at + length), self._to_end)
            self._no_refuses = False
        else:
            self._denied_until = self._to_end
            if text in KINDRED or (bare and not only):
                self.left += [word.said for word in self.words[at : at + length]]
        self._no_from = None if not denied else len(self.left)
        self.ended_denied = denied

    def _reach_on(self, at: int) -> int:
        """Let "no" go on to what follows at once, "no fast pan", and across "or", "no zoom or pan"."""
        joined = at < len(self.words) and self.words[at].plain in ALTERNATIVES
        return at + 1 if joined else at

    def _word(self, word: Word) -> None:
        self._degree *= DEGREES.get(word.plain, 1.0)
        self.left.append(word.said)
        self.unknown |= word.plain not in DEGREES and word.plain not in self.plain
        self.ended_denied = False

    def _tells(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.words[at + 1].plain in TELLING

    def _open(self, at: int) -> None:
        self._denied_until = max(at + REACH, self._denied_until)
        self._no_refuses = self.words[at].plain in REFUSALS and not self.unknown
        self._no_from = len(self.left)
        self.left.append(self.words[at].said)

    def _close(self) -> None:
        """End what a "no" reaches. Where it denied nothing known, it refuses a meaning, or is part of a tale."""
        if self._no_from is not None and self._no_refuses and self._denied_until >= 0:
            self.refused = " ".join(self.left[self._no_from + 1 :])
            del self.left[self._no_from :]
        self._denied_until, self._no_from, self._no_refuses, self._degree = self._to_end, None, False, 1.0
