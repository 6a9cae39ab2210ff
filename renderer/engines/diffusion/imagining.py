"""A scene goes to the model once, and what comes back becomes the clip's frames."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from PIL import Image

from renderer.contract.errors import (
    BadModelError,
    BrokenFramesError,
    BrokenSoundError,
    MediaMissingError,
    OutOfMemoryError,
)
from renderer.contract.shot import Anchor, Beat, Nudge, Shot
from renderer.engines.diffusion.calling import Made, call
from renderer.engines.diffusion.checkpoints.loading import Loaded
from renderer.engines.diffusion.checkpoints.spec import Given
from renderer.engines.diffusion.families import Ask
from renderer.engines.diffusion.fitting import placement
from renderer.engines.diffusion.fitting.placement import Placement, Spread
from renderer.engines.diffusion.fitting.rescue import Rescue, Rungs, Way
from renderer.engines.diffusion.fitting.speed import Haste, hasten
from renderer.engines.diffusion.footage.anchoring import anchored
from renderer.engines.diffusion.footage.framing import model_size, resized, scaled
from renderer.engines.diffusion.footage.length import Length, Span, span
from renderer.engines.diffusion.footage.retime import retimed
from renderer.engines.diffusion.footage.seam import Seam
from renderer.engines.diffusion.language import Said
from renderer.engines.diffusion.noise import noise_of
from renderer.engines.engine import Figures, OnProgress, Rgb, Sound, unheard

log = logging.getLogger(__name__)

GREY = (127, 127, 127)
PLAIN = Beat(mood="", seed=0)
NUDGED = Beat(mood="", seed=0, nudges=(Nudge(seed=1, strength=0.5),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a clip is made from, in the clip's own terms."""

    shot: Shot
    still: Rgb  # [H, W, 3]
    said: Said
    neighbour: tuple[Rgb, ...]  # of the same size, in story time, up to the joint or from it on

    @property
    def first(self) -> bool:
        return self.shot.beat.anchor is Anchor.FIRST

    @property
    def joint(self) -> Rgb:
        """The frame that is given exactly. Raises `MediaMissingError` where it is in a clip that is not at hand."""
        if len(self.shot.line) == 1:
            return self.still
        if not self.neighbour:
            raise MediaMissingError
        return self.neighbour[-1] if self.first else self.neighbour[0]

    @property
    def known(self) -> tuple[Rgb, ...]:
        """The frames at the joint, in story time, the joint's own among them."""
        if self.shot.loop or not self.neighbour:
            return (self.joint,)
        return (*self.neighbour[:-1], self.joint) if self.first else (self.joint, *self.neighbour[1:])


class Imagination:
    """One model, placed on this machine and made quick there."""

    def __init__(self, loaded: Loaded) -> None:
        """Raises `BadModelError` where the card is too small for it, or lacks what the operator asked for."""
        self._loaded, self._spec = loaded, loaded.spec
        pipe, device, tuning = loaded.pipe, loaded.device, loaded.tuning
        self._weights = placement.weights_gb(pipe)
        placed = placement.plan(self._spec, loaded.profile, placement.free_gb(device), tuning, self._weights)
        placement.place(pipe, self._spec, placed, device)
        self._haste: Haste = hasten(pipe, self._spec, tuning, placed, device, loaded.profile.steps)
        self._settle(placed)

    def _settle(self, placed: Placement) -> None:
        """Remember how the pipeline is placed, and nothing yet of what fits so."""
        pipe = self._loaded.pipe
        self._placed, self._tiling = placed, placed.tiling
        tiles = hasattr(pipe.vae, "use_tiling")
        self._rescue = Rescue(Rungs(spec=self._spec, tiles=tiles), pipe.maybe_free_model_hooks)

    @property
    def worn_out(self) -> bool:
        return self._rescue.worn_out

    @property
    def maker(self) -> str:
        """What made the pixels, beside the shot."""
        return ", ".join(filter(None, (self._loaded.maker, self._haste.maker)))

    def warm_up(self) -> None:
        """Make few frames in few steps; where memory runs out, place the pipeline so that it takes less of the card.

        Raises `BadModelError` where it takes too much however it is placed.
        """
        while not self._warmed_up():
            self._place_lower()

    def _warmed_up(self) -> bool:
        """Rehearse all that a first take would wait for; False where memory does not hold it.

        Compiled blocks are compiled anew when the size changes for the first time, and where noise is turned meanwhile.
        """
        least, step = self._spec.frames.at_least(2), self._spec.frames.step
        compiled = product((PLAIN, NUDGED), (least, self._spec.frames.at_least(least + step)))
        try:
            for beat, frames in compiled if self._haste.compiled else ((PLAIN, least),):
                self._rehearse(beat, frames)
        except OutOfMemoryError:
            return False
        except (BrokenFramesError, BrokenSoundError) as error:
            log.error("the warm-up made no picture (%s); takes will be told that, if it stays so", error)  # noqa: TRY400
        return True

    def _place_lower(self) -> None:
        lower = placement.below(self._spec, self._loaded.profile, self._placed, self._weights)
        if lower is None:
            raise BadModelError(name=self._spec.id, why="the card's memory does not hold even the warm-up of it")
        log.warning("the warm-up does not fit the card's memory; placed anew: %s", lower.spread)
        if lower.spread is Spread.STREAMED:
            self._haste.uncompile()
        placement.move(self._loaded.pipe, self._spec, lower, self._loaded.device)
        self._settle(lower)

    def _rehearse(self, beat: Beat, frames: int) -> None:
        height, width = self._spec.sizes[0]
        way = Way(tiling=self._tiling, frames=frames, height=height, width=width)
        self._rescue.run(lambda way: self._rehearsed(beat, way), way)

    def _rehearsed(self, beat: Beat, way: Way) -> Made:
        self._tile(way)
        blank = (Image.new("RGB", (way.width, way.height), GREY),)
        last = blank if self._spec.given == frozenset({Given.BOTH}) else ()
        size = {"height": way.height, "width": way.width, "frames": way.frames}
        return self._call(beat, unheard, first=blank, last=last, said=Said(), steps=2 * len(self._spec.experts), **size)

    def _tile(self, way: Way) -> None:
        if way.tiling and not self._tiling:
            self._tiling = placement.tile(self._loaded.pipe)

    def frames(self, scene: Scene, figures: Figures, tell: OnProgress) -> Iterator[Rgb]:
        """Give the clip's frames; the first has all of them made. `figures` are whole once the last is out.

        Raises `OutOfMemoryError` where the card holds not even a smaller take, `MediaMissingError` where the joint is
        in a clip that is not at hand, `BrokenFramesError` or `BrokenSoundError` where what is made is none.
        """
        height, width = scene.still.shape[:2]
        made, way = self._rescue.run(lambda way: self._made(scene, way, tell), self._way(scene))
        laid = self._span(scene, way.frames)
        figures.eased, figures.maker = way.eased, self.maker
        figures.sound = _heard_from(made.sound, laid.positions[0] / self._spec.fps)
        clip = anchored(resized(retimed(made, laid.positions), height, width), laid.joints, scene.joint)
        clip = islice(clip, scene.shot.frame_count)  # a loop has its first frame once more at its end
        if not scene.neighbour:
            yield from clip
            return
        seam = Seam(scene.neighbour, scene.shot.beat.anchor)
        yield from seam.passing(clip)
        figures.joint = seam.joint()

    def _way(self, scene: Scene) -> Way:
        """As it is asked, before anything is made smaller."""
        height, width = model_size(self._spec, *scene.still.shape[:2])
        frames = self._span(scene, self._spec.frames.most).frames
        return Way(tiling=self._tiling, frames=frames, height=height, width=width)

    def _span(self, scene: Scene, most: int) -> Span:
        length = Length(
            rule=replace(self._spec.frames, most=most),
            fps=self._spec.fps,
            count=scene.shot.frame_count,
            anchor=scene.shot.beat.anchor,
            loop=scene.shot.loop,
            context=self._spec.context if scene.first else self._spec.context_last,
            there=len(scene.known),
        )
        return span(length)

    def _made(self, scene: Scene, way: Way, tell: OnProgress) -> Made:
        self._tile(way)
        given = _pictures(retimed(scene.known, self._span(scene, way.frames).neighbour), way)
        return self._call(
            scene.shot.beat,
            tell,
            first=given if scene.first or scene.shot.loop else (),
            last=given if not scene.first or scene.shot.loop else (),
            said=scene.said,
            steps=self._loaded.profile.steps,
            height=way.height,
            width=way.width,
            frames=way.frames,
        )

    def _call(self, beat: Beat, tell: OnProgress, **asked: Any) -> Made:
        """Have the pipeline called, each time with the beat's noise from its beginning."""
        options = {
            name: list(value) if isinstance(value, tuple) else value for name, value in self._loaded.options.items()
        }

        def attempt() -> Made:
            generator, noise = noise_of(beat)
            guidance = self._loaded.profile.guidance
            ask = Ask(fps=self._spec.fps, guidance=guidance, generator=generator, options=options, **asked)
            return call(self._loaded.pipe, self._spec.family, ask, noise, tell)

        return self._haste.call(attempt)


def _pictures(frames: Iterable[Rgb], way: Way) -> tuple[Image.Image, ...]:
    return tuple(Image.fromarray(scaled(frame, way.height, way.width)) for frame in frames)


def _heard_from(sound: Sound | None, seconds: float) -> Sound | None:
    """Drop what is heard before the clip begins."""
    return sound and replace(sound, samples=sound.samples[:, round(seconds * sound.rate) :])
