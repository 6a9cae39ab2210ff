"""The size at which a model imagines a clip, and the way back to the clip's own."""

from collections.abc import Iterator
from itertools import product
from math import log, sqrt

from renderer.engines.diffusion.checkpoints.spec import ModelSpec
from renderer.engines.engine import Rgb
from renderer.engines.scaling import scale

ENOUGH = 0.8  # of the clip's area: what is missing is enlarged, and hardly seen


def model_size(spec: ModelSpec, height: int, width: int) -> tuple[int, int]:
    """Give the height and width to ask the model for: the clip's aspect, at an area it was trained on.

    That is the smallest trained area that is not much smaller than the clip's, or else the largest, and never more
    than it (memory grows with it). Both sides are multiples of the model's, so the aspect may be a few percent off:
    the still is scaled to it whole, and the frames are scaled back.
    """
    area = _area(spec, height * width)
    scale = sqrt(area / (height * width))

    def sides(side: int) -> tuple[int, int]:
        below = max(1, int(side * scale / spec.multiple))
        return below * spec.multiple, (below + 1) * spec.multiple

    def unlike(size: tuple[int, int]) -> float:
        """Half the missing area counts as much as aspect: pixels are lost either way."""
        stretch = log(size[1] * height / (size[0] * width))
        return abs(stretch) + 0.5 * log(area / (size[0] * size[1]))

    fitting = [size for size in product(sides(height), sides(width)) if size[0] * size[1] <= area]
    return min(fitting, key=unlike) if fitting else (sides(height)[0], sides(width)[0])


def _area(spec: ModelSpec, wanted: int) -> int:
    areas = sorted(short * long for short, long in spec.sizes)
    return next((area for area in areas if area >= ENOUGH * wanted), areas[-1])


def resized(frames: Iterator[Rgb], height: int, width: int) -> Iterator[Rgb]:
    """Scale each frame whole: area averaging down, bicubic up, as the still is."""
    for frame in frames:
        yield scaled(frame, height, width)


def scaled(frame: Rgb, height: int, width: int) -> Rgb:
    """Scale one frame whole; a frame of that size is returned as it is."""
    return frame if frame.shape[:2] == (height, width) else scale(frame, height, width)
