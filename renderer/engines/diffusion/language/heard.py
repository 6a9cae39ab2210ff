"""What a member said, for a model: in their own words, without what they did not want.

The direction holds only what the tables know: "the girl turns and smiles" comes through here. A model does not
understand "no snow", it sees snow; so what is denied goes into the negative prompt, and out of all that was said
before.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from renderer.contract.corrections import without_corrections
from renderer.contract.direction import Direction, Reading
from renderer.contract.shot import Beat
from renderer.engines.diffusion.language.clause import Listened, listen
from renderer.engines.diffusion.language.life import creature
from renderer.engines.diffusion.language.plain import cleaned, sentences, stem, stems, units
from renderer.mood.clauses import Clause, clauses
from renderer.mood.grammar import COMPOUNDS, DEGREES, PLAIN
from renderer.mood.phrases import bag, tokens
from renderer.mood.spans import AIR, LIFE
from renderer.mood.tables import ABSOLUTE, NAMES

MOODS = 3  # the latest ones
UNWANTED_WORDS = 30  # in the negative prompt
# Whoever does as the member says needs no breathing of ours beside it.
BEINGS = bag(
    "she he they her his who somebody someone everyone everybody child children kid baby couple crowd bird horse"
)
ALONE = re.compile(
    r"\bonly\b|\b(?:nothing|everything|nobody|none|frozen)\b.*\b(?:but|except|save|besides)\b", re.IGNORECASE
)
CHARACTERS = 280  # of a script that leaves no blanks between words; a word has 7 at most otherwise
WORDLESS = PLAIN | frozenset(DEGREES) | bag("camera move motion movement light heavy strong falling moving")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was said, in order; the latest weighs most."""

    wanted: tuple[str, ...] = ()  # sentences
    moods: tuple[str, ...] = ()  # single words, each with its degree: "very calm"
    unwanted: tuple[str, ...] = ()
    only: tuple[str, ...] = ()  # fields of life and air, of which nothing else is to move
    acts: bool = False  # somebody or something alive does as the member says
    alone: bool = False  # nothing but what `wanted` says is to move
    air: frozenset[str] = frozenset()  # fields of the weather that `wanted` brings by itself
    life: frozenset[str] = frozenset()  # fields of life that `wanted` speaks of
    asked: frozenset[str] = frozenset()  # stems of what the tables know and was asked for

    @property
    def banned(self) -> frozenset[str]:
        """Stems of the words that no prompt may say."""
        return _content(self.unwanted)


def hear(beat: Beat, reading: Reading, direction: Direction, most_words: int) -> Heard:
    """Hear the mood and each word after it, at most so many words of them, the latest first."""
    said = [_heard(text, reading, direction) for text in (beat.mood, *beat.words)]
    settled = [_settled(said, place) for place in range(len(said))]
    wanted = _fitted([sentence for heard in settled for sentence in heard.wanted], most_words)
    unwanted = _fitted(list(dict.fromkeys(words for heard in settled for words in heard.unwanted)), UNWANTED_WORDS)
    moods = dict.fromkeys(mood for heard in settled for mood in heard.moods)
    return Heard(
        wanted=tuple(wanted),
        moods=tuple(_fitted(list(moods), 2 * MOODS)[-MOODS:]),
        unwanted=tuple(unwanted),
        only=next((heard.only for heard in reversed(said) if heard.only), ()),
        acts=any(
            _is_being(word, reading) for sentence in wanted for word in (*tokens(sentence), *sentence.lower().split())
        ),
        alone=any(ALONE.search(sentence) for sentence in wanted),
        air=_air_in(wanted, direction),
        life=frozenset(name for name, _ in _known_in(wanted) if name in LIFE),
    )


def _is_being(word: str, reading: Reading) -> bool:
    return word in BEINGS or "breath" in NAMES.get(word, ()) or word == creature(reading)


def _air_in(wanted: list[str], direction: Direction) -> frozenset[str]:
    """The weather that the words themselves bring, as thick as they say: "steam rises from the cup"."""
    weather = direction.weather
    return frozenset(
        name for name, value in _known_in(wanted) if name in AIR and abs(getattr(weather, name) - value) < 0.2
    )


def _known_in(wanted: list[str]) -> list[tuple[str, float]]:
    """The numbers that the tables find in what is told in the member's words anyway."""
    phrases = [phrase.text for sentence in wanted for clause in clauses(sentence) for phrase in clause.phrases]
    return [number for text in phrases for number in ABSOLUTE.get(text, {}).items()]


def _heard(text: str, reading: Reading, direction: Direction) -> Heard:
    """Hear one text by itself."""
    clean = cleaned(without_corrections(text))
    known = tuple(clauses(clean, reading.shows))
    listened = Listened(
        denied=frozenset(phrase.text for clause in known for phrase in clause.phrases if phrase.denied),
        compounds=COMPOUNDS | {" ".join(tokens(name)) for name in reading.shows if " " in name},
        shown=frozenset(token for name in reading.shows for token in tokens(name)),
        direction=direction,
    )
    wanted: list[str] = []
    for sentence in sentences(clean):
        kept = [words for clause in sentence if (words := listen(units(clause), listened))]
        wanted += [", ".join(kept)] if kept else []
    only = dict.fromkeys(
        name
        for clause in known
        if clause.only
        for phrase in clause.phrases
        if not phrase.denied
        for name in (*NAMES.get(phrase.text, ()), *ABSOLUTE.get(phrase.text, ()))
    )
    return Heard(
        wanted=tuple(wanted),
        moods=tuple(listened.moods),
        unwanted=tuple(listened.unwanted),
        only=tuple(only),
        asked=_asked(known) - _content(listened.unwanted),
    )


def _asked(known: Iterable[Clause]) -> frozenset[str]:
    phrases = [phrase for clause in known for phrase in clause.phrases if not phrase.denied and phrase.degree > 0]
    return _content(phrase.text for phrase in phrases if not phrase.text.startswith("less "))


def _settled(said: list[Heard], place: int) -> Heard:
    """Take out of a text what it or a later one denies, and of its denials what a later one asks for."""
    heard = said[place]
    banned = _content(words for other in said[place:] for words in other.unwanted)
    later = said[place + 1 :]
    asked = frozenset[str]().union(
        *(other.asked for other in later), *(stems(words) for other in later for words in (*other.wanted, *other.moods))
    )
    kept = (without(sentence, banned) for sentence in heard.wanted)
    return replace(
        heard,
        wanted=tuple(sentence for sentence in kept if sentence),
        moods=tuple(mood for mood in heard.moods if not stems(mood) & banned),
        unwanted=tuple(words for words in heard.unwanted if not _content([words]) & asked),
    )


def without(sentence: str, banned: frozenset[str]) -> str:
    """Leave out the parts of a sentence, between its commas and "and", that say a banned word."""
    parts = [part for part in sentence.replace(" and ", ", and ").split(", ") if not stems(part) & banned]
    return ", ".join(parts).replace(", and ", " and ").removeprefix("and ").strip()


def _content(texts: Iterable[str]) -> frozenset[str]:
    plain = frozenset(stem(word) for word in WORDLESS)
    return frozenset[str]().union(*(stems(text) for text in texts)) - plain


def _fitted(sentences: list[str], most_words: int) -> list[str]:
    """Keep the latest that fit; of one that is too long by itself, its beginning."""
    kept: list[str] = []
    words, characters = most_words, CHARACTERS * most_words // 40
    for sentence in reversed(sentences):
        cut = " ".join(sentence.split()[:words])[: max(0, characters)]
        if not cut.strip() or (cut != sentence and kept):
            break
        kept.append(cut.strip())
        words, characters = words - len(cut.split()), characters - len(cut)
    return kept[::-1]
