"""The poster of a clip: one of its frames as a small JPEG."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from renderer.contract.shot import Anchor, Shot
from renderer.engines.engine import Rgb

POSTER_SIDE = 480  # pixels, the longer one
POSTER_AT = 2 / 3  # of the way from the joint


class Poster:
    """The frame that stands for a clip: well away from the joint, where the moment has moved, before it rests."""

    def __init__(self, shot: Shot, count: int) -> None:
        self.count = count
        self.jpeg = b""
        share = POSTER_AT if shot.beat.anchor is Anchor.FIRST or shot.scenes else 1 - POSTER_AT
        self._index = round(share * (count - 1))

    def watching(self, frames: Iterator[Rgb]) -> Iterator[Rgb]:
        """Pass the frames on, and keep the one."""
        for index, frame in enumerate(frames):
            if index == self._index:
                self.jpeg = _small_jpeg(frame)
            yield frame


def _small_jpeg(frame: Rgb) -> bytes:
    picture = Image.fromarray(frame)
    picture.thumbnail((POSTER_SIDE, POSTER_SIDE))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
