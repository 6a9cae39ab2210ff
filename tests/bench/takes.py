"""The fixed set: photographs that a package ships, moods that ask for much, in a warm process."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from time import perf_counter

from renderer.cli.judge import judge
from renderer.clips.encode import encode
from renderer.clips.studio import Studio, open_still
from renderer.contract.job import Report
from renderer.contract.shot import Beat, Shot
from renderer.programs.canonical import Still, canonical

STILLS = {"astronaut": "astronaut.png", "coffee": "coffee.png", "cat": "chelsea.png", "rocket": "rocket.jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One take of the set, and what is expected of it."""

    still: str
    mood: str
    kind: str = ""  # `calm` and `lively` moods have bars of their own
    size: int = 720
    seconds: float = 4.0
    loop: bool = False

    @property
    def name(self) -> str:
        words = "-".join(self.mood.replace(",", "").split())
        return f"{self.still}-{self.size}-{words}{'-loop' if self.loop else ''}"


SET = (
    Asked(still="astronaut", mood="calm, intimate", kind="calm"),
    Asked(still="coffee", mood="the last day of summer", kind="calm"),
    Asked(still="cat", mood="something is about to happen"),
    Asked(still="rocket", mood="joyful, lively, quick", kind="lively"),
    Asked(still="cat", mood="playful and wild", kind="lively"),
    Asked(still="coffee", mood="half-remembered dream", loop=True),
    Asked(still="rocket", mood="push in, snow, mist, a cloud passes, embers"),
    Asked(still="coffee", mood="push in, rain, candle light", size=480),
    Asked(still="rocket", mood="arc left, snow, warmer", size=480),
    Asked(still="coffee", mood="push in, rain, candle light", size=1080),
    Asked(still="rocket", mood="arc left, snow, warmer", size=1080),
)
SHORT, LONG = (Asked(still="rocket", mood="push in, snow, warmer", seconds=seconds) for seconds in (2.0, 8.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of it."""

    asked: Asked
    clip: Path
    report: Report
    figures: dict[str, float] = field(default_factory=dict)  # of the judge

    @property
    def speed(self) -> float:
        """Clip seconds per second of work."""
        return self.asked.seconds / self.report.seconds.total


class Set:
    """A warm process: engines loaded, nothing read ahead."""

    def __init__(self, out: Path) -> None:
        self._out, self._studio = out, Studio()

    def warm(self) -> None:
        """Load what is loaded once."""
        self.take(Asked(still="cat", mood="warm up", size=240, seconds=2.0), judged=False)

    def take(self, asked: Asked, *, judged: bool = True) -> Taken:
        still = photograph(asked.still)
        pixels = open_still(still.png, still.sha256)
        made = self._studio.shoot(shot(asked, still), pixels)
        clip = self._out / f"{asked.name}.mp4"
        clip.write_bytes(made.mp4)
        return Taken(asked=asked, clip=clip, report=made.report, figures=judge(clip, pixels) if judged else {})

    def quickest(self, asked: Asked) -> Taken:
        """The quicker of two, where seconds are compared with seconds; neither is judged."""
        return min((self.take(asked, judged=False) for _ in range(2)), key=lambda taken: taken.report.seconds.frames)

    def floor(self, asked: Asked) -> float:
        """Seconds for encoding the very frames of a take, and nothing else."""
        still = photograph(asked.still)
        film = self._studio.engine("parallax").film(shot(asked, still), open_still(still.png, still.sha256))
        frames = [frame.copy() for frame in film.frames]
        begun = perf_counter()
        encode(frames, self._out / "floor.mp4")
        return perf_counter() - begun


def photograph(name: str) -> Still:
    return canonical(photograph_file(name).read_bytes())


def photograph_file(name: str) -> Path:
    return Path(str(files("skimage") / "data" / STILLS[name]))


def shot(asked: Asked, still: Still) -> Shot:
    beat = Beat(mood=asked.mood, seed=1, seconds=asked.seconds)
    return Shot(still=still.sha256, line=(beat,), size=asked.size, loop=asked.loop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A take in a process of its own."""

    wall: float  # seconds, from the command to its end
    peak_mb: float


def fresh(asked: Asked, out: Path) -> Fresh:
    """Do as somebody at a terminal does."""
    clip, report = out / "fresh.mp4", out / "fresh.json"
    command = [
        *(sys.executable, "-m", "renderer", "render", str(photograph_file(asked.still)), asked.mood),
        *("-o", str(clip), "--report", str(report), "--size", str(asked.size), "--seconds", str(asked.seconds)),
    ]
    begun = perf_counter()
    subprocess.run(command, check=True)
    return Fresh(wall=perf_counter() - begun, peak_mb=json.loads(report.read_bytes())["peak_mb"])
