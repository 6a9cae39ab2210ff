"""The engine that needs no model: the still in layers at their depths, a camera that moves among them, and what lives.

A pull out needs a word. Frame 0 is the whole still, and there is nothing beyond its edge but what we would make up:
mirrored or smeared borders show at once. So from the whole still the camera first leans in, soon and gently, and then
draws back slowly to the wide. Where it already stands close (a clip that continues another), it simply draws back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from renderer.contract.abilities import ABILITIES
from renderer.contract.corrections import corrections_of
from renderer.contract.direction import Corrections
from renderer.contract.job import Joint
from renderer.contract.shot import Anchor, Shot
from renderer.engines.engine import ALONE, BUILT_IN, CallSheet, Figures, Film, Models, Rgb, rehearsal
from renderer.engines.parallax.course import Course, plan
from renderer.engines.parallax.legs import between
from renderer.engines.scaling import scale_still
from renderer.meaning.placing import open_meaning
from renderer.models.card import find_card
from renderer.mood.unheard import unheard
from renderer.scene.air.weather import Air
from renderer.scene.motion.camera import Pose
from renderer.scene.scenery import Scenery
from renderer.scene.stage import Stage, build_stage
from renderer.scene.strain import Sketch, frontmost, measure, sketch
from renderer.sight.reader import Picture, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """A picture, built up to be filmed."""

    picture: Picture
    stage: Stage
    geometry: Sketch


class Parallax:
    """Keeps the picture it read last, since rerolls and nudges come for the same still."""

    abilities = ABILITIES["parallax"]
    worn_out = False

    def __init__(self, device: str | None = None, models: Models = BUILT_IN) -> None:
        """Load what understands words. Raises `BadModelError` where a model that was named cannot be used."""
        self._device = device or ("cuda" if find_card() else "cpu")
        self._meaning = open_meaning(models.mood)
        self._reader = Reader(models.depth)
        self._key: tuple[str, int, Corrections] | None = None
        self._set: _Set | None = None

    def warm_up(self) -> None:
        """Read and move a picture: what that needs is loaded at the first."""
        next(self.film(*rehearsal()).frames)

    def film(self, shot: Shot, still: Rgb, _sheet: CallSheet = ALONE, /) -> Film:
        """Read the still and lay the course; frames are made as they are pulled."""
        scene = self._read(shot, still)
        course = plan(shot, scene.picture.reading, scene.geometry, self._meaning)
        return Film(
            direction=course.direction,
            reading=scene.picture.reading,
            frames=_shown(shot, course, scene),
            figures=replace(
                figures(shot, course, scene.geometry),
                unheard=unheard(shot.beat, self._meaning, scene.picture.reading.shows),
            ),
        )

    def _read(self, shot: Shot, still: Rgb) -> _Set:
        corrections = corrections_of(shot)
        key = (shot.still, shot.size, corrections)
        if self._set is None or self._key != key:
            self._set = None  # two at once would double the memory
            picture = self._reader.read(scale_still(still, shot.size), corrections, whole=still)
            scenery = Scenery(picture.layers, picture.matter, picture.reading)
            stage = build_stage(scenery, self._device)
            self._key = key
            self._set = _Set(picture=picture, stage=stage, geometry=sketch(picture.layers))
        return self._set


def _shown(shot: Shot, course: Course, scene: _Set) -> Iterator[Rgb]:
    layers = scene.picture.layers
    height, width = layers[0].colour.shape[:2]
    # One seed for a whole line: what is in the air at a joint is the same on both sides.
    levels = tuple(layer.level for layer in layers)
    air = Air(levels, height, width, shot.line[0].seed, scene.picture.reading, layers)
    for state in course.frames(shot.frame_count):
        yield scene.stage.frame(state, air)


def figures(shot: Shot, course: Course, geometry: Sketch) -> Figures:
    """Measure the course: the worst of its poses, and how it meets its neighbour."""
    strains = [measure(course.at(step / 12).pose, geometry) for step in range(13)]
    return Figures(
        stretch_share=max(strain.stretch for strain in strains),
        hole_share=max(strain.hole for strain in strains),
        joint=joint(shot, course, geometry) if len(shot.line) > 1 else None,
    )


def joint(shot: Shot, course: Course, geometry: Sketch) -> Joint:
    """Compare the seam's jumps in position and speed with the clip's median step, in half short sides."""
    offset = frontmost(geometry)

    def step(one: Pose, other: Pose) -> float:
        return between(one, other, geometry, offset)

    poses = [state.pose for state in course.frames(shot.frame_count)]
    steps = [step(one, other) for one, other in pairwise(poses)]
    median = sorted(steps)[len(steps) // 2] or 1.0
    first = shot.beat.anchor is Anchor.FIRST
    seam, own_step = (poses[0], steps[0]) if first else (poses[-1], steps[-1])
    # The neighbour comes to rest at the seam as this clip does: its last step bounds the change of speed.
    return Joint(position=step(seam, course.joint.pose) / median, speed=own_step / median)
