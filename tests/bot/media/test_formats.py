"""Bytes that are said to be a clip or a poster, judged by their headers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.media.formats import is_jpeg, is_mp4
from tests.bot.takes.playground import mp4
from tests.pictures import encoded, quarters


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A real one, as the encoder writes it."""
    import av  # noqa: PLC0415  not for every test

    path = tmp_path_factory.mktemp("clip") / "a.mp4"
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("h264", rate=24)
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 64, 64, "yuv420p", Fraction(1, 24)
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        container.mux(stream.encode())
    return path.read_bytes()


def test_a_clip_is_one(clip):
    assert is_mp4(clip)
    assert is_mp4(mp4("boxes alone"))


def test_what_is_cut_off_or_goes_on_is_none(clip):
    assert not any(is_mp4(clip[:end]) for end in (0, 4, 8, 100, len(clip) // 2, len(clip) - 1))
    assert not is_mp4(clip + b"<script>")
    assert not is_mp4(clip[8:])


@pytest.mark.parametrize(
    "other",
    [
        b"<!DOCTYPE html><html></html>",
        b"\x1a\x45\xdf\xa3" + bytes(100),  # WebM
        b"\x00\x00\x00\x00ftyp" + bytes(100),  # a first box that is all there is
        b"\x00\x00\x00\x07ftyp" + bytes(100),
        b"\x00\x00\x00\x01ftyp" + b"\xff" * 8,
        b"\x00\x00\x00\x08ftyp" + b"\x00\x00\x00\x08free" * 5000,
    ],
)
def test_what_is_no_clip_is_none(other):
    assert not is_mp4(other)


@given(st.binary(max_size=200))
def test_whatever_bytes_come_the_walk_ends(data):
    assert not is_mp4(data) or data[4:8] == b"ftyp"
    is_mp4(b"\x00\x00\x00\x08ftyp" + data)


def test_a_poster_is_a_jpeg_from_its_first_byte_to_its_last():
    jpeg = encoded(quarters(), "JPEG")
    assert is_jpeg(jpeg)
    assert not any(is_jpeg(each) for each in (b"", jpeg[:-1], jpeg[1:], encoded(quarters()), b"GIF89a"))
