"""What a member says against the reading: "that is not water", "the dog is closer". Sentences found by patterns."""

import re
from collections.abc import Iterable
from dataclasses import replace

from renderer.contract.direction import Corrections
from renderer.contract.shot import Beat
from renderer.mood.phrases import bag

# What people call each of `direction.FEATURES`.
CALLED = {
    "sky": "sky|skies|clouds?",
    "water": "water|sea|ocean|lake|river|pond|pool|waves?",
    "plants": "plants?|grass|trees?|leaf|leaves|foliage|bush|bushes|hair",
    "people": (
        "person|persons|people|humans?|man|men|woman|women|child|children|faces?|somebody|someone|anybody|anyone"
    ),
    "lettering": "lettering|letters?|text|writing|words?|captions?",
    "lamps": "lamps?|lights|lanterns?|candles?|flames?|a light",
    "sun": "sun|moon",
    "drawing": "drawings?|comics?|cartoons?|plans?|maps?|pages?|charts?|diagrams?|sketch|sketches|pixel art",
}
# What people call each of `direction.PLACES` that is not a feature's name.
PLACED = {
    "subject": "it|this|that|subject|main thing|thing",
    "top": "top|upper part|background",
    "bottom": "bottom|lower part|ground|floor|foreground",
    "left": "left",
    "right": "right",
    "middle": "middle|cent(?:re|er)",
}
# What comes closer in a story, and never in a picture.
ABSTRACT = bag(
    "camera shot end day night morning evening death winter summer spring autumn storm danger time moment hour war "
    "we i you they everything nothing something christmas future past"
)

_ANY = "|".join(CALLED.values())
_END = r"(?=\s*(?:$|[,.;:!?\n]|but\b|and\b|it'?s\b|at all\b|there\b|here\b|in\b|on\b|please\b))"
_NOT = r"(?:\s+not|n't|\s+no)"
_POINTED = r"(?:that|this|it|those|these|they|the\s+\w+(?:\s+\w+)?)"
_BE = r"(?:'s|'re|\s+is|\s+are|\s+was|\s+were|is|are|was|were)"
_SOFT = r"(?:\s+(?:really|actually|even|any|a|an|the|my|real))*"
ABSENT = re.compile(
    rf"\b(?:{_POINTED}{_BE}{_NOT}|there{_BE}{_NOT}|(?:i|we)\s+(?:can\s+)?see\s+no|(?:i|we)\s+(?:do\s+not|don't|can't|cannot)\s+see)"
    rf"{_SOFT}\s+(?P<feature>{_ANY}){_END}"
)
PRESENT = re.compile(
    rf"\b(?:that|this|it|those|these){_BE}(?:\s+(?:really|actually|indeed|a|an|the))*\s+(?P<feature>{_ANY}){_END}"
)
_MUCH = r"(?:\s+(?:much|a\s+bit|a\s+lot|a\s+little|far|even|really|actually|still|clearly|slightly))*"
ORDER = re.compile(
    r"\b(?:the\s+|my\s+|that\s+|this\s+)?(?P<place>[a-z][a-z' ]{0,30}?)(?:\s+(?:side|part|half|edge))?"
    r"(?:'s|\s+(?:is|are|should\s+be|must\s+be|needs\s+to\s+be|need\s+to\s+be|looks|lies|stands|ought\s+to\s+be))"
    rf"{_MUCH}\s+(?:(?P<nearer>closer|nearer|in\s+(?:the\s+)?(?:front|foreground))"
    r"|(?P<farther>(?:farther|further)(?:\s+(?:away|back|off|behind))?|in\s+(?:the\s+)?(?:back|background|distance)|more\s+distant))"
    rf"(?:\s+than\s+(?:the\s+)?\w+(?:\s+\w+)?)?{_END}"
)


def corrections_in(line: Iterable[Beat]) -> Corrections:
    """Collect what is said against the reading in the moods and words of these beats; the latest counts."""
    return heard(said for beat in line for said in (beat.mood, *beat.words))


def heard(said: Iterable[str]) -> Corrections:
    """Collect what texts say against the reading; the latest counts."""
    corrections = Corrections()
    for text in said:
        corrections = _ordered(_named(corrections, _even(text)), _even(text))
    return corrections


def without_corrections(said: str) -> str:
    """Leave out what is said against the reading, so that "the dog is closer" moves no camera."""
    even = _even(said)
    spans = sorted(match.span() for pattern in (ABSENT, ORDER) for match in _matches(pattern, even))
    kept, start = "", 0
    for begin, end in spans:
        kept += even[start:begin] if begin >= start else ""
        start = max(start, end)
    return kept + even[start:] if spans else said


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found = pattern.finditer(text)
    return [match for match in found if pattern is not ORDER or _place(match["place"]) is not None]


def _named(corrections: Corrections, text: str) -> Corrections:
    absent = set(corrections.absent)
    absent -= {_feature(match["feature"]) for match in _matches(PRESENT, text)}
    absent |= {_feature(match["feature"]) for match in _matches(ABSENT, text)}
    return replace(corrections, absent=frozenset(absent))


def _ordered(corrections: Corrections, text: str) -> Corrections:
    nearer, farther = set(corrections.nearer), set(corrections.farther)
    for match in _matches(ORDER, text):
        place = _place(match["place"])
        if place is None:
            continue
        into, out_of = (nearer, farther) if match["nearer"] else (farther, nearer)
        into.add(place)
        out_of.discard(place)
    return replace(corrections, nearer=frozenset(nearer), farther=frozenset(farther))


def _feature(called: str) -> str:
    return next(feature for feature, names in CALLED.items() if re.fullmatch(names, called))


def _place(called: str) -> str | None:
    """Name the place, a feature where it is one, else the thing in the singular; None for what has no place."""
    words = [word for word in called.split() if word not in {"the", "a", "an", "and", "but", "no", "so"}]
    if not words or len(words) > 3 or words[-1] in ABSTRACT or words[0] in ABSTRACT:
        return None
    name = " ".join(words)
    for place, names in (*PLACED.items(), *((key, CALLED[key]) for key in ("sky", "water", "plants", "people"))):
        if re.fullmatch(names, name):
            return place
    if name in {"he", "she"}:
        return "people"
    return _singular(name)


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _even(text: str) -> str:
    return text.lower().replace("\u2019", "'")
