"""The lens: layers as sharp as they are, or blurred by how far they lie from where it is focused.

Blurred copies are made once for each end of the focusing ring.

Between sharp and all blurred there is one half-blurred copy, and a frame is a blend of two neighbours: near enough for
the eye, and two reads a layer instead of a blur a frame.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.scene.crisp import crisp, crisp_share
from renderer.scene.layers import Layer
from renderer.scene.state import State

Copies = tuple[tuple[Floats, float], ...]  # pictures [H, W, 4] and their shares, which add up to 1

WIDEST = 0.026  # half short sides: the blur, as a Gaussian's sigma, of what is farthest from focus
STEPS = 4  # strengths of blur between which a layer's places are shared out
SEEN = 0.08  # of the strongest blur: less is left sharp


@dataclass(frozen=True, slots=True, kw_only=True)
class Racked:
    """A layer's blurred copies: premultiplied [H, W, 4]. None where the layer stays in focus."""

    half: Floats
    full: Floats


class Lens:
    """A lens before some layers: makes the copies it needs when it first needs them, and keeps them."""

    def __init__(self, layers: tuple[Layer, ...]) -> None:
        self._layers = layers
        self._half = min(layers[0].colour.shape[:2]) / 2
        self._side = 0
        self._racked: tuple[Racked | None, ...] = ()

    @cached_property
    def _crisp(self) -> tuple[Floats, ...]:
        return tuple(crisp(layer.colour) for layer in self._layers)

    def copies(self, state: State) -> tuple[Copies, ...]:
        """Say for each layer which pictures are blended, by what shares."""
        sharp = self._sharp(crisp_share(state.pose, self._half))
        if state.focus == 0:
            return sharp
        side = 1 if state.focus > 0 else -1
        if side != self._side:
            self._side, self._racked = side, ()  # the other side's go first: both at once would double the memory
            self._racked = racked(self._layers, side)
        return tuple(
            blended(whole, copies, abs(state.focus)) for whole, copies in zip(sharp, self._racked, strict=True)
        )

    def _sharp(self, share: float) -> tuple[Copies, ...]:
        own = tuple(layer.colour for layer in self._layers)
        if share in {0.0, 1.0}:
            return tuple(((colour, 1.0),) for colour in (self._crisp if share else own))
        return tuple(((one, 1 - share), (other, share)) for one, other in zip(own, self._crisp, strict=True))


def blended(sharp: Copies, copies: Racked | None, turned: float) -> Copies:
    """Blend the two neighbours of a turn of the ring, 0 to 1."""
    if copies is None:
        return sharp
    place = 2 * min(1.0, turned)
    if place > 1:
        return tuple(
            (colour, part) for colour, part in ((copies.half, 2 - place), (copies.full, place - 1)) if part > 0
        )
    return (*((colour, part * (1 - place)) for colour, part in sharp if place < 1), (copies.half, place))


def racked(layers: tuple[Layer, ...], side: int) -> tuple[Racked | None, ...]:
    """Blur each layer as it looks when the ring is turned all the way: to 1 = the far is blurred, to -1 = the near."""
    low = min(float(layer.offset.min()) for layer in layers)
    high = max(float(layer.offset.max()) for layer in layers)
    if high == low:  # one plane is in focus or out of it as a whole, and in focus it stays
        return (None,) * len(layers)
    return tuple(_racked(layer, _strength(layer.offset, low, high, side)) for layer in layers)


def _strength(offset: Floats, low: float, high: float, side: int) -> Floats:
    """Say how blurred each place gets, 0 to 1: in focus are the nearest (or farthest) third."""
    near = (offset - low) / max(high - low, 1e-3)
    away = 1 - near if side > 0 else near
    return np.clip((away - 0.3) / 0.6, 0, 1).astype(np.float32)


def _racked(layer: Layer, strength: Floats) -> Racked | None:
    if float(strength.max()) < SEEN:
        return None
    height, width = layer.colour.shape[:2]
    places = np.asarray(cv2.resize(strength, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    widest = WIDEST * min(height, width) / 2
    return Racked(half=_blurred(layer.colour, places, widest / 2), full=_blurred(layer.colour, places, widest))


def _blurred(colour: Floats, strength: Floats, widest: float) -> Floats:
    """Blur by a strength that differs from place to place: between copies of even blur, by strength."""
    steps = [colour] + [_even(colour, widest * step / STEPS) for step in range(1, STEPS + 1)]
    place = strength * np.float32(STEPS)
    out = np.zeros_like(colour)
    for step, copy in enumerate(steps):
        share = np.clip(1 - np.abs(place - step), 0, 1)
        if share.any():
            out += share[..., None] * copy
    return out


def _even(colour: Floats, sigma: float) -> Floats:
    """Blur evenly; a wide blur is worked out small."""
    shrink = max(1, int(sigma / 2))
    height, width = colour.shape[:2]
    size = (max(2, width // shrink), max(2, height // shrink))
    small = cv2.resize(colour, size, interpolation=cv2.INTER_AREA) if shrink > 1 else colour
    soft = cv2.GaussianBlur(small, (0, 0), sigma / shrink, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
