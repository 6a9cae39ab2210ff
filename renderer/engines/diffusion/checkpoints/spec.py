"""What a row of the table of models says."""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Interval, MinLen
from pydantic import Field
from pydantic.dataclasses import dataclass

from renderer.contract.abilities import Abilities
from renderer.contract.shot import Anchor
from renderer.contract.values import VALUE

DRAFT, FINISH = "draft", "finish"
Side = Annotated[int, Interval(ge=16, le=4096)]
Component = str  # a pipeline's part by diffusers' name, such as "transformer_2"
Option = bool | int | float | None | tuple[int | float, ...]


class Family(StrEnum):
    """Pipelines that are called alike and read alike written prompts."""

    WAN = "wan"
    VACE = "vace"
    LTX = "ltx"
    LTX2 = "ltx2"
    SVD = "svd"


class Given(StrEnum):
    """Which frames a model can be given, to imagine the rest."""

    FIRST = "first"
    LAST = "last"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class FrameRule:
    """A model makes step * k + 1 frames."""

    step: Annotated[int, Ge(1)]
    most: Annotated[int, Ge(2)]  # it was trained on, itself such a number

    def at_least(self, count: int) -> int:
        """The fewest frames, `count` or more where the model can, that it makes."""
        return min(self.most, -(-(max(2, count) - 1) // self.step) * self.step + 1)


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Lora:
    """Low-rank weights that are added to a component."""

    repo: str  # Hugging Face id
    file: str
    component: Component = "transformer"


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class Profile:
    """One way to run a model."""

    steps: Annotated[int, Ge(1)]
    guidance: Annotated[tuple[float, ...], MinLen(1)]  # one per expert
    vram_gb: float  # that it takes without any offloading, as published; see docs/gpu.md
    least_vram_gb: float  # that it takes with all means of fitting it
    loras: tuple[Lora, ...] = ()
    repo: str = ""  # whole other weights; "" = the row's own
    scheduler: dict[str, Option] = Field(default_factory=dict)  # settings that differ from the repository's
    options: dict[str, Option] = Field(default_factory=dict)  # more arguments of the pipeline's call, over the row's


@dataclass(frozen=True, slots=True, kw_only=True, config=VALUE)
class ModelSpec:
    """One supported checkpoint."""

    id: str
    family: Family
    repo: str  # Hugging Face id of the weights, in diffusers' layout
    pipeline: str  # class name; a repository's own index may name a sibling
    licence: str
    duty: str  # what the licence asks of those who use it, in one sentence
    sizes: Annotated[tuple[tuple[Side, Side], ...], MinLen(1)]  # (short, long) side it was trained on, smallest first
    multiple: Annotated[int, Ge(1)]  # both sides are multiples of it
    fps: float  # of the frames it makes
    frames: FrameRule
    profiles: dict[str, Profile]
    given: frozenset[Given]
    context: Annotated[int, Ge(1)] = 1  # most frames that it can be given at its beginning
    context_last: Annotated[int, Ge(1)] = 1  # and at its end
    experts: tuple[Component, ...] = ("transformer",)  # the networks that take turns denoising
    prompt: bool = True
    negative_prompt: bool = True
    interrupt: bool = True  # stops between steps when told to; those without are stopped by raising alone
    sound: bool = False
    motion: bool = False  # a number says how much it moves
    fps_conditioning: bool = False  # it is told the frame rate
    keep_float32: tuple[Component, ...] = ()  # that half precision spoils
    options: dict[str, Option] = Field(default_factory=dict)  # more arguments of the pipeline's call
    variant: str = ""  # of the weights' files, such as "fp16", where a repository has several

    @property
    def abilities(self) -> Abilities:
        """The same in the words of the contract."""
        ends = {Given.FIRST: Anchor.FIRST, Given.LAST: Anchor.LAST}
        return Abilities(
            anchors=frozenset(anchor for given, anchor in ends.items() if given in self.given),
            loop=Given.BOTH in self.given,
            sound=self.sound,
            neighbour=True,
        )
