"""All there is to say of a clip, in sentences, before a family puts them in its order and length."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from renderer.contract.direction import Direction, Move, Reading
from renderer.contract.shot import Beat
from renderer.engines.diffusion.language.air import air_sentences
from renderer.engines.diffusion.language.camera import HAND, camera_sentence, focus_sentence, pace_sentence
from renderer.engines.diffusion.language.degrees import Course, course_of
from renderer.engines.diffusion.language.heard import Heard, hear
from renderer.engines.diffusion.language.life import life_sentences, liveliest
from renderer.engines.diffusion.language.light import light_sentences, look_sentences
from renderer.engines.diffusion.language.plain import stems
from renderer.mood.picture import life_of

ONLY = {
    "water": "the water moves",
    "clouds": "the clouds move",
    "sway": "what the wind stirs moves",
    "flicker": "the lights move",
    "breath": "what breathes moves",
}
LIVELY = 0.6  # living motion from here on is meant to be seen
CALM_SPEED, CALM_AMOUNT = 0.35, 0.45  # a camera below either is calm


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Sentences by what they speak of; there may be none."""

    camera: tuple[str, ...]
    wanted: tuple[str, ...]  # the member's own words, and what alone is to move
    pace: tuple[str, ...]
    life: tuple[str, ...]
    air: tuple[str, ...]
    light: tuple[str, ...]
    look: tuple[str, ...]
    mood: tuple[str, ...]
    course: Course
    heard: Heard
    direction: Direction  # as far as it is believed
    calm: bool  # little is meant to move: a still picture is no fault
    handheld: bool  # nor is a shaking one


def script_of(
    direction: Direction, reading: Reading, beat: Beat, *, loop: bool, backwards: bool, most_words: int
) -> Script:
    """Write the script. At most `most_words` of the member's own words are in it."""
    course = course_of(loop=loop or direction.loop, backwards=backwards)
    heard = hear(beat, reading, direction, most_words)
    direction = _believed(direction, reading, heard)
    life, air = _moving(direction, reading, heard, course)
    light = light_sentences(direction, reading, course)
    moves = bool(life or air or heard.wanted)
    return Script(
        camera=(camera_sentence(direction, course),),
        wanted=(*map(as_sentence, heard.wanted), *_only(heard)),
        pace=_allowed([pace_sentence(direction) if moves else "Everything holds still."], heard)
        if direction.camera.move is Move.STILL
        else (),
        life=_allowed(life.values(), heard),
        air=_allowed(air.values(), heard),
        light=_allowed((*light, focus_sentence(direction, course)), heard),
        look=_allowed(look_sentences(direction, course), heard),
        mood=_mood(heard.moods),
        course=course,
        heard=heard,
        direction=direction,
        calm=_calm(direction, heard),
        handheld=direction.camera.handheld >= HAND,
    )


def _believed(direction: Direction, reading: Reading, heard: Heard) -> Direction:
    """Leave out the life that words name and the picture has not: who says "she waves" means no water."""
    unlikely = [name for name, natural in life_of(reading).items() if not natural and name in heard.life]
    return replace(direction, life=replace(direction.life, **dict.fromkeys(unlikely, 0.0)))


def _moving(
    direction: Direction, reading: Reading, heard: Heard, course: Course
) -> tuple[dict[str, str], dict[str, str]]:
    """What lives and what is in the air, but for what the member's own words tell better."""
    if heard.alone:
        return {}, {}
    life, air = life_sentences(direction, reading), air_sentences(direction, course)
    return (
        {name: sentence for name, sentence in life.items() if name != "breath" or not heard.acts},
        {name: sentence for name, sentence in air.items() if name not in heard.air},
    )


def fitted(parts: Iterable[tuple[int, tuple[str, ...]]], most_words: int) -> str:
    """Put sentences in the order given; those of rank 0 stay, the others as long as words are left, by their rank."""
    lines = [(rank, sentence) for rank, part in parts for sentence in part]
    left = most_words - sum(len(sentence.split()) for rank, sentence in lines if rank == 0)
    kept: set[int] = set()
    for at in sorted(range(len(lines)), key=lambda at: lines[at][0]):
        rank, sentence = lines[at]
        cost = len(sentence.split()) if rank else 0
        if cost <= left or not rank:
            kept.add(at)
            left -= cost
    return " ".join(sentence for at, (_, sentence) in enumerate(lines) if at in kept)


def as_sentence(words: str) -> str:
    """Begin it large and end it."""
    return f"{words[0].upper()}{words[1:]}."


def _only(heard: Heard) -> tuple[str, ...]:
    """Say what alone moves, where that was said."""
    names = [ONLY[name] for name in heard.only if name in ONLY]
    return (f"Only {' and '.join(names)}.",) if names else ()


def _mood(moods: tuple[str, ...]) -> tuple[str, ...]:
    if not moods:
        return ()
    article = "An" if moods[0][0] in "aeiou" and not moods[0].startswith("eu") else "A"
    return (f"{article} {' and '.join(moods)} mood.",)


def _allowed(sentences: Iterable[str], heard: Heard) -> tuple[str, ...]:
    """Leave out what says a word that is not wanted."""
    return tuple(sentence for sentence in sentences if sentence and not stems(sentence) & heard.banned)


def _calm(direction: Direction, heard: Heard) -> bool:
    camera = direction.camera
    quiet = (
        camera.move is Move.STILL or camera.amount < CALM_AMOUNT or direction.pace.speed < CALM_SPEED
    ) and camera.handheld < HAND
    return quiet and not heard.wanted and liveliest(direction.life) < LIVELY
