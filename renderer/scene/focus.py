"""Rack of focus: layers blurred by how far they lie from where the lens is focused, made once for each end of the ring.

Between sharp and all blurred there is one half-blurred copy, and a frame is a blend of two neighbours: near enough for
the eye, and two reads a layer instead of a blur a frame.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.scene.layers import Layer

Copies = tuple[tuple[Floats, float], ...]  # pictures [H, W, 4] and their shares, which add up to 1

WIDEST = 0.026  # half short sides: the blur, as a Gaussian's sigma, of what is farthest from focus
STEPS = 4  # strengths of blur between which a layer's places are shared out
SEEN = 0.08  # of the strongest blur: less is left sharp


@dataclass(frozen=True, slots=True, kw_only=True)
class Racked:
    """A layer's blurred copies: premultiplied [H, W, 4]. None where the layer stays in focus."""

    half: Floats
    full: Floats


class Ring:
    """The lens's ring over some layers: makes the blurred copies when it is first turned to a side, and keeps them."""

    def __init__(self, layers: tuple[Layer, ...]) -> None:
        self._layers = layers
        self._side = 0
        self._copies: tuple[Racked | None, ...] = ()

    def copies(self, focus: float) -> tuple[Copies, ...]:
        """Say for each layer which pictures are blended, by what shares, at a `focus` as in `State`."""
        if focus == 0:
            return tuple(((layer.colour, 1.0),) for layer in self._layers)
        side = 1 if focus > 0 else -1
        if side != self._side:
            self._side, self._copies = side, ()  # the other side's go first: both at once would double the memory
            self._copies = racked(self._layers, side)
        return tuple(
            blended(layer.colour, copies, abs(focus)) for layer, copies in zip(self._layers, self._copies, strict=True)
        )


def blended(sharp: Floats, copies: Racked | None, turned: float) -> Copies:
    """Blend the two neighbours of a turn of the ring, 0 to 1."""
    if copies is None:
        return ((sharp, 1.0),)
    place = 2 * min(1.0, turned)
    first, second = (sharp, copies.half) if place <= 1 else (copies.half, copies.full)
    share = place if place <= 1 else place - 1
    return tuple((colour, part) for colour, part in ((first, 1 - share), (second, share)) if part > 0)


def racked(layers: tuple[Layer, ...], side: int) -> tuple[Racked | None, ...]:
    """Blur each layer as it looks when the ring is turned all the way: to 1 = the far is blurred, to -1 = the near."""
    low = min(float(layer.offset.min()) for layer in layers)
    high = max(float(layer.offset.max()) for layer in layers)
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
