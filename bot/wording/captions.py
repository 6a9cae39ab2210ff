"""What was read in a still and what its clip does, in one plain sentence: whole phrases of each language, listed."""

from collections.abc import Sequence
from dataclasses import fields

from bot.language.fluent import Language
from bot.language.grammar import after_colon, degree, listed, slug
from bot.wording.sights import read
from renderer.contract.direction import Camera, Direction, Easing, Grade, Life, Light, Move, Reading, Weather
from renderer.contract.job import Eased, Report

LENGTH = 300  # characters: a caption is read at a glance
TOLD = 4  # things beside the camera
SEEN = 0.08  # a change below is not noticed

# A light or a weather that was asked for is what a member looks for first; a grade is felt rather than seen.
WEATHER, EVENT, DRIFT, LIFE, BREATH, GRADE = 1.4, 1.2, 1.0, 1.0, 0.4, 0.6

ANIMALS = (
    "ape", "bear", "bird", "butterfly", "camel", "cat", "cow", "dog", "elephant", "fox", "frog", "goat", "hamster",
    "horse", "kangaroo", "leopard", "lizard", "monkey", "panda", "pig", "rabbit", "seal", "sheep", "squirrel", "turtle",
    "wild cat", "wolf",
)  # fmt: skip

Told = tuple[float, str]  # how much it is worth saying, and how it is said


def described(language: Language, picture: Reading, direction: Direction) -> str:
    """Say what was read, then what the camera and the strongest few other things do."""
    others = happenings(language, picture, direction)
    for count in range(TOLD, 0, -1):
        sentence = _sentence(language, picture, direction, strongest(others, count))
        if len(sentence) <= LENGTH:
            return sentence
    return _sentence(language, picture, direction, [])


SMALLER = (Eased.FRAMES, Eased.SIZE)  # what members are told of


def asides(language: Language, report: Report) -> list[str]:
    """Say what was made smaller than asked, and that there is something to hear."""
    eased = [language.say(f"eased-{way}") for way in SMALLER if way in report.eased]
    return [*eased, *([language.say("has-sound")] if report.sound else [])]


def _sentence(language: Language, picture: Reading, direction: Direction, others: Sequence[str]) -> str:
    told = listed(language, [filmed(language, direction), *others])
    said = f"{read(language, picture)}: {after_colon(language, told)}."
    return said[0].upper() + said[1:]


def strongest(told: Sequence[Told], count: int) -> list[str]:
    """Choose the most telling, in the order in which they came."""
    chosen = sorted(told, key=lambda each: -each[0])[:count]
    return [said for worth, said in told if (worth, said) in chosen]


SPEEDS = ((0.15, "very-slowly"), (0.35, "slowly"), (0.65, ""), (0.85, "quickly"))


def filmed(language: Language, direction: Direction) -> str:
    """Say what the camera does, and how."""
    camera, pace = direction.camera, direction.pace
    if camera.move is Move.STILL:
        return language.say("move-still-by-hand" if camera.handheld > 0 else "move-still")
    hand = "restless" if camera.handheld > 0.5 else "held" if camera.handheld > 0 else ""
    speed = next((word for limit, word in SPEEDS if pace.speed < limit), "hastily")
    ending = "loop" if direction.loop else pace.easing if pace.easing is not Easing.SMOOTH else ""
    return language.say(
        f"move-{slug(camera.move)}",
        speed=f" {language.say(f'speed-{speed}')}" if speed else "",
        ending=f" {language.say(f'ending-{ending}')}" if ending else "",
        hand=f", {language.say(f'hand-{hand}')}" if hand else "",
    )


def happenings(language: Language, picture: Reading, direction: Direction) -> list[Told]:
    """Say all that happens beside the camera's move, strong or faint, each with what it is worth."""
    return [
        *_focus(language, direction.camera),
        *_life(language, picture, direction.life),
        *_light(language, picture, direction.light),
        *_weather(language, direction.weather),
        *_grade(language, direction.grade),
    ]


def _focus(language: Language, camera: Camera) -> list[Told]:
    return _told([(EVENT, camera.focus, language.say("focus-near"), language.say("focus-far"))])


def _life(language: Language, picture: Reading, life: Life) -> list[Told]:
    """Say what lives, of what is there to live."""
    there: list[tuple[float, float, str]] = []
    if picture.water:
        there.append((LIFE, life.water, _by_degree(language, "water", life.water)))
    if picture.sky:
        there.append((LIFE, life.clouds, _by_degree(language, "clouds", life.clouds)))
    if picture.plants:
        plants = "grass" if {"grass", "field"} & set(picture.shows) else "foliage"
        there.append((LIFE, life.sway, _by_degree(language, plants, life.sway)))
    if picture.lamps:
        there.append((LIFE, life.flicker, language.say("lights-flicker", count=len(picture.lamps))))
    if breathing := _breathing(language, picture):
        there.append((BREATH, life.breath, breathing))
    return _told([(worth, amount, said, "") for worth, amount, said in there])


def _breathing(language: Language, picture: Reading) -> str:
    if picture.people or picture.faces:
        return language.say("people-breathe", count=max(picture.people, picture.faces))
    animal = next((name for name in picture.shows if name in ANIMALS), "")
    return language.say("animal-breathes", animal=language.say(f"animal-{slug(animal)}")) if animal else ""


def _light(language: Language, picture: Reading, light: Light) -> list[Told]:
    lit = "lights-glow" if len(picture.lamps) > 1 else "sun-glows" if picture.sun else "light-glows"
    return [
        *_told([(EVENT, light.day, language.say("light-day"), "")]),
        *_drift(language, light),
        *_told(
            [
                (EVENT, light.sweep, language.say("light-sweep"), ""),
                (EVENT, light.shadow, language.say("light-shadow"), ""),
                (DRIFT, light.glow, language.say(lit), ""),
                (EVENT, light.candle, language.say("light-candle"), ""),
                (EVENT, light.neon, language.say("light-neon"), ""),
            ]
        ),
    ]


def _drift(language: Language, light: Light) -> list[Told]:
    """Say warmth and brightness in one where both change."""
    warmth, brightness = light.warmth, light.brightness
    if min(abs(warmth), abs(brightness)) > SEEN:
        strength = max(abs(warmth), abs(brightness))
        how = f"{'brighter' if brightness > 0 else 'darker'}-{'warmer' if warmth > 0 else 'cooler'}"
        return [(DRIFT * strength, _much(language, f"drift-{how}", strength))]
    return _told(
        [
            (DRIFT, warmth, _much(language, "drift-warmer", warmth), _much(language, "drift-cooler", warmth)),
            (
                DRIFT,
                brightness,
                _much(language, "drift-brighter", brightness),
                _much(language, "drift-darker", brightness),
            ),
        ]
    )


def _weather(language: Language, weather: Weather) -> list[Told]:
    amounts = {field.name: getattr(weather, field.name) for field in fields(weather)}
    return _told(
        [(WEATHER, amount, _by_degree(language, kind, amount), "") for kind, amount in amounts.items() if amount]
    )


def _grade(language: Language, grade: Grade) -> list[Told]:
    deeper, paler = (_much(language, name, grade.saturation) for name in ("colours-deepen", "colours-fade"))
    return _told(
        [
            (GRADE, grade.saturation, deeper, paler),
            (GRADE, grade.contrast, language.say("shadows-harden"), language.say("shadows-soften")),
            (GRADE, grade.vignette - 0.3, language.say("corners-darken"), ""),
            (GRADE, grade.grain - 0.3, language.say("grows-grainy"), ""),
        ]
    )


def _told(changes: Sequence[tuple[float, float, str, str]]) -> list[Told]:
    """Keep what is noticed; each is worth, amount, and how to say it where the amount is above and below nothing."""
    return [
        (worth * abs(amount), more if amount > 0 else less)
        for worth, amount, more, less in changes
        if abs(amount) > SEEN and (more if amount > 0 else less)
    ]


def _by_degree(language: Language, what: str, amount: float) -> str:
    """Say what happens a little, plainly, or a lot."""
    return language.say(degree(amount, f"{what}-little", f"{what}-some", f"{what}-much"))


def _much(language: Language, what: str, amount: float) -> str:
    how = degree(abs(amount), "little", "", "much")
    return language.say(what, much=f" {language.say(f'much-{how}')}" if how else "")
