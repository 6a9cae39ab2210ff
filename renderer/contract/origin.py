"""How a clip came to be, as its caption, its file and its content credentials say it. Light: the bot imports it."""

from collections.abc import Iterable
from enum import StrEnum

from renderer.contract.shot import Shot


class Origin(StrEnum):
    """What made the pixels, from the least to the most that was made up."""

    DRAWN = "drawn"  # a test pattern
    MODIFIED = "modified"  # the photograph's own pixels were moved, lit and covered with weather
    GENERATED = "generated"  # a model imagined them, led by the photograph


ORIGINS = {"bars": Origin.DRAWN, "parallax": Origin.MODIFIED, "diffusion": Origin.GENERATED}
COMMENTS = {
    Origin.DRAWN: "Test pattern",
    Origin.MODIFIED: "AI-modified: a photograph set moving",
    Origin.GENERATED: "AI-generated: motion imagined from a photograph",
}


def origin(engines: Iterable[str]) -> Origin:
    """How a clip of these engines came to be: where there are several, as the one that made up most."""
    order = list(Origin)
    return max((ORIGINS.get(engine, Origin.GENERATED) for engine in engines), key=order.index)


def comment(shot: Shot, version: str) -> str:
    """One line for the clip's own file."""
    model = f" {shot.model}" if shot.model else ""
    what = COMMENTS[origin([shot.engine])]
    return f"{what} by Unstill {version} (engine {shot.engine}{model}, seed {shot.beat.seed})"
