"""What the figures must come to: the table that the renderer was built to meet."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from renderer.contract.direction import Easing
from tests.bench.takes import Fresh, Taken

MOVED = 0.03  # widths: a camera move of which tearing is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure against what it must come to."""

    name: str
    value: float
    bar: float
    aim: float | None = None
    least: bool = False  # else the most it may be

    @property
    def met(self) -> bool:
        return self._meets(self.bar)

    @property
    def verdict(self) -> str:
        if not self.met:
            return "MISSED"
        return "aim met" if self.aim is not None and self._meets(self.aim) else "met"

    def row(self) -> str:
        aim = "" if self.aim is None else f"{self.aim:8.2f}"
        sign = "≥" if self.least else "≤"
        return f"{self.name:52}{self.value:9.3f}  {sign}{self.bar:7.2f}{aim:>9}  {self.verdict}"

    def _meets(self, wanted: float) -> bool:
        return self.value >= wanted if self.least else self.value <= wanted


def quality_bars(taken: list[Taken]) -> list[Bar]:
    """How the clips of the set look, by the judge: the worst of those that each is asked of."""
    steady = [each for each in taken if _on_rails(each)]
    moved = [each for each in taken if each.figures["travel"] >= MOVED]
    return [
        Bar(name="anchor below the still encoded alone, dB", value=_worst(taken, "anchor_loss_db"), bar=1, aim=0.05),
        Bar(name="loop gap, mean steps", value=_worst(_looped(taken), "loop_gap"), bar=1.5, aim=1.1),
        Bar(name="shake of a smooth camera, px of 720 a frame²", value=_shake(steady), bar=0.1, aim=0.06),
        Bar(name="stretch and hole share, where it moves by 3 %, %", value=_torn(moved), bar=1, aim=0.3),
        Bar(name="motion of a calm mood, px a frame", value=_least(taken, "calm"), bar=0.2, least=True),
        Bar(name="motion of a lively mood, px a frame", value=_least(taken, "lively"), bar=0.8, least=True),
        Bar(name="largest step over the median", value=_worst(steady, "jump"), bar=4, aim=2),
    ]


def speed_bars(taken: list[Taken], first: Fresh) -> list[Bar]:
    """How soon the clips are there."""
    usual = statistics.median(each.speed for each in taken if each.asked.size == 720)
    return [
        Bar(name="clip seconds a second, warm, 720 px (median)", value=usual, bar=1, aim=2, least=True),
        Bar(name="first take of a fresh process, s", value=first.wall, bar=10, aim=6),
    ]


def memory_bars(peaks: dict[int, Fresh], short: Fresh, long: Fresh) -> list[Bar]:
    """What a worker takes of its machine."""
    return [
        Bar(name="peak memory, 720 px, GB", value=peaks[720].peak_mb / 1000, bar=1.2, aim=0.8),
        Bar(name="peak memory, 1080 px, GB", value=peaks[1080].peak_mb / 1000, bar=2, aim=1.2),
        Bar(name="peak memory, 8 s over 2 s", value=long.peak_mb / short.peak_mb, bar=1.15, aim=1.05),
    ]


def cost_bars(taken: list[Taken], short: Taken, long: Taken) -> list[Bar]:
    """Whether cost is linear in length and pixels: 1 is linear, more is worse."""
    return [
        Bar(name="cost of a frame, 8 s over 2 s", value=_frame_cost(long) / _frame_cost(short), bar=1.3, aim=1.05),
        Bar(
            name="cost of a pixel, 1080 over 480 px",
            value=_pixel_cost(taken, 1080) / _pixel_cost(taken, 480),
            bar=1.3,
            aim=1.05,
        ),
    ]


def _on_rails(taken: Taken) -> bool:
    direction = taken.report.direction
    return direction.camera.handheld == 0 and direction.pace.easing in {Easing.SMOOTH, Easing.SETTLE}


def _looped(taken: Iterable[Taken]) -> list[Taken]:
    return [each for each in taken if each.asked.loop]


def _shake(taken: list[Taken]) -> float:
    return max(each.figures["shake"] * 720 / each.asked.size for each in taken)


def _worst(taken: list[Taken], figure: str) -> float:
    return max(each.figures[figure] for each in taken)


def _least(taken: list[Taken], kind: str) -> float:
    return min(each.figures["motion"] for each in taken if each.asked.kind == kind)


def _torn(taken: list[Taken]) -> float:
    return 100 * max(each.report.stretch_share + each.report.hole_share for each in taken)


def _frame_cost(taken: Taken) -> float:
    return (taken.report.seconds.frames + taken.report.seconds.encode) / taken.report.frames


def _pixel_cost(taken: list[Taken], size: int) -> float:
    chosen = [each for each in taken if each.asked.size == size]
    return sum(_frame_cost(each) / (each.report.width * each.report.height) for each in chosen) / len(chosen)
