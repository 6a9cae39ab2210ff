"""Stalks, blades and twigs before sky or water: too thin for a network's grid, and the first that a wind bends.

They have the colours of the plants that they hang together with, while masts, wires and railings are grey. What is so
thin that the sky shines through has lost most of its colour: it is followed from where it has it.
"""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, grown
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import pieces_of

WIDTH = 1 / 60  # of the short side: what is wider has been seen
LONG = 1 / 18  # of the short side, straight, and not level: ripples, shores and what they mirror are
LEANING = range(34, 147, 8)  # degrees from level, that stems lean
DARK = 0.05  # of luma, by which a stem is darker than both its sides
DRY = 25  # of 255, by which it is warmer where it is darker: straw
STANDS_OUT = 20  # of 255, by which it is warmer or greener than both its sides
YELLOW = 10  # of 255, by which its colours are yellower than grey
BIN = 8  # of 255: how finely the plants' colours are told
USUAL = 0.0015  # of the plants: the least that a colour of theirs makes up
SURE = 0.05  # of a stem: so much of it has its colours
JOINED = 1 / 90  # of the short side: a gap that haze or blur leaves
MOST = 0.22  # of sky and water: more is no stems, but waves, or a net


def find_stems(
    image: Bytes,  # [h, w, 3]
    plants: Mask,  # [h, w]
    within: Mask,  # [h, w] sky and water
) -> Mask:  # [h, w]
    """Find what is thin within sky or water, has plants' colours and hangs together with plants."""
    if not plants.any() or not within.any():
        return np.zeros_like(plants)
    thin = _upright(_thin(image) & within)
    yellow = image[..., :2].max(axis=-1).astype(np.int16) - image[..., 2] > YELLOW
    coloured = _with_enough(yellow & _coloured_as(plants, image), thin)
    stems = _joined(coloured, plants, round(JOINED * min(plants.shape)))
    return stems if stems.sum() < MOST * within.sum() else np.zeros_like(stems)


def _thin(image: Bytes) -> Mask:
    """Find what is thin and darker and dry, or warmer or greener, than what is around it."""
    size = 2 * round(WIDTH * min(image.shape[:2])) + 1
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
    red, green, blue = (image[..., channel].astype(np.float32) for channel in range(3))

    def stands_out(values: Floats) -> Floats:
        return np.asarray(cv2.morphologyEx(values, cv2.MORPH_TOPHAT, kernel), np.float32)

    dark = np.asarray(cv2.morphologyEx(luma_of(image), cv2.MORPH_BLACKHAT, kernel), np.float32) > DARK
    straw = dark & (red - blue > DRY)
    return straw | (stands_out(red - blue) > STANDS_OUT) | (stands_out(green - blue) > STANDS_OUT)


def _upright(thin: Mask) -> Mask:
    """Keep what goes on straight for a while, and is not level (opening by lines, Soille 2003)."""
    length = max(3, round(LONG * min(thin.shape)))
    drawn, found = thin.astype(np.uint8), np.zeros(thin.shape, np.uint8)
    for angle in LEANING:
        found |= np.asarray(cv2.morphologyEx(drawn, cv2.MORPH_OPEN, _line(length, angle)), np.uint8)
    return thin & (found > 0)


def _line(length: int, degrees: float) -> Bytes:
    half = length // 2
    aside, up = (round(half * share) for share in (np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.uint8)
    return np.asarray(cv2.line(kernel, (half - aside, half + up), (half + aside, half - up), 1), np.uint8)


def _coloured_as(plants: Mask, image: Bytes) -> Mask:
    """Tell the places of colours that are usual among the plants, however bright."""
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.uint8)
    count = 256 // BIN
    colours = (lab[..., 1] // BIN).astype(np.intp) * count + lab[..., 2] // BIN
    shares = np.asarray(np.bincount(colours[plants], minlength=count * count) / plants.sum(), np.float64)
    usual = np.asarray(cv2.blur(shares.reshape(count, count), (3, 3))) > USUAL
    return usual.ravel()[colours]


def _with_enough(sure: Mask, thin: Mask) -> Mask:
    """Keep the thin pieces of which enough is sure."""
    labels, pieces = pieces_of(thin)
    areas = np.array([thin.size, *(piece.area for piece in pieces)])
    return (np.bincount(labels[sure & thin], minlength=len(areas)) > SURE * areas)[labels] & thin


def _joined(stems: Mask, plants: Mask, gap: int) -> Mask:
    """Keep the stems that lead to plants, over small gaps."""
    labels, _ = pieces_of(grown(stems | plants, gap))
    rooted = np.zeros(int(labels.max()) + 1, np.bool_)
    rooted[labels[plants]] = True
    return stems & rooted[labels]
