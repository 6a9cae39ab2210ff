"""Which frame of a moving picture is its still: the first, unless that one is blank."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from PIL import Image, ImageStat

MOVING = {"GIF", "PNG", "WEBP", "AVIF"}
MOST_FRAMES = 120
MOST_PIXELS = 100_000_000  # of all frames looked at together: some seconds
SIDE = 160  # pixels at which a frame is judged
CELLS = 16  # a side, by which two frames are compared
SHOWS = 5.0  # levels of deviation; less is a plain field, or so nearly one that nobody sees the difference
NOTHING = 1.0  # what an encoder makes of a plain field
ALIKE = 0.8  # correlation
FULLY = 0.95  # of the contrast that a picture fades in to
GREY = (128, 128, 128, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A glance at a frame."""

    contrast: float  # the largest deviation of a channel
    cells: tuple[int, ...]  # brightness

    def is_like(self, other: "Look") -> bool:
        """Whether both show one scene, however bright: their brightnesses go up and down together (correlation)."""
        here, there = _centred(self.cells), _centred(other.cells)
        together = sum(a * b for a, b in zip(here, there, strict=True))
        return together > ALIKE * sqrt(sum(a * a for a in here) * sum(b * b for b in there))


def _centred(cells: tuple[int, ...]) -> list[float]:
    mean = sum(cells) / len(cells)
    return [cell - mean for cell in cells]


def number_to_show(image: Image.Image) -> int:
    """The frame of a picture that should be its still. Raises what Pillow raises for the first frame.

    The picture is left at whatever frame was looked at last.
    """
    moves = image.format == "GIF" or getattr(image, "n_frames", 1) > 1  # to count a GIF's is to go through all of it
    if image.format not in MOVING or not moves:
        return image.tell()
    looks = [look_at(image)]
    return 0 if looks[0].contrast >= SHOWS else choice(looks + _looks_further(image))


def choice(looks: list[Look]) -> int:
    """The first frame that shows something; of a picture that fades in there, the first that is fully in.

    If no frame shows anything it is the first.
    """
    most = max(look.contrast for look in looks)
    if most < NOTHING:
        return 0
    first = next(at for at, look in enumerate(looks) if look.contrast >= min(SHOWS, most / 2))
    if first == 0:
        return 0
    scene = looks[first : first + _length_of_scene(looks[first:])]
    fully = FULLY * max(look.contrast for look in scene)
    return first + next(at for at, look in enumerate(scene) if look.contrast >= fully)


def _length_of_scene(looks: list[Look]) -> int:
    """How many frames show what the first one shows, itself counted."""
    for count, (here, following) in enumerate(pairwise(looks), start=1):
        if not here.is_like(following):
            return count
    return len(looks)


def look_at(image: Image.Image) -> Look:
    """Judge the frame that the picture is at, as it looks before plain grey."""
    frame = image.convert("RGBA")
    frame = frame.reduce(max(1, max(frame.size) // SIDE))
    shown = Image.alpha_composite(Image.new("RGBA", frame.size, GREY), frame).convert("RGB")
    cells = shown.convert("L").resize((CELLS, CELLS), Image.Resampling.BOX)
    return Look(contrast=max(ImageStat.Stat(shown).stddev), cells=tuple(cells.tobytes()))


def _looks_further(image: Image.Image) -> list[Look]:
    """Glances at the frames after the first, as far as they go and may be looked at."""
    most = min(MOST_FRAMES, MOST_PIXELS // (image.width * image.height))
    looks: list[Look] = []
    try:
        for number in range(1, most):
            image.seek(number)
            looks.append(look_at(image))
    except Exception:  # noqa: BLE001  the frames end, or are cut or broken: those before are what there is
        return looks
    return looks
