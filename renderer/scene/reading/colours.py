"""Palette, warmth, and where the light comes from."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask
from renderer.contract.direction import Side
from renderer.scene.reading.sighting import Face

LEAD = 0.08  # of luma, by which one side must be brighter than the one across


def find_light(
    luma: Floats,  # [h, w]
    sky: Mask,  # [h, w]
    sun: tuple[float, float] | None,
    faces: tuple[Face, ...],
) -> Side | None:
    """Name the side the light comes from: the sun's, else the one that is clearly brighter, on faces above all."""
    if sun:
        return Side.LEFT if sun[0] < 0.38 else Side.RIGHT if sun[0] > 0.62 else Side.ABOVE
    leads = _side_leads(np.where(sky, np.nan, luma)) | _height_leads(luma)
    for face in faces[:3]:
        lead = _face_lead(luma, face)
        leads[Side.LEFT] += lead
        leads[Side.RIGHT] -= lead
    best = max(leads, key=lambda side: leads[side])
    return best if leads[best] > LEAD else None


def _side_leads(ground: Floats) -> dict[Side, float]:
    """Compare left and right on the ground only: a sky's gradient is no side light."""
    third = ground.shape[1] // 3
    left, right = ground[:, :third], ground[:, -third:]
    if np.isnan(left).mean() > 0.9 or np.isnan(right).mean() > 0.9:
        return {Side.LEFT: 0.0, Side.RIGHT: 0.0}
    lead = float(np.nanmean(left) - np.nanmean(right))
    return {Side.LEFT: lead, Side.RIGHT: -lead}


def _height_leads(luma: Floats) -> dict[Side, float]:
    third = luma.shape[0] // 3
    lead = float(luma[:third].mean() - luma[-third:].mean())
    return {Side.ABOVE: lead, Side.BELOW: -lead}


def _face_lead(luma: Floats, face: Face) -> float:
    """Say how much brighter a face's left half is."""
    height, width = luma.shape
    left, right = max(0, round(face.x * width)), min(width, round((face.x + face.width) * width))
    top, foot = max(0, round(face.y * height)), min(height, round((face.y + face.height) * height))
    middle = (left + right) // 2
    if min(middle - left, right - middle, foot - top) < 2:
        return 0.0
    return float(luma[top:foot, left:middle].mean() - luma[top:foot, middle:right].mean())


def warmth_of(image: Bytes) -> float:
    """Say how warm a picture is: -1 = blue, 1 = orange."""
    red, blue = float(image[..., 0].mean()) / 255, float(image[..., 2].mean()) / 255
    return float(np.clip(2.5 * (red - blue) / (red + blue + 0.2), -1, 1))


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
