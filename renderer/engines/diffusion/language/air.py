"""What is in the air, in words. None of it is in the still: it comes, has gone by then, or comes and goes."""

from dataclasses import dataclass

from renderer.contract.direction import Direction
from renderer.engines.diffusion.language.degrees import NOTICED, Course, worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Air:
    """Nouns by thickness, all in the singular, and what they do."""

    thin: str
    some: str
    thick: str
    does: str  # "starts to …"


AIRS = {
    "mist": Air(thin="a thin mist", some="mist", thick="thick fog", does="drift through the scene"),
    "dust": Air(thin="a little fine dust", some="fine dust", thick="thick dust", does="float in the light"),
    "rain": Air(thin="light rain", some="steady rain", thick="heavy rain", does="fall"),
    "snow": Air(thin="light snow", some="snow", thick="thick snow", does="fall"),
    "embers": Air(
        thin="a scatter of glowing embers",
        some="a stream of glowing embers",
        thick="a dense swarm of glowing embers",
        does="rise",
    ),
    "petals": Air(
        thin="a scatter of petals", some="a drift of petals", thick="a thick shower of petals", does="float down"
    ),
    "bokeh": Air(
        thin="a faint veil of soft discs of light",
        some="a veil of soft discs of light",
        thick="a dense veil of soft discs of light",
        does="drift across the frame",
    ),
}


def air_sentences(direction: Direction, course: Course) -> dict[str, str]:
    """A sentence for each thing in the air, by the field's name."""
    found = {name: _sentence(getattr(direction.weather, name), air, course) for name, air in AIRS.items()}
    return {name: sentence for name, sentence in found.items() if sentence}


def _sentence(value: float, air: Air, course: Course) -> str:
    noun = worded(value, ((NOTICED, air.thin), (0.4, air.some), (0.8, air.thick)))
    if not noun:
        return ""
    noun = noun[0].upper() + noun[1:]
    return {
        Course.FORWARD: f"{noun} starts to {air.does}.",
        Course.BACKWARD: f"{noun} is in the air at first and clears away.",
        Course.LOOP: f"{noun} starts to {air.does}, then clears away again.",
    }[course]
