"""What a frame is made of, in numbers: which layer is read where, in what tiles. Every stage follows these orders."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.scene.cover import Cover
from renderer.scene.lattice import Lattice, Window
from renderer.scene.layers import Layer
from renderer.scene.motion.life import Living, drifts
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State
from renderer.scene.tiles import DRIFTING, OPEN, SHOWN, Patch, Tiles
from renderer.scene.warp import aim, displaced, in_pixels

SURE = 0.99  # of a cover, looked up: what rounding leaves of 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One read of a layer."""

    places: Floats  # [h, w, 2] x and y of every node, in pixels of the still
    window: Window  # where it is wanted
    share: float = 1.0  # of what it shows; the rest is what was read before


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to show one layer."""

    aims: tuple[Aim, ...]  # the first everywhere, each other blended in where the layer drifts
    patches: tuple[Patch, ...]  # all that is seen of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A frame's orders, back to front (None: nothing of the layer is in view), and what the whole then shows.

    Every pixel is in a solid patch of one layer, and in no patch of those behind it.
    """

    orders: tuple[Order | None, ...]
    seen: Seen


class Composer:
    """Works out compositions for one picture at one size."""

    def __init__(
        self, layers: tuple[Layer, ...], covers: tuple[Cover, ...], living: tuple[Living, ...], lattice: Lattice
    ) -> None:
        self._parts = list(zip([layer.offset for layer in layers], covers, living, strict=True))
        self._lattice, self._tiles = lattice, Tiles(lattice)

    def compose(self, state: State) -> Composition:
        """Aim at every layer, front to back, so that what is hidden can be left out."""
        orders: list[Order | None] = []
        sights: list[tuple[Seen, Floats]] = []
        hidden = np.zeros(self._tiles.shape, np.bool_)
        for offset, cover, living in reversed(self._parts):
            if hidden.all():
                orders.append(None)
                continue
            copies, stream = self._copies(state, offset, living)
            alpha, nodes = self._outline(cover, [seen for seen, _ in copies], focused=not state.focus)
            if stream is not None:
                nodes |= DRIFTING * ((stream[..., 0] != 0) | (stream[..., 1] != 0))
            tiles = self._tiles.gathered(nodes)
            orders.append(self._order(copies, np.where(hidden | (tiles & SHOWN == 0), np.uint8(0), tiles)))
            hidden = hidden | (tiles & OPEN == 0)
            sights.append((copies[0][0], alpha))
        return Composition(orders=tuple(reversed(orders)), seen=_frontmost(list(reversed(sights))))

    def _copies(self, state: State, offset: Floats, living: Living) -> tuple[list[tuple[Seen, float]], Floats | None]:
        """Say where a layer is read, once for each copy that shows, with its share; and how fast what drifts goes."""
        seen = aim(state.pose, offset, self._lattice.x, self._lattice.y)
        swayed = living.swayed(state.life, state.clock)
        if swayed is not None:
            seen = displaced(seen, look_up(swayed, seen.x, seen.y))
        if living.stream is None or not state.life.clouds:
            return [(seen, 1.0)], None
        stream = look_up(living.stream, seen.x, seen.y) * np.float32(state.life.clouds)
        copies = [(displaced(seen, stream * np.float32(drift.seconds)), drift.share) for drift in drifts(state.clock)]
        return copies, stream

    def _outline(self, cover: Cover, copies: list[Seen], *, focused: bool) -> tuple[Floats, Bytes]:
        """Say how opaque a layer is at the nodes, where it shows anything, and where it lets through what is behind."""
        if cover.whole:
            return np.ones(self._lattice.shape, np.float32), np.full(self._lattice.shape, SHOWN)
        maps = cover.sharp if focused else cover.racked
        read = [look_up(maps, seen.x, seen.y) for seen in copies]
        return read[0][..., 0], reduce(np.bitwise_or, map(_bits, read))

    def _order(self, copies: list[tuple[Seen, float]], tiles: Bytes) -> Order | None:
        wanted = (tiles, *[tiles & DRIFTING] * (len(copies) - 1))
        windows = [self._tiles.around(part) for part in wanted]
        aims = tuple(
            self._aim(seen, share, window)
            for (seen, share), window in zip(copies, windows, strict=True)
            if window is not None
        )
        return Order(aims=aims, patches=self._tiles.patches(tiles)) if aims else None

    def _aim(self, seen: Seen, share: float, window: Window) -> Aim:
        out = np.empty((*self._lattice.shape, 2), np.float32)
        return Aim(places=in_pixels(seen, self._lattice, out), window=window, share=share)


def _bits(covers: Floats) -> Bytes:
    return SHOWN * (covers[..., 1] > 0) | OPEN * (covers[..., 2] < SURE)


def _frontmost(aims: list[tuple[Seen, Floats]]) -> Seen:
    """Take what the nearest opaque layer shows."""
    first = aims[0][0]
    x, y, offset = first.x.copy(), first.y.copy(), first.offset.copy()
    for seen, alpha in aims[1:]:
        front = alpha >= 0.5
        for values, nearer in ((x, seen.x), (y, seen.y), (offset, seen.offset)):
            np.copyto(values, nearer, where=front)
    return Seen(x=x, y=y, offset=offset)
