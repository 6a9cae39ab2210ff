"""What a nudge changed, and what stayed, from the directions of both clips: whole phrases, listed."""

from collections.abc import Iterator
from dataclasses import fields

from bot.language.fluent import Language
from bot.language.grammar import listed, slug
from bot.wording import readings
from bot.wording.fitting import excerpt
from renderer.contract.direction import Direction
from renderer.contract.job import Report

CHANGED, STAYED = 4, 2  # things told
NOTICED = 0.1  # a smaller step is not seen
THERE = 0.15  # what is weaker does not stay, for nobody saw it
UNHEARD = 30  # characters of a word that was of no use
PARTS = ("life", "light", "weather", "grade")


def what_changed(language: Language, before: Report, after: Report) -> str:
    """Say in one sentence what changed and what stayed; and kindly, which words were of no use."""
    changed = [language.say(name) for name in changes(before.direction, after.direction)][:CHANGED]
    stayed = [language.say(name) for name in constants(before.direction, after.direction)][:STAYED]
    noted = readings.told(language, before, after)
    told = [*([noted] if noted else []), *([_sentence(language, changed, stayed)] if changed or not noted else [])]
    if after.unheard:
        quoted = [language.say("changes-quoted", words=excerpt(each, UNHEARD)) for each in after.unheard]
        words = listed(language, quoted)
        told.append(language.say("changes-unheard", words=words))
    return " ".join(told)


def _sentence(language: Language, changed: list[str], stayed: list[str]) -> str:
    if not changed:
        return language.say("changes-nothing")
    now = listed(language, changed)
    if not stayed:
        return language.say("changes-all", changed=now)
    return language.say("changes-some", changed=now, stayed=listed(language, stayed))


def changes(before: Direction, after: Direction) -> list[str]:
    """What a member notices, strongest first, as messages' names."""
    told = [*_framing(before, after), *_numbers(before, after)]
    return [name for _, name in sorted(told, key=lambda each: -each[0])]


def constants(before: Direction, after: Direction) -> Iterator[str]:
    """What is there before and after, as messages' names: the camera first, then the strongest."""
    if before.camera.move is after.camera.move:
        yield f"stayed-{slug(after.camera.move)}"
    ours, theirs = _amounts(before), _amounts(after)
    kept = [name for name, amount in theirs.items() if min(abs(amount), abs(ours[name])) > THERE]
    same = [name for name in kept if abs(theirs[name] - ours[name]) < NOTICED and ours[name] * theirs[name] > 0]
    for name in sorted(same, key=lambda name: -abs(theirs[name])):
        yield f"stayed-{slug(name)}"


def _framing(before: Direction, after: Direction) -> Iterator[tuple[float, str]]:
    if before.camera.move is not after.camera.move:
        yield 2.0, f"changed-{slug(after.camera.move)}"
    if before.loop != after.loop:
        yield 1.5, "changed-loop" if after.loop else "changed-no-loop"
    speed = after.pace.speed - before.pace.speed
    if abs(speed) > NOTICED:
        yield 1.5, "changed-faster" if speed > 0 else "changed-slower"
    if before.pace.easing is not after.pace.easing:
        yield 0.3, f"changed-{after.pace.easing}"
    hand = after.camera.handheld - before.camera.handheld
    if abs(hand) > NOTICED:
        yield 1.0, "changed-by-hand" if hand > 0 else "changed-on-rails"
    focus = after.camera.focus - before.camera.focus
    if abs(focus) > NOTICED:
        yield 1.0, "changed-focus"


def _numbers(before: Direction, after: Direction) -> Iterator[tuple[float, str]]:
    ours, theirs = _amounts(before), _amounts(after)
    for name in theirs:
        step = theirs[name] - ours[name]
        if abs(step) > NOTICED:
            yield abs(step), f"changed-{'more' if step > 0 else 'less'}-{slug(name)}"


def _amounts(direction: Direction) -> dict[str, float]:
    """All that grows or fades, by name."""
    parts = (getattr(direction, part) for part in PARTS)
    return {field.name: getattr(part, field.name) for part in parts for field in fields(part)}
