"""Cloth: what people wear, and flags and curtains where the picture is surely of one."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import pieces_of
from renderer.scene.reading.sighting import Face, Sighting

NAMED = 0.4  # of the names' probability: the names see curtains in many a room
SEEN = 0.3  # of the attention, where the named thing is
FOLDED = 2.0  # times as much contrast across as down: folds hang
CREASE = 0.008  # mean contrast of folds, at least, in luma a pixel
BRIGHT = 0.3  # saturation of a flag, at least
HEADS = 8  # the largest, whose chins are gone by
FACELESS = 0.3  # of a person's height from the top, without a face to tell: head and hair


def find_cloth(
    image: Bytes,  # [h, w, 3]
    sighting: Sighting,
    skin: Floats,  # [h, w], 0 to 1
    hair: Floats,  # [h, w], 0 to 1
) -> Floats:  # [h, w], 0 to 1
    """Find cloth: what of a person is below the head and neither skin nor hair; a flag; hanging folds of a curtain."""
    bare = np.clip(skin + hair, 0, 1)
    worn = sighting.people * _below_heads(sighting) * (1 - bare)
    hung = np.maximum(_curtain(image, sighting), _flag(image, sighting)) * (1 - sighting.people)
    return np.maximum(worn, hung).astype(np.float32)


def _below_heads(sighting: Sighting) -> Floats:
    """Say where bodies are rather than heads: below the chin of the nearest face, else below the top of each person."""
    if not sighting.faces:
        return _below_tops(sighting.people > 0.5)
    height, width = sighting.people.shape
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height
    x = (np.arange(width, dtype=np.float32)[None] + 0.5) / width
    faces = sighting.faces[:HEADS]
    nearest = np.argmin([_away(face, x, y) for face in faces], axis=0)
    chins = np.array([face.y + 1.05 * face.height for face in faces], np.float32)[nearest]
    heights = np.array([face.height for face in faces], np.float32)[nearest]
    return np.clip((y - chins) / (0.35 * heights), 0, 1).astype(np.float32)


def _away(face: Face, x: Floats, y: Floats) -> Floats:
    return np.hypot((x - face.x - face.width / 2) / face.width, (y - face.y - face.height / 2) / (2 * face.height))


def _below_tops(people: Mask) -> Floats:
    labels, pieces = pieces_of(people)
    below = np.zeros(people.shape, np.float32)
    for piece in pieces:
        top = piece.top + round(FACELESS * piece.height)
        below[top : piece.top + piece.height][labels[top : piece.top + piece.height] == piece.label] = 1
    return blurred(below, min(people.shape) / 80)


def _curtain(image: Bytes, sighting: Sighting) -> Floats:
    """Find folds that hang, where a curtain was seen. A blind's slats lie, and sway does not become them."""
    if sighting.says("curtain") < NAMED:
        return np.zeros_like(sighting.people)
    side = min(image.shape[:2])
    soft = blurred(luma_of(image), 1)
    across, down = (
        blurred(np.abs(cv2.Sobel(soft, cv2.CV_32F, *axes, scale=0.125)), side / 20) for axes in ((1, 0), (0, 1))
    )
    folds = (across > FOLDED * down) & (across > CREASE) & (sighting.attention > SEEN)
    return _large(folds, side)


def _flag(image: Bytes, sighting: Sighting) -> Floats:
    """Find the coloured cloth at a flagpole: bright in colour, thicker than the pole, and no wall."""
    if sighting.says("flagpole") < NAMED:
        return np.zeros_like(sighting.people)
    side = min(image.shape[:2])
    saturation = cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2HSV)[..., 1]
    found = _large((saturation > BRIGHT) & (sighting.attention > SEEN), side)
    return found if found.mean() < 0.3 else np.zeros_like(found)  # more is the sky


def _large(mask: Mask, side: int) -> Floats:
    """Keep what is wider than a post, with soft rims."""
    post = 2 * (side // 50) + 1
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((post, post), np.uint8))
    labels, pieces = pieces_of(np.asarray(opened, np.uint8))
    large = [piece.label for piece in pieces if piece.area > 0.004 * mask.size]
    return blurred(np.isin(labels, large).astype(np.float32), side / 100)
