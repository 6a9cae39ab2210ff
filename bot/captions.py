"""What was read in a still and what its clip does, in one plain sentence. The words stand beside what they say."""

from collections.abc import Sequence

from bot.grammar import degree, listed
from bot.sights import read
from renderer.direction import Camera, Direction, Easing, Grade, Life, Light, Move, Reading, Weather
from renderer.job import Eased, Report

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


def described(picture: Reading, direction: Direction) -> str:
    """Say what was read, then what the camera and the strongest few other things do."""
    others = happenings(picture, direction)
    for count in range(TOLD, 0, -1):
        sentence = _sentence(picture, direction, strongest(others, count))
        if len(sentence) <= LENGTH:
            return sentence
    return _sentence(picture, direction, [])


EASED = {
    Eased.FRAMES: "Memory was short, so I imagined fewer frames and made those between from them.",
    Eased.SIZE: "Memory was short, so I imagined it smaller and enlarged it.",
}


def asides(report: Report) -> list[str]:
    """Say what was made smaller than asked, and that there is something to hear."""
    eased = [said for way, said in EASED.items() if way in report.eased]
    return [*eased, *(["It has sound."] if report.sound else [])]


def _sentence(picture: Reading, direction: Direction, others: Sequence[str]) -> str:
    said = f"{read(picture)}: {listed([filmed(direction), *others])}."
    return said[0].upper() + said[1:]


def strongest(told: Sequence[Told], count: int) -> list[str]:
    """Choose the most telling, in the order in which they came."""
    chosen = sorted(told, key=lambda each: -each[0])[:count]
    return [said for worth, said in told if (worth, said) in chosen]


MOVES = {
    Move.STILL: "the camera holds still",
    Move.PUSH_IN: "the camera pushes in",
    Move.PULL_OUT: "the camera pulls out",
    Move.PAN_LEFT: "the camera pans left",
    Move.PAN_RIGHT: "the camera pans right",
    Move.TILT_UP: "the camera tilts up",
    Move.TILT_DOWN: "the camera tilts down",
    Move.CRANE_UP: "the camera rises",
    Move.CRANE_DOWN: "the camera sinks",
    Move.ARC_LEFT: "the camera arcs to the left",
    Move.ARC_RIGHT: "the camera arcs to the right",
    Move.DOLLY_ZOOM: "the camera moves in while the background falls away",
}
EASINGS = {
    Easing.SMOOTH: "",
    Easing.SETTLE: " and settles",
    Easing.HOLD: " after a held breath",
    Easing.ABRUPT: " all at once",
}
SPEEDS = ((0.15, " very slowly"), (0.35, " slowly"), (0.65, ""), (0.85, " quickly"))


def filmed(direction: Direction) -> str:
    """Say what the camera does, and how."""
    camera, pace = direction.camera, direction.pace
    hand = ", in a restless hand" if camera.handheld > 0.5 else ", handheld" if camera.handheld > 0 else ""
    if camera.move is Move.STILL:
        return MOVES[Move.STILL] + (", but for a breathing hand" if hand else "")
    speed = next((word for limit, word in SPEEDS if pace.speed < limit), " hastily")
    return f"{MOVES[camera.move]}{speed}{' and comes back' if direction.loop else EASINGS[pace.easing]}{hand}"


def happenings(picture: Reading, direction: Direction) -> list[Told]:
    """Say all that happens beside the camera's move, strong or faint, each with what it is worth."""
    return [
        *_focus(direction.camera),
        *_life(picture, direction.life),
        *_light(picture, direction.light),
        *_weather(direction.weather),
        *_grade(direction.grade),
    ]


def _focus(camera: Camera) -> list[Told]:
    return _told([(EVENT, camera.focus, "the focus draws near", "the focus goes to the distance")])


def _life(picture: Reading, life: Life) -> list[Told]:
    """Say what lives, of what is there to live."""
    there: list[tuple[float, float, str]] = []
    if picture.water:
        there.append(
            (LIFE, life.water, degree(life.water, "the water barely stirs", "the water ripples", "the water flows"))
        )
    if picture.sky:
        there.append(
            (LIFE, life.clouds, degree(life.clouds, "the clouds barely drift", "the clouds drift", "the clouds race"))
        )
    if picture.plants:
        there.append((LIFE, life.sway, _swaying(picture, life.sway)))
    if picture.lamps:
        there.append((LIFE, life.flicker, "the light flickers" if len(picture.lamps) == 1 else "the lights flicker"))
    if breathing := _breathing(picture):
        there.append((BREATH, life.breath, breathing))
    return _told([(worth, amount, said, "") for worth, amount, said in there])


def _swaying(picture: Reading, amount: float) -> str:
    if {"grass", "field"} & set(picture.shows):
        return degree(amount, "the grass stirs", "the grass sways", "the grass tosses")
    return degree(amount, "the foliage stirs", "the foliage sways", "the foliage tosses")


def _breathing(picture: Reading) -> str:
    if picture.people or picture.faces:
        return f"the {'person breathes' if max(picture.people, picture.faces) == 1 else 'people breathe'} faintly"
    animal = next((name for name in picture.shows if name in ANIMALS), "")
    return f"the {animal} breathes" if animal else ""


def _light(picture: Reading, light: Light) -> list[Told]:
    lit = "the lights glow" if len(picture.lamps) > 1 else "the sun glows" if picture.sun else "the light glows"
    return [
        *_told([(EVENT, light.day, "the hours pass from dawn to dusk", "")]),
        *_drift(light),
        *_told(
            [
                (EVENT, light.sweep, "a beam of light passes over", ""),
                (EVENT, light.shadow, "the shadow of a cloud passes", ""),
                (DRIFT, light.glow, lit, ""),
                (EVENT, light.candle, "the light flickers like a candle", ""),
                (EVENT, light.neon, "the light stutters like a neon tube", ""),
            ]
        ),
    ]


def _drift(light: Light) -> list[Told]:
    """Say warmth and brightness in one where both change."""
    warmth, brightness = light.warmth, light.brightness
    if min(abs(warmth), abs(brightness)) > SEEN:
        strength = max(abs(warmth), abs(brightness))
        how = f"{'brighter' if brightness > 0 else 'darker'} and {'warmer' if warmth > 0 else 'cooler'}"
        return [(DRIFT * strength, f"the light grows{_much(strength)} {how}")]
    return _told(
        [
            (DRIFT, warmth, f"the light warms{_much(warmth)}", f"the light cools{_much(warmth)}"),
            (DRIFT, brightness, f"it grows{_much(brightness)} brighter", f"it grows{_much(brightness)} darker"),
        ]
    )


def _weather(weather: Weather) -> list[Told]:
    fallen = (
        (weather.mist, ("a little mist gathers", "mist gathers", "thick mist rolls in")),
        (weather.dust, ("a little dust floats", "dust floats in the light", "dust fills the air")),
        (weather.rain, ("a few drops fall", "it begins to rain", "it begins to pour")),
        (weather.snow, ("a few flakes fall", "it begins to snow", "it begins to snow thickly")),
        (weather.embers, ("a few embers rise", "embers rise", "embers fill the air")),
        (weather.petals, ("a few petals fall", "petals fall", "petals fill the air")),
        (weather.bokeh, ("a few soft lights float by", "soft lights float by", "soft lights fill the air")),
    )
    return _told([(WEATHER, amount, degree(amount, *words), "") for amount, words in fallen])


def _grade(grade: Grade) -> list[Told]:
    return _told(
        [
            (
                GRADE,
                grade.saturation,
                f"colours deepen{_much(grade.saturation)}",
                f"colours fade{_much(grade.saturation)}",
            ),
            (GRADE, grade.contrast, "shadows harden", "shadows soften"),
            (GRADE, grade.vignette - 0.3, "the corners darken", ""),
            (GRADE, grade.grain - 0.3, "it grows grainy like old film", ""),
        ]
    )


def _told(changes: Sequence[tuple[float, float, str, str]]) -> list[Told]:
    """Keep what is noticed; each is worth, amount, and how to say it where the amount is above and below nothing."""
    return [
        (worth * abs(amount), more if amount > 0 else less)
        for worth, amount, more, less in changes
        if abs(amount) > SEEN and (more if amount > 0 else less)
    ]


def _much(amount: float) -> str:
    return degree(abs(amount), " a little", "", " a lot")
