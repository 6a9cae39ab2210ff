"""Choose the stage that is fast on a device. Both turn a picture and a state into a frame, much alike."""

from typing import Protocol

from renderer.arrays import Bytes
from renderer.scene.air.weather import Air
from renderer.scene.scenery import Scenery
from renderer.scene.stage_opencv import OpenCvStage
from renderer.scene.state import State


class Stage(Protocol):
    def frame(self, state: State, air: Air) -> Bytes:  # [H, W, 3], new each time
        """Show the picture as the state has it, and what is in the air."""
        ...


def build_stage(scenery: Scenery, device: str) -> Stage:
    """Choose the stage that is fast on the device: "cpu", or one that torch knows by this name."""
    if device == "cpu":
        return OpenCvStage(scenery)
    from renderer.scene.stage_torch import TorchStage  # noqa: PLC0415  torch takes seconds to import

    return TorchStage(scenery, device)
