"""The engine that imagines: an image-to-video model is given the joint's frame, the words and the noise of a shot."""

from dataclasses import replace

from renderer.contract.abilities import Abilities, check_possible
from renderer.contract.corrections import corrections_of
from renderer.contract.direction import Corrections, Direction, Reading
from renderer.contract.shot import Anchor, Shot
from renderer.engines.diffusion.checkpoints.loading import Loaded, load
from renderer.engines.diffusion.footage.framing import scaled
from renderer.engines.diffusion.imagining import Imagination, Scene
from renderer.engines.diffusion.language import Said, say
from renderer.engines.engine import ALONE, CallSheet, Figures, Film, Models, Rgb, rehearsal
from renderer.engines.scaling import scale_still
from renderer.meaning.placing import Meaning, open_meaning
from renderer.mood import direct
from renderer.mood.unheard import unheard
from renderer.sight.reader import Reader

READ_SIDE = 480  # short side a still is read at: no layers are cut out of it here, so more shows nothing more


def open_diffusion(models: Models) -> "Diffusion":
    """Load the model that `models.video` names onto this machine's card. Raises `BadModelError`."""
    return Diffusion(load(models.video, models.tuning), models)


class Diffusion:
    """Keeps what it read in the last still, since rerolls and nudges come for the same one."""

    def __init__(self, loaded: Loaded, models: Models) -> None:
        self._loaded = loaded
        self._imagination = Imagination(loaded)
        self._meaning: Meaning = open_meaning(models.mood)
        self._reader = Reader(models.depth)
        self._read_last: tuple[tuple[str, Corrections], Reading] | None = None

    @property
    def abilities(self) -> Abilities:
        return self._loaded.spec.abilities

    @property
    def worn_out(self) -> bool:
        return self._imagination.worn_out

    def warm_up(self) -> None:
        """Read a picture, and have the fewest frames made in the fewest steps."""
        shot, still = rehearsal()
        self._read(shot, still)
        self._imagination.warm_up()

    def film(self, shot: Shot, still: Rgb, sheet: CallSheet = ALONE, /) -> Film:
        """Read the still, direct the shot and put it in the model's words; the first frame that is pulled has all made.

        Raises `CannotError` for what the model would ignore.
        """
        reading = self._read(shot, still)
        # A variation says the same and starts from other noise: nudges are for the noise alone.
        direction = direct(replace(shot.beat, nudges=()), reading, meaning=self._meaning, loop=shot.loop)
        shot = replace(shot, loop=direction.loop)  # words may ask for one, too
        check_possible(shot, self.abilities)
        scene = self._scene(shot, still, sheet.neighbour, self._say(shot, direction, reading))
        ignored = unheard(shot.beat, self._meaning, reading.shows)
        figures = Figures(prompt=scene.said.prompt, maker=self._imagination.maker, unheard=ignored)
        frames = self._imagination.frames(scene, figures, sheet.tell)
        return Film(direction=direction, reading=reading, frames=frames, figures=figures)

    def _say(self, shot: Shot, direction: Direction, reading: Reading) -> Said:
        backwards = shot.beat.anchor is Anchor.LAST
        return say(self._loaded.spec.family, direction, reading, shot.beat, loop=shot.loop, backwards=backwards)

    def _scene(self, shot: Shot, still: Rgb, neighbour: tuple[Rgb, ...], said: Said) -> Scene:
        shown = scale_still(still, shot.size)
        beside = tuple(scaled(frame, *shown.shape[:2]) for frame in neighbour)
        return Scene(shot=shot, still=shown, said=said, neighbour=beside)

    def _read(self, shot: Shot, still: Rgb) -> Reading:
        corrections = corrections_of(shot)
        key = (shot.still, corrections)
        if self._read_last is None or self._read_last[0] != key:
            small = scale_still(still, min(READ_SIDE, *still.shape[:2]))
            self._read_last = key, self._reader.read(small, corrections, whole=still).reading
        return self._read_last[1]
