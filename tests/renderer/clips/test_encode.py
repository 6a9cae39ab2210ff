"""The clip plays with the right colours, comes below its limit, and no error is lost between the two threads."""

import threading
from collections import Counter
from io import BytesIO
from itertools import count, pairwise

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderer.clips import encode as module
from renderer.clips.encode import AHEAD, encode, fit, level_of, shrunk
from renderer.clips.soundtrack import RATE, heard
from renderer.contract.errors import CannotFitError
from renderer.contract.shot import SHORT_SIDES, STILL_LIMITS, clip_size
from renderer.engines.engine import Sound
from renderer.engines.scaling import scale_still
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


@pytest.mark.parametrize(
    ("height", "width", "level"),
    [
        (480, 854, 30),
        (720, 1280, 31),
        (1080, 1920, 40),
        (1920, 864, 40),
        (1088, 2048, 42),  # all the macroblocks of 1080p60's level
        (480, 1920, 31),
        (240, 1920, 31),  # few, but longer than 3.0 may be
        (2304, 1080, 50),
        (2304, 4096, 51),  # what clips may be at most
    ],
)
def test_a_clips_level_is_the_lowest_that_its_size_allows(path, height, width, level):
    encode([np.zeros((height, width, 3), np.uint8)], path)
    profile, _, named = sequence_parameters(path.read_bytes())
    assert (profile, named) == (100, level)
    assert level <= 42 or -(-height // 16) * -(-width // 16) > 8704


sides = st.integers(STILL_LIMITS["shortest"], STILL_LIMITS["side"])


@given(sides, sides)
def test_no_still_that_members_send_makes_a_clip_beyond_the_level_that_players_take(height, width):
    assert level_of(*clip_size(height, width, SHORT_SIDES[1])) <= "4.2"


def sequence_parameters(mp4):
    """What players are told before the first picture: profile, constraints and level, from the stream's own SPS."""
    record = mp4.index(b"avcC") + 4
    sps = mp4[record + 8 :]  # behind version, profile, constraints, level, two counts and the length
    assert sps[0] & 31 == 7
    return sps[1:4]


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


def hiss(seconds, rate=24_000, channels=2, seed=0):
    """Muffled noise, which tells each moment from every other."""
    drawn = np.random.default_rng(seed).normal(0, 1, (channels, round(rate * seconds)))
    muffled = np.stack([np.convolve(line, np.hanning(9), "same") for line in drawn])
    return Sound(samples=(0.5 * muffled / np.abs(muffled).max()).astype(np.float32), rate=rate)


def with_sound(path, sound, count=48, frames=None):
    encode(frames or panned(quarters(240, 150), count), path, sound=lambda: sound)
    return path.read_bytes()


def at_our_rate(sound, seconds):
    times = np.arange(round(RATE * seconds)) / RATE
    own = np.arange(sound.samples.shape[1]) / sound.rate
    return np.stack([np.interp(times, own, line) for line in sound.samples])


def alike(one, other):
    return np.corrcoef(one.ravel(), other.ravel())[0, 1]


def test_sound_is_what_players_play_and_as_long_as_the_pictures(path):
    with av.open(BytesIO(with_sound(path, hiss(2)))) as container:
        stream = container.streams.audio[0]
        codec = stream.codec_context
        assert (codec.name, codec.profile, codec.sample_rate, codec.layout.name) == ("aac", "LC", 48_000, "stereo")
        assert stream.duration * stream.time_base == 2
        assert len(container.streams.video) == 1


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_sound_is_heard_when_it_belongs(path, rate):
    sound = hiss(2, rate)
    found = heard(with_sound(path, sound)).samples[:, : 2 * RATE]
    wanted = at_our_rate(sound, 2)
    inner = np.s_[:, RATE // 10 : -RATE // 10]
    assert alike(found[inner], wanted[inner]) > 0.95
    assert alike(found[inner], np.roll(wanted, 48, axis=1)[inner]) < 0.5  # a thousandth of a second later


def test_one_channel_is_heard_on_both_sides(path):
    left, right = heard(with_sound(path, hiss(2, channels=1))).samples
    assert np.abs(left - right).max() < 0.01  # the encoder rounds each for itself
    assert np.abs(left).max() > 0.1


def test_sound_that_is_too_long_fades_where_the_pictures_end(path):
    with_sound(path, hiss(5))
    samples = np.abs(heard(path.read_bytes()).samples[:, : 2 * RATE])
    assert samples[:, -24:].max() < 0.1 * samples[:, -RATE // 2 : -RATE // 4].max()


def test_sound_that_is_too_short_is_followed_by_silence(path):
    with_sound(path, hiss(1))
    samples = np.abs(heard(path.read_bytes()).samples)
    assert samples[:, : RATE // 2].max() > 0.1
    assert samples[:, RATE + 2048 :].max() < 1e-3
    assert samples.shape[1] >= 2 * RATE


def test_sound_lies_among_the_pictures_it_belongs_to(path):
    """A player that has read half the file can play half the clip."""
    mp4 = with_sound(path, hiss(2))
    assert mp4.index(b"moov") < mp4.index(b"mdat")
    with av.open(BytesIO(mp4)) as container:
        packets = sorted(
            (packet.pos, float(packet.dts * packet.time_base)) for packet in container.demux() if packet.size
        )
    times = [time for _, time in packets]
    assert max(before - after for before, after in pairwise(times)) < 0.1


def test_a_clip_without_sound_has_no_stream_for_it(path):
    assert heard(with_sound(path, None)) is None


def test_the_same_sound_gives_the_same_bytes(path):
    assert with_sound(path, hiss(2)) == with_sound(path, hiss(2))


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_a_clip_that_is_encoded_smaller_keeps_its_sound(path, share):
    sound = hiss(1, 48_000)
    whole = with_sound(path, sound, frames=panned(noise(500, 360), height=360, width=480))
    limit = round(len(whole) * share)
    fitted = fit(whole, limit)
    assert limit * 0.3 < len(fitted) <= limit
    # Two channels of noise are the worst that can be asked of an encoder.
    assert alike(heard(fitted).samples[:, 2000:46_000], at_our_rate(sound, 1)[:, 2000:46_000]) > 0.5
