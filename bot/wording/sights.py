"""What was read in a still, as the first half of a caption."""

from collections.abc import Mapping, Sequence

from bot.language.fluent import Language
from bot.language.grammar import listed, named, third
from renderer.contract.direction import Reading

SETTINGS = 2  # where the thing is
BESIDES = 2  # what else there is
JOINING = " '-"
THING = 40  # characters of a thing's name
SCENES = frozenset({"field", "mountains", "shore", "valley"})  # are all of the picture: nowhere in it
GREEN = frozenset({"corn", "field", "flower", "grass", "greenhouse", "potted plant"})  # plants by themselves
WET = frozenset({"shore", "fountain"})
SETTING = {"water": 0.08, "plants": 0.16, "sky": 0.08}  # shares of the picture from which on a thing is in it
VIEW = {"water": 0.03, "plants": 0.08, "sky": 0.05}  # and from which on it is worth saying where nothing has a name
MOST_COUNTED = 4  # from here on people are several, and lights many


def read(language: Language, picture: Reading) -> str:
    """Name the thing, where it is, and what else there is."""
    thing = _thing(language, picture)
    settings = _settings(picture, SETTING if thing else VIEW)
    if thing:
        head = " ".join([thing, *(language.say(f"setting-{setting}") for setting in settings[:SETTINGS])])
    elif settings:
        head = _view(language, picture, settings)
    else:
        head = language.say("drawing") if picture.drawing else _toned(language, picture)
    besides = _besides(language, picture, told=bool(thing))[:BESIDES]
    return language.say("read-with", head=head, besides=listed(language, besides)) if besides else head


def _thing(language: Language, picture: Reading) -> str:
    name = _name(picture)
    if picture.people and name in {"", "person"}:
        return language.say("people", count=min(picture.people, MOST_COUNTED))
    said = named(language, name) if name else ""
    if not said or picture.subject is None or name in SCENES:
        return said
    return f"{said} {language.say(f'at-{third(picture.subject[0])}')}"


def _name(picture: Reading) -> str:
    """The first name that is one. A worker says what it sees: letters, digits and what joins words are kept of that."""
    plain = ("".join(sign for sign in name if sign.isalnum() or sign in JOINING) for name in picture.shows)
    names = [" ".join(name.split())[:THING].strip() for name in plain]
    return next((name for name in names if name), "")


def _settings(picture: Reading, least: Mapping[str, float]) -> list[str]:
    """Where the thing is (`setting-…`), or what there is to see where nothing has a name (`alone-…`)."""
    shown = set(picture.shows)
    found: list[str] = []
    if picture.water > least["water"] and not shown & WET:
        found.append("water")
    if picture.plants > least["plants"] and not shown & GREEN:
        found.append("plants")
    if picture.sky > least["sky"]:
        found.append("sky")
    return found


def _view(language: Language, picture: Reading, settings: Sequence[str]) -> str:
    """A picture without a thing in it: what fills most of it, and what that lies by, among, under or over."""
    shares = {"water": picture.water, "plants": picture.plants, "sky": picture.sky}
    most = max(settings, key=lambda setting: shares[setting])
    others = [setting for setting in settings if setting != most]
    if most == "sky":
        alone = language.say("alone-wide-sky" if picture.sky > 0.4 else "alone-sky")
        return " ".join([alone, *(language.say(f"over-{setting}") for setting in others[:1])])
    return " ".join([language.say(f"alone-{most}"), *(language.say(f"setting-{setting}") for setting in others)])


def _besides(language: Language, picture: Reading, *, told: bool) -> list[str]:
    """What else there is; all of it is said after `with`."""
    found: list[str] = []
    if picture.people and _name(picture) not in {"", "person"}:
        found.append(language.say("with-people", count=min(picture.people, MOST_COUNTED)))
    if picture.sun is not None:
        found.append(_sun(language, *picture.sun))
    elif picture.light_from is not None:
        found.append(language.say(f"with-light-from-{picture.light_from}"))
    if picture.lamps:
        found.append(_lamps(language, picture))
    if picture.subject is not None and not told:
        found.append(language.say("with-something-near", where=language.say(f"at-{third(picture.subject[0])}")))
    if picture.lettering > 0.01:
        found.append(language.say("with-lettering"))
    return found


def _sun(language: Language, x: float, y: float) -> str:
    height = "low" if y > 0.35 else "high"
    return language.say(f"with-{height}-sun", where=language.say(f"at-{third(x)}"))


def _lamps(language: Language, picture: Reading) -> str:
    where = language.say(f"at-{third(picture.lamps[0].x)}")
    return language.say("with-lights", count=min(len(picture.lamps), MOST_COUNTED), where=where)


def _toned(language: Language, picture: Reading) -> str:
    tone = "-warm" if picture.warmth > 0.12 else "-cool" if picture.warmth < -0.12 else ""
    light = "-dark" if picture.brightness < 0.3 else "-bright" if picture.brightness > 0.65 else ""
    return language.say(f"picture{light}{tone}")
