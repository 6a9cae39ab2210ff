"""What was read in a still, as the first half of a caption."""

from collections.abc import Sequence

from bot.grammar import listed, third, with_article
from renderer.direction import Lamp, Reading, Side

SETTINGS = 2  # where the thing is
BESIDES = 2  # what else there is
THING = 40  # characters of a thing's name
SCENES = frozenset({"field", "mountains", "shore", "valley"})  # are all of the picture: nowhere in it
GREEN = frozenset({"corn", "field", "flower", "grass", "greenhouse", "potted plant"})  # plants by themselves
WET = frozenset({"shore", "fountain"})


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
    if picture.subject is None or name in SCENES:
        return with_article(name)
    return f"{with_article(name)} {third(picture.subject[0])}"


def _counted(people: int) -> str:
    return {1: "one person", 2: "two people", 3: "three people"}.get(people, "several people")


def _settings(picture: Reading) -> list[tuple[str, str]]:
    """Give each as it is said of a thing, and alone."""
    shown = set(picture.shows)
    found: list[tuple[str, str]] = []
    if picture.water > 0.08 and not shown & WET:
        found.append(("by the water", "water"))
    if picture.plants > 0.16 and not shown & GREEN:
        found.append(("among leaves and grass", "leaves and grass"))
    if picture.sky > 0.08:
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
        found.append(f"something near {third(picture.subject[0])}")
    if picture.lettering > 0.01:
        found.append("lettering")
    return found


SIDES = {Side.LEFT: "the left", Side.RIGHT: "the right", Side.ABOVE: "above", Side.BELOW: "below"}


def _sun(x: float, y: float) -> str:
    return f"a {'low' if y > 0.35 else 'high'} sun {third(x)}"


def _lamps(lamps: Sequence[Lamp]) -> str:
    return f"a light {third(lamps[0].x)}" if len(lamps) == 1 else "two lights" if len(lamps) == 2 else "many lights"


def _toned(picture: Reading) -> str:
    tone = "warm" if picture.warmth > 0.12 else "cool" if picture.warmth < -0.12 else ""
    light = "dark" if picture.brightness < 0.3 else "bright" if picture.brightness > 0.65 else ""
    return f"a {', '.join(word for word in (light, tone) if word) or 'quiet'} picture"
