"""The trend of a value over a part of a picture, as a curved surface: how a clear sky pales towards the ground."""

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, Mask

SAMPLES = 3000  # places that a trend is fitted to
ROUNDS = 7
STIFF = (0.002, 0.02)  # of the samples, down and across: pulls what they leave open towards flat


def trend_of(
    values: Floats,  # [h, w]
    where: Mask,  # [h, w] not empty
    *,
    order: int,
    pull: float,
    least: float,
    lowest: bool = False,
) -> Floats:  # [h, w]
    """Fit a surface to the values in a part of a picture, of powers up to `order` down it and across.

    By iterated least squares (Cauchy's weights): what lies more than `pull` times the usual distance, of at least
    `least`, from the surface counts less; with `lowest` only what lies above it, so that it comes to lie low.
    """
    terms = _terms(where, order)
    places = np.flatnonzero(where)
    places = places[:: len(places) // SAMPLES + 1]
    known = terms.reshape(-1, terms.shape[-1])[places].astype(np.float64)
    wanted = values.ravel()[places].astype(np.float64)
    across = known.shape[1] - order - 1
    stiff = np.diag([1e-6, *[STIFF[0] * len(places)] * order, *[STIFF[1] * len(places)] * across])
    found, weights = np.zeros(known.shape[1]), np.ones(len(places))
    for _ in range(ROUNDS):
        weighted = known * weights[:, None]
        found = np.linalg.solve(weighted.T @ known + stiff, weighted.T @ wanted)
        weights = _weights(wanted - known @ found, pull, least, lowest=lowest)
    return (terms @ found.astype(np.float32)).astype(np.float32)


def _weights(off: NDArray[np.float64], pull: float, least: float, *, lowest: bool) -> NDArray[np.float64]:
    judged = off[off <= 0] if lowest and (off <= 0).any() else off
    usual = max(least, 1.48 * float(np.median(np.abs(judged))))
    weights = 1 / (1 + (off / (pull * usual)) ** 2)
    return np.where(off > 0, weights, 1.0) if lowest else weights


def _terms(where: Mask, order: int) -> Floats:  # [h, w, n]
    """Give the powers of the height, counted from the top to the part's end, and of the width, and their products."""
    end = int(np.flatnonzero(where.any(axis=1))[-1]) + 1
    y = np.broadcast_to(np.arange(where.shape[0], dtype=np.float32)[:, None] / end, where.shape)
    x = np.broadcast_to(np.linspace(-0.5, 0.5, where.shape[1], dtype=np.float32)[None], where.shape)
    alone = [y**power for power in range(order + 1)] + [x**power for power in range(1, order + 1)]
    return np.stack([*alone, x * y, *([x * x * y] if order > 2 else [])], axis=-1).astype(np.float32)
