"""The stage in torch: the clear form of `renderer.scene.stage_opencv`, and the fast one on a graphics card."""

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import grid_sample, interpolate

from renderer.arrays import Bytes, Floats
from renderer.scene.air.weather import Air
from renderer.scene.composing import Aim, Order
from renderer.scene.focus import Copies
from renderer.scene.lattice import Lattice
from renderer.scene.scenery import Scenery
from renderer.scene.state import State


class TorchStage:
    """Layers stay on the device; light and air, which work on the lattice, come from the processor."""

    def __init__(self, scenery: Scenery, device: str) -> None:
        self._scenery, self._device = scenery, device
        self._colours: dict[int, tuple[Floats, Tensor]] = {}

    def frame(self, state: State, air: Air) -> Bytes:
        composed = self._scenery.composer.compose(state)
        lattice = self._scenery.lattice
        whole = torch.zeros(lattice.height, lattice.width, 4, device=self._device)
        copies = self._scenery.lens.copies(state)
        self._forget(copies)
        for gap, (colours, order) in enumerate(zip(copies, composed.orders, strict=True)):
            if order is not None:
                whole = _over(self._seen(colours, order), whole)
            drawn = np.zeros((lattice.height, lattice.width, 4), np.float32)
            air.fill(drawn, gap, composed.seen, state)
            if drawn.any():
                whole = _over(torch.from_numpy(drawn).to(self._device), whole)
        return self._scenery.lighting.shine(whole.cpu().numpy(), composed.seen, state)

    def _seen(self, copies: Copies, order: Order) -> Tensor:  # [H, W, 4]
        """Read the whole of a layer: its patches only say what may be left out."""
        whole = self._read(copies, order.aims[0])
        for aim in order.aims[1:]:
            whole = (1 - aim.share) * whole + aim.share * self._read(copies, aim)
        return whole

    def _read(self, copies: Copies, aim: Aim) -> Tensor:  # [H, W, 4], new
        places = enlarged(aim.places, self._scenery.lattice, self._device)
        parts = [share * warp(self._kept(colour), places) for colour, share in copies]
        return torch.stack(parts).sum(dim=0)

    def _forget(self, copies: tuple[Copies, ...]) -> None:
        """Let go of copies that the lens has let go of; the layers themselves stay."""
        wanted = {id(colour) for part in copies for colour, _ in part}
        wanted |= {id(layer.colour) for layer in self._scenery.layers}
        self._colours = {key: kept for key, kept in self._colours.items() if key in wanted}

    def _kept(self, colour: Floats) -> Tensor:
        """Bring a picture to the device, once. It is held along, so that its id stays its own."""
        if id(colour) not in self._colours:
            self._colours[id(colour)] = colour, torch.from_numpy(colour).to(self._device)
        return self._colours[id(colour)][1]


def enlarged(places: Floats, lattice: Lattice, device: str) -> Tensor:  # [H, W, 2] pixels
    """Do as `Lattice.enlarged` does."""
    nodes = torch.from_numpy(places).to(device).permute(2, 0, 1)[None]
    large = interpolate(nodes, scale_factor=lattice.step, mode="bilinear", align_corners=False)
    rows, columns = (
        slice(lattice.step, lattice.step + lattice.height),
        slice(lattice.step, lattice.step + lattice.width),
    )
    return large[0, :, rows, columns].permute(1, 2, 0)


def warp(
    image: Tensor,  # [H, W, C]
    places: Tensor,  # [H, W, 2] x and y, pixels
) -> Tensor:  # [H, W, C]
    """Read each pixel where the places say, between pixels linearly; outside the picture the border repeats."""
    height, width = image.shape[:2]
    sides = torch.tensor([width - 1, height - 1], dtype=places.dtype, device=places.device)
    grid = places * (2 / sides) - 1
    read = grid_sample(
        image.permute(2, 0, 1)[None], grid[None], mode="bilinear", padding_mode="border", align_corners=True
    )
    return read[0].permute(1, 2, 0)


def _over(near: Tensor, far: Tensor) -> Tensor:
    return near + (1 - near[..., 3:]) * far
