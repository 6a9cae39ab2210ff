"""Foliage and grass: fine, green to straw-coloured, without a direction of its own."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import pieces_of
from renderer.scene.reading.sighting import Sighting

GREEN = (34, 160)  # degrees of hue, from straw to fir
NAMED = ("flower", "grass", "field", "corn", "potted plant", "greenhouse", "berries", "vegetables")
# Green things that are no plants, and brown ones that look like straw.
INSTEAD = (
    "coffee", "cup", "table", "page", "fish", "frog", "snake", "lizard", "ball", "car", "truck", "bus", "train",
    "steam engine", "clock", "watch", "computer", "telephone", "camera", "television", "bottle", "chair", "couch",
    "bed", "shoe",
)  # fmt: skip
LEAFY = 0.3  # mean of 0 to 1 over a piece
FINE = 0.012  # mean contrast of fine detail in foliage, at least


def find_plants(image: Bytes, sky: Mask, sighting: Sighting) -> Floats:  # [h, w], 0 to 1
    """Say how surely each place is foliage or grass."""
    if sighting.says(*INSTEAD) > 0.4:
        return np.zeros(sky.shape, np.float32)
    height = sky.shape[0]
    luma = luma_of(image)
    spread = height / 50
    detail = blurred(np.abs(luma - blurred(luma, 1.5)), spread)
    # In the dark, less contrast is as much to see.
    fine = np.clip((detail / (0.25 + blurred(luma, spread)) - FINE) / (1.5 * FINE), 0, 1)
    green = blurred(_greenness(image), spread / 2)
    support = 1.0 if sighting.says(*NAMED) > 0.2 else 0.85
    sure = np.clip(green * (0.45 + 0.55 * fine) * support * 1.4 - 0.25, 0, 1)
    return _leafy_pieces(np.where(sky, 0, blurred(sure, height / 100)).astype(np.float32), fine.astype(np.float32))


def _greenness(image: Bytes) -> Floats:
    """1 = leaf green; straw and olive less; all else nothing."""
    hsv = np.asarray(cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2HSV), np.float32)
    hue, saturation, value = cv2.split(hsv)
    inside = np.clip((hue - GREEN[0]) / 14, 0, 1) * np.clip((GREEN[1] - hue) / 20, 0, 1)
    coloured = np.clip((saturation - 0.17) / 0.15, 0, 1) * np.clip((value - 0.05) / 0.07, 0, 1)
    return (inside * coloured).astype(np.float32)


def _leafy_pieces(plants: Floats, fine: Floats) -> Floats:
    """Keep pieces that are no crumbs and have leaves or blades to show: a plain green thing is no plant."""
    labels, pieces = pieces_of(plants > 0.2)
    large = [piece.label for piece in pieces if piece.area > 0.006 * plants.size]
    leafy = [label for label in large if fine[labels == label].mean() > LEAFY]
    kept = np.isin(labels, leafy).astype(np.float32)
    return (plants * np.clip(1.5 * blurred(kept, 2), 0, 1)).astype(np.float32)
