"""What was read in a still, to be corrected from a list, and what was said against it, in each reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.language.fluent import Language
from bot.language.grammar import listed
from renderer.contract.corrections import corrections_of, heard, merged, plainly
from renderer.contract.direction import FEATURES, Corrections, Reading
from renderer.contract.job import Report

THERE, NOT = "there", "not"  # what a choice says of a feature
NEW = ("water", "sky", "plants", "people", "lamps", "drawing")  # may be said to be there, and is asked about
LEAST = 0.005  # a smaller share of the picture is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The opposite of one thing that was read."""

    value: str
    label: str
    description: str  # what was read


def choices(language: Language, picture: Reading) -> list[Choice]:
    """What may be said against a reading: first of what was not surely seen, then of what was, then of what was not."""
    known = (each for each in FEATURES if seen(language, picture, each))
    order = dict.fromkeys([*picture.unsure, *known, *FEATURES])
    return [
        _choice(language, picture, how, feature)
        for feature in order
        if feature in FEATURES
        for how in _open_to(picture, feature, there=bool(seen(language, picture, feature)))
    ]


def _open_to(picture: Reading, feature: str, *, there: bool) -> list[str]:
    """What may be said of a feature; of what was not surely seen both. A drawing holds nothing that lives."""
    doubted = feature in picture.unsure or not there
    may_be = doubted and feature in NEW and not picture.drawing
    return [*([THERE] if may_be else []), *([NOT] if there else [])]


def chosen(values: Iterable[str]) -> Corrections:
    """What the values of some choices say; nothing where they are none of ours."""
    said = Corrections()
    for value in values:
        how, _, feature = value.partition(":")
        one = frozenset({feature} & set(FEATURES))
        if how in {THERE, NOT}:
            said = merged(said, Corrections(present=one) if how == THERE else Corrections(absent=one))
    return said


def seen(language: Language, picture: Reading, feature: str) -> str:
    """Say how much of a feature was read; nothing where there was none."""
    match feature:
        case "sky" | "water" | "plants":
            share: float = getattr(picture, feature)
            return language.say("seen-share", share=max(1, round(100 * share))) if share >= LEAST else ""
        case "people" | "lamps":
            count = len(picture.lamps) if feature == "lamps" else max(picture.people, picture.faces)
            return language.say("seen-count", count=count) if count else ""
        case "lettering":
            return language.say("seen-some") if picture.lettering >= LEAST else ""
        case _:
            there = picture.sun is not None if feature == "sun" else picture.drawing
            return language.say("seen-some") if there else ""


def told(language: Language, before: Report, after: Report) -> str:
    """Say what was taken from a member's words against the reading, where that was read otherwise before."""
    earlier, now = corrections_of(before.shot), corrections_of(after.shot)
    unseen = {each for each in FEATURES if not seen(language, before.picture, each)}
    news = replace(now, present=(now.present - earlier.present) & unseen, absent=now.absent - earlier.absent)
    said = [*_sentences(language, news)]
    return language.say("changes-noted", said=listed(language, said)) if said else ""


def in_words(language: Language, words: str) -> str:
    """A member's words as they were said; what was chosen from a list in the reader's language."""
    said = heard([words])
    chosen_so = words and words == plainly(said)
    return listed(language, [*_sentences(language, said)]) if chosen_so else words


def asks(language: Language, report: Report) -> str:
    """Ask about what was not surely seen and nobody has spoken of; about one thing, the least sure."""
    said = corrections_of(report.shot)
    open_to = [each for each in report.picture.unsure if each in NEW and each not in said.present | said.absent]
    return language.say(f"ask-{open_to[0]}", label=language.say("label-correct")) if open_to else ""


def _choice(language: Language, picture: Reading, how: str, feature: str) -> Choice:
    sentence = language.say(f"plain-{how}-{feature}")
    read = seen(language, picture, feature) or language.say("seen-none")
    return Choice(value=f"{how}:{feature}", label=sentence[0].upper() + sentence[1:], description=read)


def _sentences(language: Language, said: Corrections) -> Iterator[str]:
    """What is there and what is not, in the order of `plainly`."""
    for how, features in ((THERE, said.present), (NOT, said.absent)):
        yield from (language.say(f"plain-{how}-{feature}") for feature in FEATURES if feature in features)
