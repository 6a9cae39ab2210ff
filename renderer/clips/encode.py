"""RGB frames become an MP4 that plays everywhere: H.264 High, yuv420p, BT.709 limited range and tagged so, +faststart.

Its level is the lowest that its size allows: up to 1080p that is 4.2 or less.

Where there is sound it goes along as AAC-LC, 48 kHz stereo, exactly as long as the pictures.

The encoder runs in a thread of its own behind a short queue, so that frames are made while earlier ones are encoded.
Frames are pulled in the caller's thread: time-outs and cancellation reach the engine, not the encoder.
"""

# PyAV leaves its packets' type parameter open:
# pyright: reportUnknownMemberType=false

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import chain
from pathlib import Path
from queue import Full, Queue
from tempfile import TemporaryDirectory

import av
from av import VideoFrame
from av.container import OutputContainer
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from av.video.stream import VideoStream

from renderer.clips.soundtrack import SOUND_BITS, SoundTrack, heard
from renderer.contract.errors import CannotFitError
from renderer.contract.shot import FPS
from renderer.engines.engine import Rgb, Sound

AHEAD = 4  # frames waiting for the encoder: enough to smooth its bursts, few enough to cost little memory
THREADS = 4  # fixed, because x264's output depends on it
LEAST_BITS_PER_PIXEL = 0.03  # below this a smaller picture looks better than a starved one
SHORTEST_SIDE = 64
TRIES = 8
INDEX_BYTES = 40  # of the MP4's index, per frame
SOUND_SHARE = 0.125  # of the bits of a clip that has to become smaller
LEAST_SOUND_BITS = 32_000  # a second: below this AAC-LC is no longer bearable
# H.264's levels (Rec. ITU-T H.264, table A-1): macroblocks a frame, of which 24 a second are within each of them.
LEVELS = {"3.0": 1620, "3.1": 3600, "4.0": 8192, "4.2": 8704, "5.0": 22_080, "5.1": 36_864}
EXACT = Interpolation.BITEXACT  # the same on every CPU; ACCURATE_RND beside it changes nothing but the time


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How the encoder spends bits: at a quality, or at a bit rate where there is one."""

    crf: int = 21
    bits_per_second: int | None = None
    sound_bits_per_second: int = SOUND_BITS

    @property
    def options(self) -> dict[str, str]:
        # x264's macroblock tree reads memory it has not written, so the same frames gave other bytes each time. Without
        # it superfast at crf 21 has the quality of veryfast at 20 for half the work and a fifth more bytes; where bytes
        # are short, veryfast makes more of them.
        common = {"threads": str(THREADS), "x264-params": "mbtree=0"}
        if self.bits_per_second is None:
            return common | {"preset": "superfast", "crf": str(self.crf)}
        rate = str(self.bits_per_second)
        return common | {"preset": "veryfast", "b": rate, "maxrate": rate, "bufsize": rate}


BEST = Rate()
GetSound = Callable[[], Sound | None]  # asked once the first frame is out


def silent() -> None:
    """No sound at all: the clip has no stream for it."""


def encode(
    frames: Iterable[Rgb], path: Path, *, rate: Rate = BEST, sound: GetSound = silent, comment: str = ""
) -> None:
    """Write the frames, all of one even size, to `path`. An error on either side ends both and is raised.

    Sound is cut, or filled up with silence, to the length of the pictures. `comment` goes into the file's metadata.
    """
    # `from_ndarray` copies, so an engine may hand out the same buffer again.
    pictures = (VideoFrame.from_ndarray(frame, format="rgb24") for frame in frames)
    encode_video(pictures, path, rate=rate, sound=sound, comment=comment)


def encode_video(
    frames: Iterable[VideoFrame], path: Path, *, rate: Rate = BEST, sound: GetSound = silent, comment: str = ""
) -> None:
    """Do as `encode` does, with frames of any pixel format."""
    waiting: Queue[VideoFrame | None] = Queue(AHEAD)
    with ThreadPoolExecutor(1, thread_name_prefix="encoder") as pool:
        writing = pool.submit(_write, _until_none(waiting), path, rate, sound, comment)
        try:
            for frame in frames:
                if not _hand_over(frame, waiting, writing):
                    break
        finally:
            _hand_over(None, waiting, writing)
        writing.result()


def _hand_over(frame: VideoFrame | None, waiting: Queue[VideoFrame | None], writing: Future[None]) -> bool:
    """Queue the frame for the encoder; False where the encoder has stopped and nobody would take it."""
    while not writing.done():
        try:
            waiting.put(frame, timeout=0.1)
        except Full:
            continue
        return True
    return False


def _until_none(waiting: Queue[VideoFrame | None]) -> Iterator[VideoFrame]:
    while (frame := waiting.get()) is not None:
        yield frame


def _write(frames: Iterator[VideoFrame], path: Path, rate: Rate, sound: GetSound, comment: str) -> None:
    first = next(frames, None)
    if first is None:
        raise ValueError("a clip has at least one frame")
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        if comment:
            container.metadata["comment"] = comment
        stream = _open_stream(container, first.height, first.width, rate)
        track = SoundTrack(container, sound(), rate.sound_bits_per_second)
        for index, frame in enumerate(chain((first,), frames)):
            picture = _to_bt709(frame)
            picture.pts, picture.time_base = index, Fraction(1, FPS)
            container.mux(stream.encode(picture))
            track.go_on(index)
        container.mux(stream.encode(None))
        track.end()


def _open_stream(container: OutputContainer, height: int, width: int, rate: Rate) -> VideoStream:
    stream = container.add_stream("libx264", FPS, options=rate.options | {"level": level_of(height, width)})
    stream.height, stream.width, stream.pix_fmt = height, width, "yuv420p"
    codec = stream.codec_context
    codec.profile = "High"
    codec.color_range = ColorRange.MPEG
    codec.colorspace = Colorspace.ITU709
    codec.color_primaries = ColorPrimaries.BT709
    codec.color_trc = ColorTrc.BT709
    return stream


def level_of(height: int, width: int) -> str:
    """Name the lowest level that has frames of this size; no side may pass the root of eight times its macroblocks."""
    down, across = -(-height // 16), -(-width // 16)
    needed = max(down * across, down * down / 8, across * across / 8)
    return next((level for level, most in LEVELS.items() if needed <= most), "6.2")


def _to_bt709(frame: VideoFrame) -> VideoFrame:
    if frame.format.name == "yuv420p":  # a decoded frame of our own
        return frame
    return frame.reformat(
        format="yuv420p",
        interpolation=EXACT | Interpolation.BILINEAR,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        dst_colorspace=Colorspace.ITU709,
        threads=1,
    )


def fit(clip: bytes, byte_limit: int) -> bytes:
    """Return the clip, encoded again from its own decoded frames and sound where it is over `byte_limit`.

    Raises `CannotFitError` where every try came out too large.
    """
    if len(clip) <= byte_limit:
        return clip
    height, width, count = _dimensions(clip)
    sound = heard(clip)
    bits_per_second = 8 * FPS * max(0, byte_limit - INDEX_BYTES * count) / count
    for _ in range(TRIES):
        pictures, rate = _shared(bits_per_second, with_sound=sound is not None)
        fitted = _encode_again(clip, *shrunk(height, width, pictures), rate, sound)
        if len(fitted) <= byte_limit:
            return fitted
        bits_per_second *= 0.95 * byte_limit / len(fitted)
    raise CannotFitError(limit=byte_limit)


def _shared(bits_per_second: float, *, with_sound: bool) -> tuple[float, Rate]:
    """Give the bits that the pictures get, and the rate that keeps a little below."""
    sound_bits = round(min(SOUND_BITS, max(LEAST_SOUND_BITS, SOUND_SHARE * bits_per_second)))
    pictures = max(0.0, bits_per_second - sound_bits) if with_sound else bits_per_second
    rate = Rate(bits_per_second=max(1000, round(0.95 * pictures)), sound_bits_per_second=sound_bits)
    return pictures, rate


def shrunk(height: int, width: int, bits_per_second: float) -> tuple[int, int]:
    """Sides, even and no shorter than need be, at which each pixel gets its bits."""
    share = bits_per_second / (FPS * LEAST_BITS_PER_PIXEL * height * width)
    scale = min(1.0, max(share**0.5, SHORTEST_SIDE / min(height, width)))
    return 2 * round(height * scale / 2), 2 * round(width * scale / 2)


def _dimensions(clip: bytes) -> tuple[int, int, int]:
    with av.open(BytesIO(clip), "r") as container:
        stream = container.streams.video[0]
        return stream.height, stream.width, stream.frames


def _encode_again(clip: bytes, height: int, width: int, rate: Rate, sound: Sound | None) -> bytes:
    area = EXACT | Interpolation.AREA
    with TemporaryDirectory(prefix="unstill-") as folder, av.open(BytesIO(clip), "r") as container:
        frames = container.decode(container.streams.video[0])
        path = Path(folder, "clip.mp4")
        smaller = (frame.reformat(width=width, height=height, interpolation=area) for frame in frames)
        comment = container.metadata.get("comment", "")
        encode_video(smaller, path, rate=rate, sound=lambda: sound, comment=comment)
        return path.read_bytes()
