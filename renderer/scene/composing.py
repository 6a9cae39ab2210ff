"""What a frame is made of, in numbers: which layer is read where, with what blur. Every stage follows these orders."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renderer.scene.cover import Cover
from renderer.scene.lattice import Lattice, Window
from renderer.scene.layers import Layer
from renderer.scene.life import Living
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State
from renderer.scene.warp import aim, displaced, in_pixels

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One read of a layer: its places [h, w, 2] in pixels of the still, and its share of what the layer shows."""

    places: Floats
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to show one layer. Its aims' shares add up to 1."""

    aims: tuple[Aim, ...]
    window: Window  # beyond it the layer shows nothing, or nothing of it is seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A frame's orders, back to front (None: nothing of the layer is in view), and what the whole then shows."""

    orders: tuple[Order | None, ...]
    seen: Seen


class Composer:
    """Works out compositions for one picture at one size."""

    def __init__(
        self, layers: tuple[Layer, ...], covers: tuple[Cover, ...], living: tuple[Living, ...], lattice: Lattice
    ) -> None:
        self._offsets = [layer.offset for layer in layers]
        self._covers = [np.dstack([shape.any, shape.alpha, shape.all]) for shape in covers]
        self._living = living
        self._lattice = lattice

    def compose(self, state: State) -> Composition:
        """Aim at every layer, front to back, so that what is hidden can be left out."""
        orders: list[Order | None] = []
        aims: list[tuple[Seen, Floats]] = []
        hidden = np.zeros(self._lattice.shape, np.bool_)
        for offset, shape, living in reversed(list(zip(self._offsets, self._covers, self._living, strict=True))):
            looks = self._looks(state, offset, living)
            shown, alpha, solid = _outline(shape, [seen for seen, _ in looks])
            window = self._lattice.window(shown & ~hidden)
            orders.append(None if window is None else Order(aims=self._in_pixels(looks), window=window))
            hidden = hidden | solid
            aims.append((looks[0][0], alpha))
        return Composition(orders=tuple(reversed(orders)), seen=_frontmost(list(reversed(aims))))

    def _looks(self, state: State, offset: Floats, living: Living) -> list[tuple[Seen, float]]:
        """Say where a layer is read, once for each copy of it that shows."""
        seen = aim(state.pose, offset, self._lattice.x, self._lattice.y)
        swayed = living.swayed(state.life, state.clock)
        if swayed is not None:
            seen = displaced(seen, swayed)
        streams = living.streams(state.life, state.clock)
        return [(displaced(seen, field), share) for field, share in streams] or [(seen, 1.0)]

    def _in_pixels(self, looks: list[tuple[Seen, float]]) -> tuple[Aim, ...]:
        shape = (*self._lattice.shape, 2)
        return tuple(
            Aim(places=in_pixels(seen, self._lattice, np.empty(shape, np.float32)), share=share)
            for seen, share in looks
        )


def _outline(covers: Floats, looks: list[Seen]) -> tuple[Flags, Floats, Flags]:
    """Say where a layer shows anything, how opaque it is, and where it hides what is behind it."""
    read = [look_up(covers, seen.x, seen.y) for seen in looks]
    shown, solid = read[0][..., 0] > 0, read[0][..., 2] >= 1
    for other in read[1:]:
        shown, solid = shown | (other[..., 0] > 0), solid & (other[..., 2] >= 1)
    return shown, read[0][..., 1], solid


def _frontmost(aims: list[tuple[Seen, Floats]]) -> Seen:
    """Take what the nearest opaque layer shows."""
    first = aims[0][0]
    x, y, offset = first.x.copy(), first.y.copy(), first.offset.copy()
    for seen, alpha in aims[1:]:
        front = alpha >= 0.5
        for values, nearer in ((x, seen.x), (y, seen.y), (offset, seen.offset)):
            np.copyto(values, nearer, where=front)
    return Seen(x=x, y=y, offset=offset)
