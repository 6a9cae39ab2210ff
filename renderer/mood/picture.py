"""What suits a picture by itself, and what it bears of what a mood would add."""

from renderer.contract.direction import Easing, Move, Reading
from renderer.mood.phrases import bag
from renderer.mood.profile import Profile

INDOORS = bag(
    "cup espresso coffee mug plate bowl kitchen desk table room bed sofa couch lamp shade bookcase bookshop "
    "library restaurant stove oven keyboard monitor screen laptop phone wardrobe refrigerator pillow quilt "
    "studio portrait cabinet pot teapot wine bottle pizza cake candle web page document book"
)
OUTDOORS = bag(
    "mountain alp valley lake lakeside lakeshore seashore coast beach cliff volcano field meadow forest "
    "street road city harbor harbour park garden bridge desert dune palace castle church temple boat ship "
    "landscape sky river waterfall"
)
FIRE = bag("fire flame candle torch fireplace stove volcano campfire bonfire match")
STEAM = bag("coffee espresso cup mug teapot cauldron geyser steam")
ANIMALS = bag("dog cat tabby retriever terrier bird horse cow sheep fox wolf lion tiger bear rabbit kitten puppy")


def of_picture(reading: Reading) -> Profile:
    """Say what fits a picture by itself: tall ones are looked up and down, wide ones across, dark ones slowly."""
    easings = {Easing.SMOOTH: 2.0, Easing.SETTLE: 1.5}
    return Profile(moves=moves_of(reading), easings=easings, numbers={"speed": 0.3 + 0.25 * reading.brightness})


def moves_of(reading: Reading) -> dict[Move, float]:
    tall, wide = max(0.0, 1 - reading.aspect), max(0.0, reading.aspect - 1.6)
    sure, flat = reading.confidence, reading.drawing or reading.lettering > 0.12
    face = 0.4 if reading.faces else 1.0  # near faces: nothing that goes around them
    relief = 0.0 if flat or sure < 0.3 else 1.0
    rise = 0.3 + (0.5 if reading.horizon is not None else 0.0) + 0.5 * reading.sky
    level = 0.2 if flat else 1.0
    return {
        Move.STILL: 0.4 * alive(reading) + (0.8 if flat and not reading.drawing else 0.0),
        Move.PUSH_IN: 2.0 + (reading.subject is not None),
        Move.PULL_OUT: 1.0,
        Move.PAN_LEFT: level * (0.6 + 2 * wide),
        Move.PAN_RIGHT: level * (0.6 + 2 * wide),
        Move.TILT_UP: level * (0.3 + 4 * tall + reading.sky),
        Move.TILT_DOWN: level * (0.3 + 4 * tall),
        Move.CRANE_UP: relief * face * rise * (0.4 + sure),
        Move.CRANE_DOWN: relief * face * 0.7 * rise * (0.4 + sure),
        Move.ARC_LEFT: relief * face * 2.5 * max(0.0, sure - 0.3),
        Move.ARC_RIGHT: relief * face * 2.5 * max(0.0, sure - 0.3),
        Move.DOLLY_ZOOM: 0.0 if reading.faces else relief * max(0.0, sure - 0.4),
    }


def alive(reading: Reading) -> float:
    """Say how far the picture moves by itself, 0 to 1: enough for a camera that holds still."""
    return min(1.0, 3 * reading.water + 1.5 * reading.plants + 0.5 * reading.sky + 0.3 * bool(reading.lamps))


def life_of(reading: Reading) -> dict[str, float]:
    """Say how much of each kind of living motion is natural: a breath of what is there."""
    beings = reading.people or reading.faces or shows(reading, ANIMALS)
    return {
        "water": 0.5 if reading.water > 0.01 else 0.0,
        "clouds": 0.4 if reading.sky > 0.04 or shows(reading, STEAM | FIRE) else 0.0,
        "sway": 0.4 if (reading.plants > 0.02 or reading.people) and reading.lettering < 0.12 else 0.0,
        "flicker": 0.45 if reading.lamps or shows(reading, FIRE) else 0.0,
        "breath": 0.4 if beings else 0.0,
    }


def bears(name: str, reading: Reading) -> float:
    """Say how well an addition unasked suits the picture: 0 = not at all, 1 = well."""
    out = outdoors(reading)
    lit = 1.0 if reading.sun is not None or reading.light_from is not None else 0.3
    lamps, dark = bool(reading.lamps), reading.brightness < 0.35
    return {
        "mist": 0.15 + 0.85 * out if not reading.faces else 0.4 * out,
        "dust": lit * (1.0 - 0.4 * out),
        "rain": 0.0 if reading.sun is not None else out * (1.0 - 0.5 * reading.brightness),
        "snow": out * min(1.0, max(0.0, 1 - 4 * max(0.0, reading.warmth - 0.02))) * (reading.plants < 0.35),
        "embers": 1.0
        if shows(reading, FIRE)
        else 0.5
        if lamps and reading.lamps[0].warmth > 0.3
        else 0.3 * (dark and reading.warmth > 0.1),
        "petals": 1.0 if reading.plants > 0.1 else 0.4 * out,
        "bokeh": 1.0 if lamps or dark else 0.35,
        "day": out * (reading.sky > 0.1),
        "sweep": lit,
        "shadow": out * (0.3 + 0.7 * (reading.brightness > 0.3)),
        "glow": 1.0 if lamps or reading.sun is not None else 0.0,
        "candle": (0.8 if not lamps else 1.0) * (1 - 0.9 * out),
        "neon": 1.0 if lamps else 0.6 if dark else 0.15,
        "far": 1.0 if reading.subject is not None and reading.confidence > 0.3 else 0.0,
        "near": 0.6 if reading.layers >= 3 and not reading.faces else 0.0,
    }[name]


def outdoors(reading: Reading) -> float:
    """Say how surely the picture was taken under the sky."""
    if reading.sky > 0.08 or reading.horizon is not None or shows(reading, OUTDOORS):
        return 1.0
    if shows(reading, INDOORS) or reading.lettering > 0.12:
        return 0.0
    if reading.water > 0.1 or reading.plants > 0.25:
        return 0.8
    return 0.15 if reading.faces else 0.3


def shows(reading: Reading, words: frozenset[str]) -> bool:
    return any(word in words for name in reading.shows for word in name.lower().split())
