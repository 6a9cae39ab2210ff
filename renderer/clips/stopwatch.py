"""Where the seconds of a take go, and how many frames of what size there were."""

from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from time import perf_counter

from renderer.contract.job import Timings
from renderer.engines.engine import Rgb


class Stopwatch:
    """Seconds spent by name, and what the frames were like."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.count = self.height = self.width = 0

    @contextmanager
    def running(self, name: str) -> Generator[None]:
        begun = perf_counter()
        yield
        self.seconds[name] += perf_counter() - begun

    def frames(self, frames: Iterator[Rgb]) -> Iterator[Rgb]:
        """Pass the frames on, counting them and the time that making them takes."""
        while True:
            with self.running("frames"):
                frame = next(frames, None)
            if frame is None:
                return
            self.count += 1
            self.height, self.width = frame.shape[:2]
            yield frame

    def timings(self) -> Timings:
        making, encoding = self.seconds["frames"], self.seconds["encode"]  # the encoder's time holds the frames' own
        return Timings(
            start=self.seconds["start"],
            read=self.seconds["read"],
            frames=making,
            encode=encoding - making,
            total=self.seconds["read"] + encoding,
        )
