"""Small drawn pictures of heads, plumes, flames and mirrors, and what the eyes would say of them."""

import cv2
import numpy as np

from renderer.scene.reading.sighting import Face, Named, Sighting

HEIGHT, WIDTH = 200, 200
SKIN, HAIR, SHIRT, WALL = (205, 160, 135), (62, 40, 28), (60, 90, 150), (150, 160, 150)


def grainy(image, strength=4, seed=1):
    """A picture as a camera takes it: nothing in it is of one colour."""
    rough = np.random.default_rng(seed).normal(0, strength, image.shape[:2])[..., None]
    return np.clip(image + rough, 0, 255).astype(np.uint8)


def ellipse(image, x, y, wide, high, colour):
    cv2.ellipse(image, (x, y), (wide, high), 0, 0, 360, colour, -1, cv2.LINE_AA)


def head(*, crown=HAIR, long=False, band=None, shirt=SHIRT):
    """Draw someone to the waist before a wall; with a `crown` of hair, perhaps down to the chest, or a cap's band."""
    image = np.full((HEIGHT, WIDTH, 3), WALL, np.uint8)
    person = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for canvas, white in ((image, None), (person, (1, 1, 1))):
        if long:
            ellipse(canvas, 100, 110, 42, 62, white or crown)
        ellipse(canvas, 100, 215, 70, 75, white or shirt)
        ellipse(canvas, 100, 128, 13, 26, white or SKIN)
        ellipse(canvas, 100, 68, 35, 40, white or crown)
        if band:
            cv2.rectangle(canvas, (67, 44), (133, 56), white or band, -1)
        ellipse(canvas, 100, 86, 25, 34, white or SKIN)
        if long:
            for side in (68, 132):
                ellipse(canvas, side, 125, 11, 50, white or crown)
    face = Face(x=0.38, y=0.27, width=0.24, height=0.33)
    return grainy(image), seen(people=person[..., 0].astype(np.float32), faces=(face,))


def seen(*names, people=None, faces=(), attention=None):
    """What the eyes say: names as words they are sure of."""
    nothing = np.zeros((HEIGHT, WIDTH), np.float32)
    return Sighting(
        names=tuple(Named(word=name, probability=0.8) for name in names),
        attention=nothing if attention is None else attention,
        people=nothing if people is None else people,
        faces=faces,
    )


def part(mask, left, top, right, bottom):
    """The mean of a mask in a box."""
    return float(mask[top:bottom, left:right].mean())
