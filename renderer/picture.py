"""Read a still: what is near and far in it, and what there is to say about it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.direction import Reading, Side
from renderer.scene.cues import Cues, read_cues
from renderer.scene.depth import Depth, order
from renderer.scene.layers import Layers, soft_edge, take_apart
from renderer.scene.subject import Subject

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A still that has been read, ready to be moved."""

    reading: Reading
    layers: Layers


def read_picture(still: Bytes) -> Picture:
    """Read a still at the size of the clip."""
    cues = read_cues(still)
    depth = order(cues)
    alpha = soft_edge(cues.subject.mask, still) if cues.subject else None
    near = None if depth.near is None else _enlarged(depth.near - depth.pivot, still)
    layers = take_apart(still, alpha, _enlarged(depth.far - depth.pivot, still), near)
    return Picture(reading=describe(cues, depth), layers=layers)


def describe(cues: Cues, depth: Depth) -> Reading:
    """Put in values what was read."""
    image = cues.image.astype(np.float32) / np.float32(255)
    height, width = image.shape[:2]
    red, blue = float(image[..., 0].mean()), float(image[..., 2].mean())
    blue_sky = cues.sky.any() and float((image[..., 2] - image[..., 0])[cues.sky].mean()) > 0.02
    return Reading(
        brightness=float(_luma(image).mean()),
        warmth=float(np.clip(2.5 * (red - blue) / (red + blue + 0.2), -1, 1)),
        palette=main_colours(cues.image),
        light_from=find_light(_luma(image)),
        horizon=depth.horizon if blue_sky else None,
        sky=float(cues.sky.mean()) if blue_sky else 0.0,
        subject=_middle(cues.subject) if cues.subject else None,
        confidence=depth.confidence,
        aspect=width / height,
    )


def find_light(luma: Floats) -> Side | None:
    """Name the side that is clearly brighter than the one across."""
    height, width = luma.shape
    third_y, third_x = height // 3, width // 3
    sides = {
        Side.LEFT: (luma[:, :third_x], luma[:, -third_x:]),
        Side.RIGHT: (luma[:, -third_x:], luma[:, :third_x]),
        Side.ABOVE: (luma[:third_y], luma[-third_y:]),
        Side.BELOW: (luma[-third_y:], luma[:third_y]),
    }
    lead = {side: float(bright.mean() - dark.mean()) for side, (bright, dark) in sides.items()}
    best = max(lead, key=lambda side: lead[side])
    return best if lead[best] > 0.08 else None


def main_colours(image: Bytes, count: int = 5) -> tuple[str, ...]:
    """Name the commonest colours, as hex, the commonest first."""
    small = cv2.resize(image, (48, 48), interpolation=cv2.INTER_AREA)
    pixels = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2Lab), np.float32).reshape(-1, 3)
    cv2.setRNGSeed(1)  # k-means draws its first centres from OpenCV's global generator
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    _, labels, centres = cv2.kmeans(pixels, count, np.empty(0, np.int32), criteria, 2, cv2.KMEANS_PP_CENTERS)
    common = np.argsort(-np.bincount(np.asarray(labels).ravel(), minlength=count), kind="stable")
    lab = np.clip(np.rint(np.asarray(centres)[common]), 0, 255).astype(np.uint8)[None]
    return tuple("#{:02x}{:02x}{:02x}".format(*colour) for colour in cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)[0])


def _middle(subject: Subject) -> tuple[float, float]:
    """Point at the subject: across its middle, and up where heads and blossoms are."""
    height, width = subject.mask.shape
    rows, columns = np.nonzero(subject.mask)
    top, bottom = np.percentile(rows, (2, 98))
    return float((columns.mean() + 0.5) / width), float((top + 0.3 * (bottom - top) + 0.5) / height)


def _luma(image: Floats) -> Floats:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)


def _enlarged(values: Floats, still: Bytes) -> Floats:
    height, width = still.shape[:2]
    return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
