"""What was read in a still and what its clip does, in one plain sentence. The words stand beside what they say."""

from collections.abc import Sequence

from renderer.direction import Camera, Direction, Easing, Grade, Lamp, Life, Light, Move, Reading, Side, Weather

LENGTH = 300  # characters: a caption is read at a glance
TOLD = 4  # things beside the camera
SETTINGS = 2  # where the thing is
BESIDES = 2  # what else there is
SEEN = 0.08  # a change below is not noticed
THING = 40  # characters of a thing's name

# A light or a weather that was asked for is what a member looks for first; a grade is felt rather than seen.
WEATHER, EVENT, DRIFT, LIFE, BREATH, GRADE = 1.4, 1.2, 1.0, 1.0, 0.4, 0.6

Told = tuple[float, str]  # how much it is worth saying, and how it is said


def described(picture: Reading, direction: Direction) -> str:
    """Say what was read, then what the camera and the strongest few other things do."""
    others = happenings(picture, direction)
    for count in range(TOLD, 0, -1):
        sentence = _sentence(picture, direction, strongest(others, count))
        if len(sentence) <= LENGTH:
            return sentence
    return _sentence(picture, direction, [])


def _sentence(picture: Reading, direction: Direction, others: Sequence[str]) -> str:
    said = f"{read(picture)}: {listed([filmed(direction), *others])}."
    return said[0].upper() + said[1:]


def strongest(told: Sequence[Told], count: int) -> list[str]:
    """Choose the most telling, in the order in which they came."""
    chosen = sorted(told, key=lambda each: -each[0])[:count]
    return [said for worth, said in told if (worth, said) in chosen]


# What was read.

UNCOUNTED = frozenset({"coffee", "coral", "corn", "food", "fruit", "grass", "wine"})
SCENES = frozenset({"field", "mountains", "shore", "valley"})  # are all of the picture: nowhere in it
GREEN = frozenset({"corn", "field", "flower", "grass", "greenhouse", "potted plant"})  # plants by themselves
WET = frozenset({"shore", "fountain"})
ANIMALS = (
    "ape", "bear", "bird", "butterfly", "camel", "cat", "cow", "dog", "elephant", "fox", "frog", "goat", "hamster",
    "horse", "kangaroo", "leopard", "lizard", "monkey", "panda", "pig", "rabbit", "seal", "sheep", "squirrel", "turtle",
    "wild cat", "wolf",
)  # fmt: skip


def read(picture: Reading) -> str:
    """Name the thing, where it is, and what else there is."""
    settings = _settings(picture)
    if thing := _thing(picture):
        head = " ".join([thing, *(setting for setting, _ in settings[:SETTINGS])])
    elif settings:
        head = " ".join([settings[0][1], *(setting for setting, _ in settings[1:])])
    else:
        head = _toned(picture)
    besides = _besides(picture, told=thing)[:BESIDES]
    return f"{head} with {listed(besides)}" if besides else head


def _thing(picture: Reading) -> str:
    names = [" ".join(name.split())[:THING].strip() for name in picture.shows]
    name = next((name for name in names if name), "")
    if picture.people and name in {"", "person"}:
        return _counted(picture.people)
    if not name:
        return ""
    placed = picture.subject is not None and name not in SCENES
    return with_article(name) + (f" {_third(picture.subject[0])}" if placed and picture.subject else "")


def _counted(people: int) -> str:
    return {1: "one person", 2: "two people", 3: "three people"}.get(people, "several people")


def with_article(name: str) -> str:
    """Say `a` or `an` before what can be counted and is one."""
    if name in UNCOUNTED or (name.endswith("s") and not name.endswith(("ss", "us"))):
        return name
    return f"{'an' if name[0].lower() in 'aeiou' and not name.startswith('uni') else 'a'} {name}"


def _settings(picture: Reading) -> list[tuple[str, str]]:
    """Give each as it is said of a thing, and alone."""
    shown = set(picture.shows)
    found: list[tuple[str, str]] = []
    if picture.water > SEEN and not shown & WET:
        found.append(("by the water", "water"))
    if picture.plants > 2 * SEEN and not shown & GREEN:
        found.append(("among leaves and grass", "leaves and grass"))
    if picture.sky > SEEN:
        found.append(("under an open sky", "a wide sky" if picture.sky > 0.4 else "open sky"))
    return found


def _besides(picture: Reading, *, told: str) -> list[str]:
    found: list[str] = []
    if picture.people and told != _counted(picture.people):
        found.append(_counted(picture.people))
    if picture.sun is not None:
        found.append(_sun(*picture.sun))
    elif picture.light_from is not None:
        found.append(f"light from {SIDES[picture.light_from]}")
    if picture.lamps:
        found.append(_lamps(picture.lamps))
    if picture.subject is not None and not told:
        found.append(f"something near {_third(picture.subject[0])}")
    if picture.lettering > 0.01:
        found.append("lettering")
    return found


SIDES = {Side.LEFT: "the left", Side.RIGHT: "the right", Side.ABOVE: "above", Side.BELOW: "below"}


def _sun(x: float, y: float) -> str:
    return f"a {'low' if y > 0.35 else 'high'} sun {_third(x)}"


def _lamps(lamps: Sequence[Lamp]) -> str:
    return f"a light {_third(lamps[0].x)}" if len(lamps) == 1 else "two lights" if len(lamps) == 2 else "many lights"


def _third(x: float) -> str:
    return "on the left" if x < 0.38 else "on the right" if x > 0.62 else "in the middle"


def _toned(picture: Reading) -> str:
    tone = "warm" if picture.warmth > 0.12 else "cool" if picture.warmth < -0.12 else ""
    light = "dark" if picture.brightness < 0.3 else "bright" if picture.brightness > 0.65 else ""
    return f"a {', '.join(word for word in (light, tone) if word) or 'quiet'} picture"


# What the clip does.

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


def degree(amount: float, little: str, some: str, much: str) -> str:
    """Choose the words for an amount from 0 to 1."""
    return little if amount < 0.3 else much if amount > 0.7 else some


def _much(amount: float) -> str:
    return degree(abs(amount), " a little", "", " a lot")


def listed(parts: Sequence[str]) -> str:
    """Join parts as they are said aloud."""
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"
