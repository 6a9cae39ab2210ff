"""A frame in tiles: which of them a layer is laid in, and how, so that nothing is drawn which a nearer layer hides."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from renderer.arrays import Bytes, Mask
from renderer.scene.lattice import Lattice, Window

SIDE = 8  # steps of the lattice: smaller ones hide more, and cost more calls

# What the nodes of a layer say, to be added up over a tile.
SHOWN, OPEN, DRIFTING = np.uint8(1), np.uint8(2), np.uint8(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A rectangle of tiles in which a layer is laid in one way."""

    window: Window
    solid: bool  # the layer hides all that is behind it
    drifting: bool  # all of its copies show, otherwise the first says all


class Tiles:
    """The tiles of one lattice. A tile's nodes are all those that its pixels lie between."""

    def __init__(self, lattice: Lattice) -> None:
        self._lattice = lattice
        # Where tiles begin, counted in nodes without those beyond the frame's edges, and where the last one ends.
        self._rows, self._columns = ([*range(0, count - 2, SIDE), count - 2] for count in lattice.shape)
        self.shape = len(self._rows) - 1, len(self._columns) - 1

    def gathered(self, nodes: Bytes) -> Bytes:
        """Gather for each tile the bits of its nodes."""
        down = nodes[:-2] | nodes[1:-1] | nodes[2:]
        around = down[:, :-2] | down[:, 1:-1] | down[:, 2:]
        rows = np.bitwise_or.reduceat(around, self._rows[:-1], axis=0)
        return np.bitwise_or.reduceat(rows, self._columns[:-1], axis=1)

    def patches(self, tiles: Bytes) -> tuple[Patch, ...]:
        """Join tiles into rectangles of one kind; those without any bit are left out."""
        return tuple(
            Patch(window=self._window(*box), solid=not kind & OPEN, drifting=bool(kind & DRIFTING))
            for kind, *box in _rectangles(tiles)
        )

    def around(self, tiles: Mask | Bytes) -> Window | None:
        """Give the smallest window that holds all tiles with anything set."""
        rows, columns = np.flatnonzero(tiles.any(axis=1)), np.flatnonzero(tiles.any(axis=0))
        if not rows.size:
            return None
        return self._window(int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1)

    def _window(self, top: int, bottom: int, left: int, right: int) -> Window:
        top, bottom, left, right = self._rows[top], self._rows[bottom], self._columns[left], self._columns[right]
        step, height, width = self._lattice.step, self._lattice.height, self._lattice.width
        return Window(
            nodes=(slice(top, bottom + 2), slice(left, right + 2)),
            pixels=(slice(top * step, min(bottom * step, height)), slice(left * step, min(right * step, width))),
        )


def _rectangles(kinds: Bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """Give the kind, top, bottom, left and right of rectangles: runs in a row, and equal runs below each other."""
    growing: dict[tuple[int, int, int], tuple[int, int]] = {}
    for row, *run in _runs(kinds):
        key = (run[0], run[1], run[2])
        top, bottom = growing.get(key, (row, row))
        if bottom < row:
            yield key[0], top, bottom, key[1], key[2]
            top = row
        growing[key] = top, row + 1
    for (kind, left, right), (top, bottom) in growing.items():
        yield kind, top, bottom, left, right


def _runs(kinds: Bytes) -> Iterator[tuple[int, int, int, int]]:
    """Give the row, kind, start and end of what is alike side by side, row by row; nothing (0) is left out."""
    width = kinds.shape[1] + 1
    flat = np.pad(kinds, ((0, 0), (0, 1))).ravel()  # so that no run goes on in the next row
    ends = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    starts = np.concatenate(([0], ends))[:-1]
    found = flat[starts] > 0
    rows, starts = np.divmod(starts[found], width)
    lines = (rows, flat[ends[found] - 1], starts, ends[found] - rows * width)
    return zip(*(line.tolist() for line in lines), strict=True)
