"""The engine that needs no model: the still in two layers at their depth, and a camera that moves among them.

A pull out needs a word. Frame 0 is the whole still, and there is nothing beyond its edge but what we would make up:
mirrored or smeared borders show at once. So from the whole still the camera first leans in, soon and gently, and then
draws back slowly to the wide. Where it already stands close (a clip that continues another), it simply draws back.
"""

from collections.abc import Iterator
from itertools import pairwise

import torch

from renderer.engines import Figures, Film, Rgb
from renderer.engines.scaling import scale_still
from renderer.job import Anchor, Joint, Shot
from renderer.picture import Picture, read_picture
from renderer.plan import Course, pixels_between, plan
from renderer.scene.stage import Stage, build_stage
from renderer.scene.strain import Sketch, measure, sketch


class Parallax:
    """Keeps the picture it read last, since rerolls and nudges come for the same still."""

    def __init__(self, device: str | None = None) -> None:
        self._device = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        self._key: tuple[str, int] | None = None
        self._set: _Set | None = None

    def film(self, shot: Shot, still: Rgb) -> Film:
        """Read the still and lay the course; frames are made as they are pulled."""
        scene = self._read(shot, still)
        course = plan(shot, scene.picture.reading, scene.geometry)
        return Film(
            direction=course.direction,
            reading=scene.picture.reading,
            frames=_shown(course, shot.frame_count, scene.stage),
            figures=figures(shot, course, scene.geometry),
        )

    def _read(self, shot: Shot, still: Rgb) -> "_Set":
        key = (shot.still, shot.size)
        if self._set is None or self._key != key:
            self._set = None  # two at once would double the memory
            picture = read_picture(scale_still(still, shot.size))
            self._key = key
            self._set = _Set(picture, build_stage(picture.layers, self._device), sketch(picture.layers))
        return self._set


class _Set:
    """A picture, built up to be filmed."""

    def __init__(self, picture: Picture, stage: Stage, geometry: Sketch) -> None:
        self.picture, self.stage, self.geometry = picture, stage, geometry


def _shown(course: Course, count: int, stage: Stage) -> Iterator[Rgb]:
    for state in course.frames(count):
        yield stage.frame(state.pose, state.look)


def figures(shot: Shot, course: Course, geometry: Sketch) -> Figures:
    """Measure the course: the worst of its poses, and how it meets its neighbour."""
    strains = [measure(course.at(step / 12).pose, geometry) for step in range(13)]
    return Figures(
        stretch_share=max(strain.stretch for strain in strains),
        hole_share=max(strain.hole for strain in strains),
        joint=joint(shot, course, geometry) if len(shot.line) > 1 else None,
    )


def joint(shot: Shot, course: Course, geometry: Sketch) -> Joint:
    """Compare the seam's jumps in position and speed with the clip's median step, in pixels."""
    poses = [state.pose for state in course.frames(shot.frame_count)]
    steps = [pixels_between(one, other, geometry, shot.size) for one, other in pairwise(poses)]
    median = sorted(steps)[len(steps) // 2] or 1.0
    first = shot.beat.anchor is Anchor.FIRST
    seam, own_step = (poses[0], steps[0]) if first else (poses[-1], steps[-1])
    position = pixels_between(seam, course.joint.pose, geometry, shot.size)
    # The neighbour comes to rest at the seam as this clip does: its last step bounds the change of speed.
    return Joint(position=position / median, speed=own_step / median)
