"""Pictures moved by known amounts: stand-ins for what a model makes."""

import cv2
import numpy as np
from skimage import data

HEIGHT, WIDTH = 216, 384
ASTRONAUT = cv2.resize(data.astronaut(), (480, 480), interpolation=cv2.INTER_AREA)
COFFEE = cv2.resize(data.coffee()[:, 100:500], (480, 480), interpolation=cv2.INTER_AREA)


def placed(picture, across=0.0, down=0.0, turn=0.0, zoom=1.0):
    """A frame of a picture that has been moved, turned (degrees) and enlarged about the frame's middle."""
    matrix = cv2.getRotationMatrix2D((240, 240), turn, zoom)
    matrix[:, 2] += (across - 240 + WIDTH / 2, down - 240 + HEIGHT / 2)
    return cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)


def panned(time):
    return placed(ASTRONAUT, across=9 * time, down=3 * time)


def turned(time):
    return placed(ASTRONAUT, turn=2 * time, zoom=1 + 0.02 * time)


def passing(time):
    """The astronaut, in a disc, before a cup of coffee that moves the other way."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    disc = (((columns - 192 - 6 * time) / 80) ** 2 + ((rows - 108 - 2 * time) / 84) ** 2 < 1).astype(np.float32)
    disc = cv2.GaussianBlur(disc, (0, 0), 0.7)[..., None]
    behind, before = placed(COFFEE, across=-3 * time), placed(ASTRONAUT, across=6 * time, down=2 * time)
    return (behind * (1 - disc) + before * disc).astype(np.uint8)


def brightening(time):
    """A pan while the light comes up."""
    return np.clip(placed(ASTRONAUT, across=5 * time).astype(float) * (1 + 0.15 * time), 0, 255).astype(np.uint8)


def coded(frame):
    """A frame as a model's coder gives it back: softer, and a little off in colour."""
    soft = cv2.GaussianBlur(frame, (0, 0), 1.2).astype(np.float32)
    return np.clip(soft * (0.99, 1.0, 1.0) + (5, -1, -4), 0, 255).astype(np.uint8)


def inner(frame):
    """Without the rim, where the border comes in."""
    return frame[16:-16, 16:-16]
