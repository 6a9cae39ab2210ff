"""What is heard beside the pictures: AAC-LC, 48 kHz stereo, as long as they are to the sample."""

# PyAV leaves its packets' type parameter open:
# pyright: reportUnknownMemberType=false

from fractions import Fraction
from io import BytesIO

import av
import numpy as np
from av import AudioFrame, AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer

from renderer.arrays import Floats
from renderer.contract.shot import FPS
from renderer.engines.engine import Sound

RATE = 48_000
SOUND_BITS = 128_000  # a second
A_FRAME = RATE // FPS  # samples: a whole number, so that none are lost
FADE = RATE // 100  # samples: a sound that is cut would click
LAYOUTS = {1: "mono", 2: "stereo"}


class SoundTrack:
    """Writes the sound of a clip beside its pictures. It lags a frame behind, to fade out where the clip ends."""

    def __init__(self, container: OutputContainer, sound: Sound | None, bits_per_second: int) -> None:
        """Add a stream for the sound, if there is one, before the container's first packet."""
        self._container = container
        self._samples = np.zeros((2, 0), np.float32) if sound is None else _faded(at_our_rate(sound))
        self._stream = None if sound is None else _open_stream(container, bits_per_second)
        self._last: int | None = None

    def go_on(self, index: int) -> None:
        """Write what is heard before frame `index`, which has come."""
        if self._last is not None:
            self._write(self._heard_with(self._last))
        self._last = index

    def end(self) -> None:
        """Write what is heard with the last frame, and whatever the encoder holds."""
        if self._last is not None:
            self._write(_faded_out(self._heard_with(self._last)))
        if self._stream is not None:
            self._container.mux(self._stream.encode(None))

    def _heard_with(self, index: int) -> Floats:
        there = self._samples[:, index * A_FRAME : (index + 1) * A_FRAME]
        return np.pad(there, ((0, 0), (0, A_FRAME - there.shape[1])))

    def _write(self, samples: Floats) -> None:
        if self._stream is None or self._last is None:
            return
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._last * A_FRAME, Fraction(1, RATE)
        self._container.mux(self._stream.encode(frame))


def heard(clip: bytes) -> Sound | None:
    """Give the sound of one of our own clips; None where it has none."""
    with av.open(BytesIO(clip), "r") as container:
        if not container.streams.audio:
            return None
        stream = container.streams.audio[0]
        samples = [np.asarray(frame.to_ndarray(), np.float32) for frame in container.decode(stream)]
        return Sound(samples=np.concatenate(samples, axis=1), rate=stream.sample_rate)


def _open_stream(container: OutputContainer, bits_per_second: int) -> AudioStream:
    stream = container.add_stream("aac", RATE)
    stream.codec_context.layout = "stereo"
    stream.codec_context.format = "fltp"
    stream.bit_rate = bits_per_second
    return stream


def at_our_rate(sound: Sound) -> Floats:
    """Give [2, n] at our rate, within -1 and 1. Raises `KeyError` for more than two channels."""
    whole = np.clip(np.nan_to_num(sound.samples), -1, 1).astype(np.float32)
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(whole), format="fltp", layout=LAYOUTS[len(whole)])
    frame.sample_rate = sound.rate
    resampler = AudioResampler(format="fltp", layout="stereo", rate=RATE)
    parts = [part for given in (frame, None) for part in resampler.resample(given)]
    return np.concatenate([np.asarray(part.to_ndarray(), np.float32) for part in parts], axis=1)


def _faded(samples: Floats) -> Floats:
    """Fade in and out: a sound out of a model begins and ends anywhere in its wave."""
    return _faded_out(_faded_out(samples[:, ::-1])[:, ::-1])


def _faded_out(samples: Floats) -> Floats:
    length = min(FADE, samples.shape[1])
    faded = samples.copy()
    faded[:, faded.shape[1] - length :] *= np.linspace(1, 0, length, dtype=np.float32)
    return faded
