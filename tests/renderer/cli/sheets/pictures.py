"""Pictures that were read, by hand: no network, no file."""

from dataclasses import fields, replace

import numpy as np

from renderer.contract.direction import Lamp, Reading, Side
from renderer.scene.motion.matter import Matter
from renderer.scene.reading.kinds.kinds import Kinds, none_of
from renderer.scene.reading.sighting import Face
from renderer.sight.reader import Picture, read_drawing
from tests.renderer.scenery import layers, texture

HEIGHT, WIDTH = 90, 120  # of the masks
LAMP = Lamp(x=0.75, y=0.25, size=0.1, warmth=0.5)
FACE = Face(x=0.2, y=0.2, width=0.2, height=0.3)
READING = Reading(
    brightness=0.2,
    warmth=0.3,
    palette=("#000000", "#ff8800"),
    light_from=Side.LEFT,
    sun=(0.9, 0.1),
    lamps=(LAMP,),
    horizon=0.4,
    faces=1,
    people=1,
    shows=("shore",),
    subject=(0.5, 0.5),
    confidence=0.75,
    layers=3,
)


def band(top, bottom):
    """A mask that is 1 between two shares of the height."""
    y = (np.arange(HEIGHT)[:, None] + 0.5) / HEIGHT * np.ones((1, WIDTH))
    return ((y >= top) & (y < bottom)).astype(np.float32)


def matter(**masks):
    """All that is not named is nowhere."""
    nothing = np.zeros((HEIGHT, WIDTH), np.float32)
    return Matter(**{field.name: nothing for field in fields(Matter)} | masks)


def kinds(**masks):
    return replace(none_of((HEIGHT, WIDTH)), **masks)


def still():
    return texture()


def shore(**changes):
    """A sky with a cloud, and a sea below it, of which half may move."""
    seen = Kinds(sky=band(0, 0.4), clouds=band(0.1, 0.2), water=band(0.4, 1), plants=band(0, 0), stems=band(0, 0))
    made = Picture(
        reading=READING,
        layers=layers()[0],
        matter=matter(sky=seen.sky, water=band(0.7, 1), kept=band(0.5, 0.6)),
        kinds=seen,
        faces=(FACE,),
    )
    return replace(made, **changes)


def page():
    """Strokes on paper, as they are read."""
    paper = np.full((120, 160, 3), 245, np.uint8)
    paper[20:100:10] = 10
    return paper, read_drawing(paper)
