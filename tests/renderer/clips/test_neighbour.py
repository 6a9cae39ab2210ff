"""The neighbour's frames come out as they went in, and bytes that are no clip of ours are refused."""

from fractions import Fraction

import av
import numpy as np
import pytest

from renderer.clips import neighbour as module
from renderer.clips.encode import encode
from renderer.clips.neighbour import MOST_FRAMES, end_frames
from renderer.contract.errors import BadJobError
from renderer.contract.shot import FPS, Anchor
from renderer.engines.scaling import scale_still
from tests.pictures import noise, quarters


@pytest.fixture
def path(tmp_path):
    return tmp_path / "clip.mp4"


def greys(count, height=64, width=96):
    """Frames that say by their grey which they are."""
    return [np.full((height, width, 3), 20 + 4 * index, np.uint8) for index in range(count)]


def clip(path, frames):
    encode(frames, path)
    return path.read_bytes()


def places(frames):
    return [round((float(frame.mean()) - 20) / 4) for frame in frames]


def written(path, codec, frames, pix_fmt="yuv420p", streams=1, container="mp4"):
    """A clip that we would not have made."""
    with av.open(str(path), "w", format=container) as out:
        made = [out.add_stream(codec, FPS) for _ in range(streams)]
        for stream in made:
            stream.height, stream.width, stream.pix_fmt = *frames[0].shape[:2], pix_fmt
        for index, frame in enumerate(frames):
            for stream in made:
                picture = av.VideoFrame.from_ndarray(frame, format="rgb24")
                picture.pts, picture.time_base = index, Fraction(1, FPS)
                out.mux(stream.encode(picture))
        for stream in made:
            out.mux(stream.encode(None))
    return path.read_bytes()


def test_what_follows_is_shown_the_last_frames_and_what_leads_there_the_first(path):
    mp4 = clip(path, greys(40))
    assert places(end_frames(mp4, Anchor.FIRST)) == list(range(24, 40))
    assert places(end_frames(mp4, Anchor.LAST)) == list(range(16))
    assert places(end_frames(mp4, Anchor.FIRST, 3)) == [37, 38, 39]


def test_a_short_neighbour_is_shown_whole(path):
    assert places(end_frames(clip(path, greys(5)), Anchor.FIRST)) == list(range(5))


def test_colours_are_the_clips(path):
    frame = scale_still(np.asarray(quarters()), 240)
    found = end_frames(clip(path, [frame] * 3), Anchor.FIRST)[-1]
    for y, x in [(60, 80), (60, 240), (180, 80), (180, 240)]:
        assert np.abs(found[y, x].astype(int) - frame[y, x]).max() <= 4  # limited-range chroma has steps of 2


def test_the_longest_clip_is_read_and_a_longer_one_refused(path):
    frames = [np.zeros((64, 64, 3), np.uint8)] * (MOST_FRAMES + 1)
    assert len(end_frames(clip(path, frames[1:]), Anchor.FIRST)) == 16
    refused(clip(path, frames))


def refused(mp4, anchor=Anchor.FIRST):
    with pytest.raises(BadJobError) as caught:
        end_frames(mp4, anchor)
    assert caught.value.data["what"] == "neighbour"


def test_other_codecs_pixels_and_containers_are_refused(path):
    frames = greys(3)
    refused(written(path, "mpeg4", frames))
    refused(written(path, "libx264", frames, pix_fmt="yuv444p"))
    refused(written(path, "libx264", frames, streams=2))
    refused(written(path, "libx264", frames, container="matroska"))


def test_the_longest_clip_that_we_make_is_read_and_a_longer_one_is_refused(path):
    """From a still four times as long as it is high, at 1080 pixels."""
    assert end_frames(written(path, "libx264", [np.zeros((1080, 4320, 3), np.uint8)] * 2), Anchor.FIRST)
    large = written(path, "libx264", [np.zeros((64, 4322, 3), np.uint8)] * 2)
    refused(large)
    said = (4322).to_bytes(2, "big") + b"\0\x40"
    assert said in large
    refused(large.replace(said, b"\0\x40\0\x40"))  # the container lies


def test_more_pixels_than_a_clip_has_are_refused(path):
    refused(written(path, "libx264", [np.zeros((2200, 2200, 3), np.uint8)] * 2))


def test_too_many_bytes_are_not_looked_at(path, monkeypatch):
    mp4 = clip(path, greys(3))
    monkeypatch.setattr(module, "CLIP_BYTES", len(mp4) - 1)
    refused(mp4)


@pytest.mark.parametrize("bad", [b"", b"no clip", b"\0\0\0\x18ftypmp42" + bytes(400)])
def test_bytes_that_are_no_clip_are_refused(bad):
    refused(bad)
    refused(bad, Anchor.LAST)


def test_a_clip_that_is_cut_short_or_scribbled_over_is_refused_or_read(path):
    """Nothing but `BadJobError` comes out of a damaged clip."""
    mp4 = clip(path, [np.asarray(noise(96, 64)) for _ in range(8)])
    rng = np.random.default_rng(0)
    for _ in range(120):
        bad = bytearray(mp4[: rng.integers(1, len(mp4))] if rng.random() < 0.3 else mp4)
        for place in rng.integers(0, len(bad), rng.integers(1, 12)):
            bad[place] = rng.integers(256)
        try:
            frames = end_frames(bytes(bad), Anchor.FIRST)
        except BadJobError:
            continue
        assert 0 < len(frames) <= 16
