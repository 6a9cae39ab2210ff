"""Where layers, pose and look become frames: one stage for processors, one for graphics cards, much alike."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from renderer.scene import light
from renderer.scene.camera import Pose
from renderer.scene.layers import Layer, Layers
from renderer.scene.light import Look
from renderer.scene.warp import Grid, backward_map, warp_opencv, warp_torch

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


class Stage(Protocol):
    def frame(self, pose: Pose, look: Look) -> Bytes:  # [H, W, 3], new each time
        """Show the layers from a pose, in a light."""
        ...


def build_stage(layers: Layers, device: torch.device) -> Stage:
    """Choose the stage that is fast on the device."""
    return OpenCvStage(layers) if device.type == "cpu" else TorchStage(layers, device)


class OpenCvStage:
    """Buffers are made once: fresh ones of this size cost more than the arithmetic."""

    def __init__(self, layers: Layers) -> None:
        height, width = layers.far.offset.shape
        self._grid = Grid(height, width, torch.device("cpu"))
        self._far = _Reader(layers.far)
        self._near = _Reader(layers.near) if layers.near else None
        self._cover = _Reader(_uncovered(layers.near)) if layers.near else None
        self._maps = (torch.empty(height, width), torch.empty(height, width))
        self._shade = light.corner_shade(height, width)
        self._scratch = (np.empty((height, width, 3), np.float32), np.empty((height, width, 3), np.float32))

    def frame(self, pose: Pose, look: Look) -> Bytes:
        with _one_torch_thread():
            whole = self._composed(pose)
        return light.grade(whole.numpy(), look, self._shade, self._scratch)

    def _composed(self, pose: Pose) -> torch.Tensor:  # [H, W, 4], a buffer
        backward_map(pose, self._far.offset, self._grid, self._maps)
        whole = self._far.read(self._maps)
        if self._near and self._cover:
            backward_map(pose, self._near.offset, self._grid, self._maps)
            near, uncovered = self._near.read(self._maps), self._cover.read(self._maps)
            torch.addcmul(near, whole, uncovered, out=whole)
        return whole


@contextmanager
def _one_torch_thread() -> Generator[None]:
    """Leave the processor to OpenCV's threads: torch's own would spin beside them, at three times the CPU in all."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class _Reader:
    """A layer and the buffer it is read into."""

    def __init__(self, layer: Layer) -> None:
        self.offset = torch.from_numpy(layer.offset)
        self._colour = layer.colour
        self._out = np.empty_like(layer.colour)

    def read(self, maps: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:  # [H, W, 4], the buffer
        warp_opencv(self._colour, maps[0].numpy(), maps[1].numpy(), self._out)
        return torch.from_numpy(self._out)


def _uncovered(near: Layer) -> Layer:
    """Give 1 - alpha in all four channels: reading it along costs less than spreading it over the channels."""
    return Layer(colour=np.repeat(1 - near.colour[..., 3:], 4, axis=-1), offset=near.offset)


class TorchStage:
    """The clear form, and the fast one on a graphics card."""

    def __init__(self, layers: Layers, device: torch.device) -> None:
        height, width = layers.far.offset.shape
        self._device = device
        self._grid = Grid(height, width, device)
        present = [layers.far] if layers.near is None else [layers.far, layers.near]
        self._layers = [
            (torch.from_numpy(layer.colour).to(device), torch.from_numpy(layer.offset).to(device)) for layer in present
        ]
        self._shade = torch.from_numpy(light.corner_shade(height, width)).to(device)

    def frame(self, pose: Pose, look: Look) -> Bytes:
        whole = self._seen(pose, *self._layers[0])
        for colour, offset in self._layers[1:]:
            near = self._seen(pose, colour, offset)
            whole = near + (1 - near[..., 3:]) * whole
        return self._grade(whole, look).cpu().numpy()

    def _seen(self, pose: Pose, colour: torch.Tensor, offset: torch.Tensor) -> torch.Tensor:
        maps = (torch.empty_like(offset), torch.empty_like(offset))
        backward_map(pose, offset, self._grid, maps)
        return warp_torch(colour, *maps)

    def _grade(self, frame: torch.Tensor, look: Look) -> torch.Tensor:
        matrix = torch.from_numpy(light.saturation_matrix(look)).to(self._device)
        colour = torch.einsum("hwc,dc->hwd", frame, matrix)
        shaded = colour * (1 - light.DARK_CORNER * look.vignette * self._shade)
        graded = shaded.round().clamp(0, 255).long()
        table = torch.from_numpy(light.tone_table(look)[:, 0]).to(self._device)
        return torch.stack([table[:, channel][graded[..., channel]] for channel in range(3)], dim=-1)
