"""What engines can do and how long they may take, what a living worker offers, and the check of a shot against it."""

from typing import Annotated

from annotated_types import MaxLen
from pydantic.dataclasses import dataclass

from renderer.contract.errors import CannotError, UnknownEngineError
from renderer.contract.shot import Anchor, Shot, kind_of
from renderer.contract.values import VALUE, News, those_known

WITH_MODELS = frozenset({"diffusion"})  # engines of which a worker has one model
PATIENCE = {"diffusion": 3600}  # seconds that a render may take
USUAL_PATIENCE = 600
MOST_PATIENCE = max(USUAL_PATIENCE, *PATIENCE.values())
NEIGHBOUR_FRAMES = 16  # of the clip beside a joint that an engine is shown


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Abilities:
    """What an engine can do with the model that it has."""

    anchors: Annotated[frozenset[Anchor], those_known(tuple(Anchor))] = frozenset({Anchor.FIRST})
    loop: bool = False
    sound: bool = False
    neighbour: bool = False  # it looks at the clip beside the joint


ABILITIES = {
    "parallax": Abilities(anchors=frozenset(Anchor), loop=True),
    "bars": Abilities(anchors=frozenset(Anchor), loop=True),
    "diffusion": Abilities(anchors=frozenset(Anchor), loop=True, sound=True, neighbour=True),  # the best of its models
}


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Offer(News):
    """What a living worker can do. It stands in Redis while the worker lives."""

    engine: Annotated[str, MaxLen(40)]
    model: Annotated[str, MaxLen(200)] = ""
    abilities: Abilities
    ready: bool = True  # False while it loads

    @property
    def kind(self) -> str:
        return kind_of(self.engine, self.model)


def model_name(engine: str, model: str) -> str:
    """What a model is called in shots and queues: its row, or its folder's own name; with `:draft` where it is that.

    A bot and a worker may have the same model in different places. Engines without models have none.
    """
    return model.rstrip("/\\").replace("\\", "/").rpartition("/")[2] if engine in WITH_MODELS else ""


def patience(engine: str) -> int:
    """How many seconds a render may take."""
    return PATIENCE.get(engine, USUAL_PATIENCE)


def check_possible(shot: Shot, abilities: Abilities | None = None) -> None:
    """Raise `UnknownEngineError`, or `CannotError` where the engine (with these abilities) cannot make this shot."""
    known = ABILITIES.get(shot.engine)
    if known is None:
        raise UnknownEngineError(name=shot.engine, choices=", ".join(ABILITIES))
    abilities = abilities or known
    if shot.loop and not abilities.loop:
        raise CannotError(engine=shot.kind, what="loop")
    if not shot.loop and not {beat.anchor for beat in shot.line} <= abilities.anchors:  # a loop has both ends given
        raise CannotError(engine=shot.kind, what="anchor")
