"""Lay small prepared pictures into a frame: turned, scaled, and at their exact place between the pixels."""

import cv2
import numpy as np

from renderer.arrays import Floats

# Takes a premultiplied pixel to what it leaves uncovered, four times over.
UNCOVERED = np.array([[0, 0, 0, -1, 1]] * 4, np.float32)


def mips(sprite: Floats) -> list[Floats]:
    """Give a sprite [S, S, 4] at S, S/2, S/4 ...: shrinking by more than half at once would sparkle."""
    sizes = [sprite]
    while sizes[-1].shape[0] > 16:
        side = sizes[-1].shape[0] // 2
        sizes.append(np.asarray(cv2.resize(sizes[-1], (side, side), interpolation=cv2.INTER_AREA), np.float32))
    return sizes


def lay(
    out: Floats,  # [H, W, 4] premultiplied
    sizes: list[Floats],  # of `mips`
    place: tuple[float, float],  # x and y of the middle, pixels
    axes: tuple[tuple[float, float], tuple[float, float]],  # x and y of the sprite's half axes, pixels
    strength: tuple[float, float],  # of its colour, not 0, and of its alpha
) -> None:
    """Lay one sprite over the frame."""
    (ax, ay), (bx, by) = axes
    reach = (abs(ax) + abs(bx), abs(ay) + abs(by))
    box = _box(place, reach, out.shape)
    if box is None:
        return
    rows, columns = box
    longest = max(np.hypot(ax, ay), np.hypot(bx, by))
    sprite = next((size for size in reversed(sizes) if size.shape[0] >= 2 * longest), sizes[0])
    half = sprite.shape[0] / 2
    middle = (sprite.shape[0] - 1) / 2
    turn = np.array(((ax, bx), (ay, by))) / half
    at = np.array((place[0] - columns.start, place[1] - rows.start)) - turn @ (middle, middle)
    size = (columns.stop - columns.start, rows.stop - rows.start)
    patch = np.asarray(cv2.warpAffine(sprite, np.column_stack((turn, at)), size, flags=cv2.INTER_LINEAR), np.float32)
    colour, alpha = strength
    # One number for all, and the alpha's own for itself: a row of four takes numpy five times as long.
    patch *= np.float32(colour)
    if alpha != colour:
        patch[..., 3] *= np.float32(alpha / colour)
    part = out[rows, columns]
    cv2.multiply(part, cv2.transform(patch, UNCOVERED), dst=part)
    cv2.add(part, patch, dst=part)


def _box(place: tuple[float, float], reach: tuple[float, float], shape: tuple[int, ...]) -> tuple[slice, slice] | None:
    """Frame what a sprite covers of the picture."""
    columns, rows = (
        slice(max(0, int(np.floor(at - far)) - 1), min(side, int(np.ceil(at + far)) + 2))
        for at, far, side in zip(place, reach, (shape[1], shape[0]), strict=True)
    )
    return (rows, columns) if rows.stop > rows.start and columns.stop > columns.start else None
