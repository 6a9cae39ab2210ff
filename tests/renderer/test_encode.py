"""The clip plays with the right colours, comes below its limit, and no error is lost between the two threads."""

import threading
from collections import Counter
from io import BytesIO
from itertools import count

import av
import numpy as np
import pytest

from renderer import encode as module
from renderer.encode import AHEAD, encode, fit, shrunk
from renderer.engines.scaling import scale_still
from renderer.errors import CannotFitError
from tests.pictures import BLUE, GREEN, RED, WHITE, noise, quarters


@pytest.fixture
def path(tmp_path):
    return tmp_path / "clip.mp4"


def panned(image, frames=24, height=120, width=160):
    """A picture wandering to the left."""
    pixels = np.asarray(image)
    return [np.ascontiguousarray(pixels[:height, i : i + width]) for i in range(frames)]


def decoded(mp4):
    with av.open(BytesIO(mp4)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def psnr(found, wanted):
    return 10 * np.log10(255**2 / np.mean((found.astype(float) - wanted) ** 2))


def test_the_clip_is_what_players_play(path):
    encode(panned(quarters(200, 150)), path)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        codec = stream.codec_context
        assert (codec.name, codec.profile, codec.pix_fmt) == ("h264", "High", "yuv420p")
        assert (stream.frames, stream.average_rate, stream.duration * stream.time_base) == (24, 24, 1)
        assert (codec.height, codec.width) == (120, 160)
        assert {int(codec.colorspace), int(codec.color_primaries), int(codec.color_trc), int(codec.color_range)} == {1}


def test_the_index_stands_before_the_pictures(path):
    encode(panned(quarters(200, 150)), path)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_colours_survive(path):
    frame = scale_still(np.asarray(quarters()), 240)
    encode([frame] * 5, path)
    found = decoded(path.read_bytes())[0]
    for wanted, (y, x) in zip([RED, GREEN, BLUE, WHITE], [(60, 80), (60, 240), (180, 80), (180, 240)], strict=True):
        assert np.abs(found[y, x].astype(int) - wanted).max() <= 4  # a step of 8-bit limited-range chroma is up to 2


def test_blacks_and_whites_keep_their_range(path):
    frame = np.zeros((64, 64, 3), np.uint8)
    frame[:, 32:] = 255
    encode([frame] * 3, path)
    found = decoded(path.read_bytes())[0]
    assert found[32, 8].max() <= 2
    assert found[32, 56].min() >= 253


def test_the_anchor_frame_is_as_good_as_the_still_encoded_alone(tmp_path):
    frames = panned(noise(160, 100).resize((240, 150)), 48)
    for anchored in (frames, frames[::-1]):
        encode(anchored, tmp_path / "clip.mp4")
        encode(frames[:1], tmp_path / "alone.mp4")
        index = 0 if anchored is frames else -1
        clip = psnr(decoded((tmp_path / "clip.mp4").read_bytes())[index], frames[0])
        alone = psnr(decoded((tmp_path / "alone.mp4").read_bytes())[0], frames[0])
        assert clip > alone - 1


def test_the_same_frames_give_the_same_bytes(path):
    """Again and again, since x264's lookahead was seen to differ once in three or four encodes."""
    frames = panned(quarters(200, 150), 48)
    encodes = Counter[bytes]()
    for _ in range(12):
        encode(frames, path)
        encodes[path.read_bytes()] += 1
    assert len(encodes) == 1


def test_an_engines_error_ends_the_encoder(path):
    def broken():
        yield from panned(quarters(200, 150), 10)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        encode(broken(), path)
    assert not encoder_threads()


def test_the_encoders_error_ends_an_endless_engine(tmp_path):
    frame = np.zeros((64, 64, 3), np.uint8)
    with pytest.raises(FileNotFoundError):
        encode((frame for _ in count()), tmp_path / "no such folder" / "clip.mp4")
    assert not encoder_threads()


def test_the_encoders_error_in_mid_clip_ends_an_endless_engine(path, monkeypatch):
    seen = count()
    plain = module._to_bt709
    monkeypatch.setattr(module, "_to_bt709", lambda frame: plain(frame) if next(seen) < 5 else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        encode((np.zeros((64, 64, 3), np.uint8) for _ in count()), path)
    assert not encoder_threads()


def test_a_slow_encoder_holds_the_engine_back(path, monkeypatch):
    """Frames are not piled up in memory."""
    go = threading.Event()
    plain = module._write
    monkeypatch.setattr(module, "_write", lambda *arguments: go.wait() and plain(*arguments))
    made = []

    def frames():
        for index in range(20):
            made.append(index)
            if index == AHEAD:
                threading.Timer(0.3, go.set).start()
            assert go.is_set() or index <= AHEAD
            yield np.zeros((64, 64, 3), np.uint8)

    encode(frames(), path)
    assert len(made) == 20


def test_no_frames_are_an_error(path):
    with pytest.raises(ValueError, match="at least one frame"):
        encode([], path)


def encoder_threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("encoder")]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A second of noise: some 700 kB."""
    path = tmp_path_factory.mktemp("large") / "clip.mp4"
    encode(panned(noise(500, 360), height=360, width=480), path)
    return path.read_bytes()


def test_a_clip_below_the_limit_is_left_alone(large):
    assert fit(large, len(large)) is large


@pytest.mark.parametrize("share", [0.95, 0.5, 0.1, 0.03])
def test_a_clip_over_the_limit_is_encoded_smaller(large, share):
    limit = round(len(large) * share)
    fitted = fit(large, limit)
    assert limit * 0.3 < len(fitted) <= limit
    assert len(decoded(fitted)) == 24
    assert fitted.index(b"moov") < fitted.index(b"mdat")


def test_few_bits_make_a_smaller_picture_of_the_same_aspect(large):
    frame = decoded(fit(large, 10_000))[0]
    height, width = frame.shape[:2]
    assert height < 360
    assert width / height == pytest.approx(480 / 360, rel=0.03)  # sides are even


def test_what_cannot_fit_is_said(large):
    with pytest.raises(CannotFitError) as caught:
        fit(large, 500)
    assert caught.value.data == {"limit": 500}


def test_sides_shrink_no_further_than_the_shortest():
    assert shrunk(720, 1280, 1) == (64, 114)
    assert shrunk(720, 1280, 10**9) == (720, 1280)
    assert shrunk(48, 64, 1) == (48, 64)
