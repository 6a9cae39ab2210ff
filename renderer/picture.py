"""Read a still: what is near and far in it, and what there is to say about it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.direction import Corrections, Reading, Side
from renderer.scene.cues import Cues, read_cues
from renderer.scene.depth import Depth, order
from renderer.scene.layers import Layers, take_apart
from renderer.scene.matter import Matter
from renderer.scene.regions import no_matter
from renderer.scene.sighting import unseen
from renderer.scene.subject import Subject, find_subject

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

UNCORRECTED = Corrections()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A still that has been read, ready to be moved."""

    reading: Reading
    layers: Layers
    matter: Matter


class Reader:
    """Reads stills. What it needs for that is loaded at the first, once."""

    def __init__(self, depth_model: str = "") -> None:
        """Name the depth network to use where it is at hand, see `sight.depth_model`; "" = go by cues."""
        self._depth_model = depth_model

    def read(
        self,
        still: Bytes,  # [H, W, 3] at the size of the clip
        corrections: Corrections = UNCORRECTED,
    ) -> Picture:
        """Read a still; where a member said otherwise, they are right."""
        cues = read_cues(still)
        sighting = unseen(*cues.sky.shape)
        matter = no_matter(*cues.sky.shape)
        subject = find_subject(cues, sighting)
        depth = order(cues, sighting, subject, corrections)
        layers = take_apart(still, depth)
        return Picture(reading=describe(cues, subject, depth, len(layers)), layers=layers, matter=matter)


def describe(cues: Cues, subject: Subject | None, depth: Depth, layers: int) -> Reading:
    """Put in values what was read."""
    image = cues.image.astype(np.float32) / np.float32(255)
    height, width = image.shape[:2]
    red, blue = float(image[..., 0].mean()), float(image[..., 2].mean())
    return Reading(
        brightness=float(_luma(image).mean()),
        warmth=float(np.clip(2.5 * (red - blue) / (red + blue + 0.2), -1, 1)),
        palette=main_colours(cues.image),
        light_from=find_light(_luma(image)),
        horizon=depth.horizon,
        sky=float(cues.sky.mean()),
        subject=_middle(subject) if subject else None,
        confidence=depth.confidence,
        depth=depth.source,
        layers=layers,
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
