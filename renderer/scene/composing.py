"""What a frame is made of, in numbers: which layer is read where, with what blur. Every stage follows these orders."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renderer.scene.cover import Cover
from renderer.scene.lattice import Lattice, Window
from renderer.scene.layers import Layer
from renderer.scene.life import Living, drifts
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State
from renderer.scene.warp import aim, displaced, in_pixels

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

SLOW = 1e-5  # half short sides a second: less is standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One read of a layer."""

    places: Floats  # [h, w, 2] x and y of every node, in pixels of the still
    window: Window  # where it is wanted
    share: float = 1.0  # of what the window shows; the rest is what was read before


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to show one layer: first by itself, then what is blended in."""

    first: Aim  # beyond its window the layer shows nothing, or nothing of it is seen
    others: tuple[Aim, ...] = ()  # each within the first one's window


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
        sights: list[tuple[Seen, Floats]] = []
        hidden = np.zeros(self._lattice.shape, np.bool_)
        for offset, covers, living in reversed(list(zip(self._offsets, self._covers, self._living, strict=True))):
            copies, drifting = self._copies(state, offset, living)
            shown, alpha, solid = _outline(covers, [seen for seen, _ in copies])
            orders.append(self._order(copies, shown & ~hidden, drifting))
            hidden = hidden | solid
            sights.append((copies[0][0], alpha))
        return Composition(orders=tuple(reversed(orders)), seen=_frontmost(list(reversed(sights))))

    def _copies(self, state: State, offset: Floats, living: Living) -> tuple[list[tuple[Seen, float]], Flags]:
        """Say where a layer is read, once for each copy that shows, with its share; and what of it drifts."""
        seen = aim(state.pose, offset, self._lattice.x, self._lattice.y)
        swayed = living.swayed(state.life, state.clock)
        if swayed is not None:
            seen = displaced(seen, look_up(swayed, seen.x, seen.y))
        if living.stream is None or not state.life.clouds:
            return [(seen, 1.0)], np.zeros(self._lattice.shape, np.bool_)
        stream = look_up(living.stream, seen.x, seen.y) * np.float32(state.life.clouds)
        copies = [(displaced(seen, stream * np.float32(drift.seconds)), drift.share) for drift in drifts(state.clock)]
        return copies, np.abs(stream[..., 0]) + np.abs(stream[..., 1]) > SLOW

    def _order(self, copies: list[tuple[Seen, float]], wanted: Flags, drifting: Flags) -> Order | None:
        window = self._lattice.window(wanted)
        if window is None:
            return None
        part = self._lattice.window(wanted & drifting)
        others = () if part is None else tuple(self._aim(seen, part, share) for seen, share in copies[1:])
        return Order(first=self._aim(copies[0][0], window, 1.0), others=others)

    def _aim(self, seen: Seen, window: Window, share: float) -> Aim:
        out = np.empty((*self._lattice.shape, 2), np.float32)
        return Aim(places=in_pixels(seen, self._lattice, out), window=window, share=share)


def _outline(covers: Floats, copies: list[Seen]) -> tuple[Flags, Floats, Flags]:
    """Say where a layer shows anything, how opaque it is, and where it hides what is behind it."""
    read = [look_up(covers, seen.x, seen.y) for seen in copies]
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
