"""Frames out of other takes' clips, beside a joint or all: what Redis holds is not trusted to be one of ours."""

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice

import av
import numpy as np
from av import VideoFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from av.video.stream import VideoStream

from renderer.contract.abilities import NEIGHBOUR_FRAMES
from renderer.contract.errors import BadJobError
from renderer.contract.redis_keys import CLIP_BYTES
from renderer.contract.shot import FPS, SECONDS, SHORT_SIDES, STILL_LIMITS, Anchor
from renderer.engines.engine import Rgb

MOST_FRAMES = round(SECONDS[1] * FPS)
LONGEST = SHORT_SIDES[1] * STILL_LIMITS["aspect"]
MOST_PIXELS = SHORT_SIDES[1] * LONGEST
CODED_PIXELS = (SHORT_SIDES[1] + 15) * (LONGEST + 15)  # H.264 codes whole blocks of 16
# Heeded by libavformat while it looks into the file, and by the decoders: nothing else is opened, nothing larger held.
LIMITS = {"max_streams": "2", "codec_whitelist": "h264,aac", "max_pixels": str(CODED_PIXELS)}
FAITHFUL = Interpolation.BITEXACT | Interpolation.BICUBIC | Interpolation.FULL_CHR_H_INT


def end_frames(mp4: bytes, anchor: Anchor, count: int = NEIGHBOUR_FRAMES) -> tuple[Rgb, ...]:
    """Give the frames up to the joint with a clip so anchored: the neighbour's last ones, or its first; story order.

    At most `count`, of the clip's own size; decoded with as many held at a time. Raises `BadJobError` for what is no
    clip as we make them: an MP4 of one H.264 stream within the contract's sides and length.
    """
    with _opened(mp4) as frames:
        held = list(deque(frames, count) if anchor is Anchor.FIRST else islice(frames, count))
    if not held:
        raise _refused("no frames")
    return tuple(_rgb(frame) for frame in held)


def clip_frames(mp4: bytes) -> Iterator[Rgb]:
    """Give all frames of a clip, one at a time, at least one. Raises as `end_frames` does."""
    count = 0
    with _opened(mp4) as frames:
        for frame in frames:
            count += 1
            yield _rgb(frame)
    if not count:
        raise _refused("no frames")


@contextmanager
def _opened(mp4: bytes) -> Generator[Iterator[VideoFrame]]:
    if len(mp4) > CLIP_BYTES:
        raise _refused("too many bytes")
    try:
        with av.open(BytesIO(mp4), "r", format="mp4", options=LIMITS) as container:
            yield _decoded(container, _pictures(container))
    except (FFmpegError, UnicodeDecodeError, MemoryError) as error:  # what a hostile file's names and sizes lead to
        raise _refused(type(error).__name__) from error


def _pictures(container: InputContainer) -> VideoStream:
    if len(container.streams.video) != 1:
        raise _refused("not one stream of pictures")
    stream = container.streams.video[0]
    codec = stream.codec_context
    # PyAV has no context where nothing here decodes the stream.
    if not codec or codec.name != "h264" or codec.pix_fmt != "yuv420p":
        raise _refused("not H.264 in 4:2:0")
    if not 0 < max(codec.height, codec.width) <= LONGEST or codec.height * codec.width > MOST_PIXELS:
        raise _refused("size")
    codec.options = {"max_pixels": LIMITS["max_pixels"]}
    codec.thread_count = 1  # each thread would hold frames of its own
    return stream


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    size = (stream.codec_context.height, stream.codec_context.width)
    for index, frame in enumerate(container.decode(stream)):
        if index >= MOST_FRAMES:
            raise _refused("too many frames")
        if (frame.height, frame.width) != size or frame.format.name != "yuv420p":
            raise _refused("frames of several kinds")
        yield frame


def _rgb(frame: VideoFrame) -> Rgb:
    whole = frame.reformat(
        format="rgb24",
        interpolation=FAITHFUL,
        src_color_range=ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        src_colorspace=Colorspace.ITU709,
        threads=1,
    )
    return np.ascontiguousarray(whole.to_ndarray(), np.uint8)


def _refused(why: str) -> BadJobError:
    return BadJobError(what="neighbour", where="clip", why=why)
