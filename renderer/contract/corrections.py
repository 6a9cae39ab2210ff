"""What a member says against the reading: "that is not water", "this is water", "the dog is closer".

Sentences are found by patterns, of which the words are tables. What is said as a fact steers nothing else; a wish that
speaks of a thing as of something in view ("calm the waves", "clouds drift") says that it is there, and stays a wish.
Bot and workers read alike, so that what is said to one take counts for its family at once.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from renderer.contract.direction import Corrections
from renderer.contract.shot import Shot

KEPT = 32  # things said to be nearer, or farther, that are remembered

# What people call each of `direction.FEATURES`.
CALLED = {
    "sky": "sky|skies|clouds?",
    "water": (
        "water|sea|ocean|lake|river|stream|brook|creek|canal|pond|pool|puddles?|waves?|surf|ripples|waterfalls?|fountain"
    ),
    "plants": "plants?|grass|trees?|leaf|leaves|foliage|bush|bushes|flowers?|reeds|moss|ivy|hair",
    "people": (
        "person|persons|people|humans?|man|men|woman|women|child|children|faces?|somebody|someone|anybody|anyone"
    ),
    "lettering": "lettering|letters?|text|writing|words?|captions?",
    "lamps": "lamps?|lights|lanterns?|candles?|flames?|a light(?!,)",
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
# What is in view where a wish speaks of it, and what it does there: of what lives in a picture.
PRESUMED = {
    "sky": ("sky|skies|clouds?", "drift float pass race sail scud move billow"),
    "water": (
        "water|sea|ocean|lake|river|stream|brook|creek|canal|pond|surf|tide|waves?|ripples|waterfalls?|fountains?",
        "move flow rush ripple shimmer glitter glisten sparkle lap run swirl roll break crash splash foam swell churn",
    ),
    "plants": (
        "grass|grasses|trees?|leaves|foliage|bushes|branches|flowers|reeds|ferns|palms|meadow|wheat|vines",
        "sway rustle wave toss tremble bend stir flutter move bow nod shiver",
    ),
    "lamps": ("lights|lamps|lanterns|candles|flames|bulbs", "flicker twinkle blink glow flash shimmer burn"),
}
# The plain sentences for what is chosen from a list: that it is there, that it is not.
PLAIN = {
    "sky": ("there is sky", "there is no sky"),
    "water": ("this is water", "that is not water"),
    "plants": ("there are plants", "there are no plants"),
    "people": ("there are people", "there are no people"),
    "lettering": ("there is lettering", "there is no lettering"),
    "lamps": ("there are lights", "there are no lights"),
    "sun": ("that is the sun", "that is no sun"),
    "drawing": ("this is a drawing", "that is not a drawing"),
}
# What comes closer in a story, and never in a picture.
ABSTRACT = (
    "camera shot end day night morning evening death winter summer spring autumn storm danger time moment hour war we "
    "i you they everything nothing something christmas future past"
)
# Between "the" and a noun. No others: in "the woman waves", "the snow leaves" the noun is a verb.
_LOOKS = (
    "big small little large long tall short high low far near deep shallow dark bright pale light blue green grey gray "
    "white black golden silver red yellow brown turquoise still calm quiet gentle soft slow fast rough wild stormy "
    "cold warm wet dry old young lush distant whole entire open wide great clear muddy foaming moving same other city "
    "street fairy string"
)
# After a noun in view. No others: in "the water bottle", "the waves of nostalgia" it is something else.
_GOES_ON = (
    "and or but in on at with without to by behind below beneath under over above near from through across around "
    "along against between beyond into onto is are was were be as that which while when so if should must can could "
    "would will may might do does did don't doesn't not then too also please up down away out there here back more "
    "less only just bigger smaller slower faster calmer darker brighter stronger higher livelier wilder gentler softer "
    "rougher smoother"
)
_DOES = (
    "turn shine grow become get look seem feel go come keep stay stop start begin slow freeze calm darken brighten "
    "change reflect carry pulse breathe dance whisper sleep wake lie stand hang lean shake react need want"
)
# Before a noun that is not in view: "like the sea", "the sound of the sea", "without the trees".
_ELSEWHERE = re.compile(
    r"\b(?:like|than|without|no|not|never|add|imagine|as\s+\w+\s+as|as\s+(?:if|though)|"
    r"(?:sound|smell|taste|scent|memory|memories|dream|dreams|hint|feeling|thought|thoughts|mood|colou?rs?|call)\s+of)"
    r"(?:\s+\w+)?\s+$"
)
_SAYINGS = re.compile(r"sky(?:'s|\s+is)\s+the\s+limit|(?:drop|fish)\s+in\s+the\s+(?:sea|ocean)|blow\s+off")

_ABSTRACT = frozenset(ABSTRACT.split(" "))
_ANY = "|".join(CALLED.values())
_STOP = r"(?=\s*(?:$|[,.;:!?\n]|but\b|and\b|at all\b|here\b|please\b))"
_END = r"(?=\s*(?:$|[,.;:!?\n]|but\b|and\b|it'?s\b|at all\b|there\b|here\b|in\b|on\b|please\b))"
_NOT = r"(?:\s+not|n't|\s+no)"
_POINTED = r"(?:that|this|it|those|these|they|the\s+\w+(?:\s+\w+)?)"
_BE = r"(?:'s|'re|\s+is|\s+are|\s+was|\s+were|is|are|was|were)"
_SOFT = r"(?:\s+(?:really|actually|even|any|a|an|the|my|real))*"
_INDEED = r"(?:\s+(?:really|actually|indeed|all|just|some|a|an|the))*"
_PART = "|".join(names for place, names in PLACED.items() if place != "subject")
ABSENT = re.compile(
    rf"\b(?:{_POINTED}{_BE}{_NOT}|there{_BE}{_NOT}|(?:i|we)\s+(?:can\s+)?see\s+no|(?:i|we)\s+(?:do\s+not|don't|can't|cannot)\s+see)"
    rf"{_SOFT}\s+(?P<feature>{_ANY}){_END}"
)
PRESENT = re.compile(
    rf"\b(?:(?:that|this|it|those|these|the\s+(?:{_PART})(?:\s+part|\s+half)?){_BE}{_INDEED}\s+(?P<feature>{_ANY}){_END}"
    rf"|there{_BE}{_INDEED}\s+(?P<there>{_ANY}){_STOP})"
)
_MUCH = r"(?:\s+(?:much|a\s+bit|a\s+lot|a\s+little|far|even|really|actually|still|clearly|slightly))*"
ORDER = re.compile(
    r"\b(?:the\s+|my\s+|that\s+|this\s+)?(?P<place>[a-z][a-z' ]{0,30}?)(?:\s+(?:side|part|half|edge))?"
    r"(?:'s|\s+(?:is|are|should\s+be|must\s+be|needs\s+to\s+be|need\s+to\s+be|looks|lies|stands|ought\s+to\s+be))"
    rf"{_MUCH}\s+(?:(?P<nearer>closer|nearer|in\s+(?:the\s+)?(?:front|foreground))"
    r"|(?P<farther>(?:farther|further)(?:\s+(?:away|back|off|behind))?|in\s+(?:the\s+)?(?:back|background|distance)|more\s+distant))"
    rf"(?:\s+than\s+(?:the\s+)?\w+(?:\s+\w+)?)?{_END}"
)


def _forms(verbs: str) -> str:
    """All forms of some verbs, as a pattern: drift, drifts, drifting."""
    stems = (verb.removesuffix("e") for verb in verbs.split())
    return "|".join(rf"{stem}(?:e?s|e|{stem[-1]}?ing)?" for stem in stems)


def _in_view(nouns: str, verbs: str) -> re.Pattern[str]:
    """Find "the dark water is", "water slowly rushing", "rushing water"; in "a sea of lights" nothing."""
    does, looks = _forms(verbs), _LOOKS.replace(" ", "|")
    goes_on = "|".join([_GOES_ON.replace(" ", "|"), does, _forms(_DOES), r"\w+ly"])
    after = rf"(?![\w-])(?:(?='s\b)|(?=\s*(?:$|[^\w\s'-]))|(?=\s+(?:{goes_on})\b))"
    known = rf"(?:the|these|those|my|our|its|their)\s+(?:(?:{looks})\s+){{0,2}}(?:{nouns}){after}"
    moves = rf"(?:{nouns})\s+(?:\w+ly\s+)?(?:{does})(?![\w-])"
    moving = rf"(?:{does})(?<=ing)\s+(?:{nouns}){after}"
    return re.compile(rf"(?<![\w-])(?:{known}|{moves}|{moving})")


_IN_VIEW = {feature: _in_view(nouns, verbs) for feature, (nouns, verbs) in PRESUMED.items()}


def corrections_of(shot: Shot) -> Corrections:
    """What counts against the reading of a shot: what is said in its line, then what it was given with it."""
    return merged(heard(said for beat in shot.line for said in (beat.mood, *beat.words)), shot.corrections)


def heard(said: Iterable[str]) -> Corrections:
    """Collect what texts say against the reading; the latest counts."""
    corrections = Corrections()
    for text in said:
        corrections = merged(corrections, _heard(text))
    return corrections


def merged(earlier: Corrections, later: Corrections) -> Corrections:
    """Both, of which the later counts where they say opposite things."""
    return Corrections(
        absent=(earlier.absent - later.present) | later.absent,
        present=(earlier.present - later.absent) | later.present,
        nearer=_newest(earlier.nearer - later.farther, later.nearer),
        farther=_newest(earlier.farther - later.nearer, later.farther),
    )


def plainly(corrections: Corrections) -> str:
    """What is there and what is not, in plain sentences that `heard` understands."""
    there = [PLAIN[feature][0] for feature in PLAIN if feature in corrections.present]
    return ", ".join([*there, *(PLAIN[feature][1] for feature in PLAIN if feature in corrections.absent)])


def without_corrections(said: str) -> str:
    """Leave out what is said against the reading, so that "the dog is closer" moves no camera."""
    even = _even(said)
    spans = sorted(match.span() for pattern in (ABSENT, PRESENT, ORDER) for match in _matches(pattern, even))
    kept, start = "", 0
    for begin, end in spans:
        kept += even[start:begin] if begin >= start else ""
        start = max(start, end)
    return kept + even[start:] if spans else said


@lru_cache(maxsize=4096)
def _heard(said: str) -> Corrections:
    """What one text says. A denial counts beside anything, a fact beside a wish."""
    text = _even(said)
    absent = frozenset(_feature(match["feature"]) for match in _matches(ABSENT, text))
    facts = frozenset(_feature(match["feature"] or match["there"]) for match in _matches(PRESENT, text))
    wished = frozenset(_presumed(without_corrections(said)))
    return _ordered(Corrections(absent=absent, present=(facts | wished) - absent), text)


def _presumed(wish: str) -> Iterator[str]:
    """The features that a wish speaks of as of something in view."""
    text = _SAYINGS.sub("", _even(wish))
    for feature, pattern in _IN_VIEW.items():
        if any(not _ELSEWHERE.search(text[: match.start()]) for match in pattern.finditer(text)):
            yield feature


def _newest(earlier: frozenset[str], later: frozenset[str]) -> frozenset[str]:
    """The later, and of the earlier as many as are remembered beside."""
    return frozenset([*sorted(later), *sorted(earlier - later)][:KEPT])


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found = pattern.finditer(text)
    return [match for match in found if pattern is not ORDER or _place(match["place"]) is not None]


def _ordered(corrections: Corrections, text: str) -> Corrections:
    for match in _matches(ORDER, text):
        place = frozenset({_place(match["place"]) or ""})
        order = Corrections(nearer=place) if match["nearer"] else Corrections(farther=place)
        corrections = merged(corrections, order)
    return corrections


def _feature(called: str) -> str:
    return next(feature for feature, names in CALLED.items() if re.fullmatch(names, called))


def _place(called: str) -> str | None:
    """Name the place, a feature where it is one, else the thing in the singular; None for what has no place."""
    words = [word for word in called.split() if word not in {"the", "a", "an", "and", "but", "no", "so"}]
    if not words or len(words) > 3 or {words[0], words[-1]} & _ABSTRACT:
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
