"""Skies drawn for the tests of what is found in them."""

import cv2
import numpy as np

HEIGHT, WIDTH = 240, 400
DEEP_BLUE, PALE_BLUE = (62, 110, 190), (170, 200, 232)
OVER = np.arange(HEIGHT)[:, None] < 160  # the sky ends there
SKY = np.broadcast_to(OVER, (HEIGHT, WIDTH))


def noisy(picture, seed=1):
    grain = np.random.default_rng(seed).normal(0, 1.5, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def blended(top, bottom):
    """Go from one colour at the top to another at the sky's end."""
    share = np.clip(np.arange(HEIGHT) / 160, 0, 1)[:, None, None]
    return np.array(top) * (1 - share) + np.array(bottom) * share + np.zeros((HEIGHT, WIDTH, 1))


def clear():
    return blended(DEEP_BLUE, PALE_BLUE)


def dusk():
    """A clear sky with the glow of a low sun, which has no rim."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    glow = np.exp(-(((x - 130) / 110) ** 2) - ((y - 160) / 70) ** 2)[..., None]
    return blended((70, 90, 150), (190, 150, 150)) * (1 - glow) + np.array((255, 190, 110)) * glow


def painted(picture, mask, colour, soft=0.0):
    """Lay a colour over a picture where a mask says so, with a soft rim."""
    share = cv2.GaussianBlur(mask.astype(np.float64), (0, 0), soft) if soft else mask.astype(np.float64)
    return picture * (1 - share[..., None]) + np.array(colour) * share[..., None]


def cumulus(x=200, y=70):
    """Outline a heap of balls with a flat foot."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    for aside, up, radius in ((-45, 0, 18), (-20, 12, 24), (12, 16, 26), (42, 2, 18)):
        cv2.circle(mask, (x + aside, y - up), radius, 1, -1)
    mask[y + 10 :] = 0
    return mask > 0


def overcast():
    """A grey sky with soft dark shapes all over."""
    shapes = cv2.GaussianBlur(np.random.default_rng(3).normal(0, 1, (HEIGHT, WIDTH)), (0, 0), sigmaX=9, sigmaY=5)
    return 170 + 22 * (shapes / shapes.std())[..., None] + np.zeros((1, 1, 3))


def over_ground(picture, colour=(70, 80, 50)):
    return noisy(np.where(SKY[..., None], picture, np.array(colour)))
