"""Measure a clip: how it meets its still, how it moves, and whether it does so smoothly.

The measures are ours to judge by; each says in a word what a good value is. They need no model, and know nothing of how
the clip was made. Lengths are in pixels of the clip.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.error import FFmpegError

from renderer.arrays import Bytes
from renderer.cli.files import read_file
from renderer.cli.refusals import RefusedError
from renderer.clips.encode import encode
from renderer.clips.studio import open_still
from renderer.engines.scaling import scale_still
from renderer.measures.likeness import difference, grey, psnr, sharpness, ssim
from renderer.measures.motion import Flow, Step, camera_shake, shrunk
from renderer.measures.tears import tears

FROZEN = 0.2  # grey levels: below this two frames are the same to the eye
LOOKS = 6  # frames of a second that are compared with the still
Figures = dict[str, float]


def judge_by_hand(clip: Path, still_path: Path | None) -> str:
    """The clip's measures as JSON. Raises `RefusedError` or an `UnstillError`."""
    still = read_file(still_path) if still_path else None
    try:
        measures = judge(clip, open_still(still.png, still.sha256) if still else None)
    except (OSError, FFmpegError, IndexError) as error:  # PyAV has no name for a file without pictures
        raise RefusedError(f"{clip} is not a clip: {error}") from error
    return json.dumps(measures, indent=2)


def judge(clip: Path, still: Bytes | None = None) -> Figures:
    """Judge a clip, and against its still where one is given. A clip without a frame has only `frames`.

    `still` is [H, W, 3] RGB of any size. Raises what PyAV raises for a file that is no clip.
    """
    measured = _Measures()
    for frame in decoded(clip):
        measured.see(frame)
    if measured.first is None or measured.last is None:
        return {"frames": 0.0}
    whole = None if still is None else scale_still(still, min(measured.first.shape[:2]))
    figures = measured.smoothness() | measured.wholeness(whole)
    if whole is not None:
        figures |= _anchored(whole, measured.first, measured.last)
    return {name: round(value, 4) for name, value in figures.items()}


def decoded(clip: Path) -> Iterator[Bytes]:
    """Give the clip's frames, RGB."""
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


class _Measures:
    """What is gathered as frames go by: two are held at a time, and a small one now and then."""

    def __init__(self) -> None:
        self.first: Bytes | None = None
        self.last: Bytes | None = None
        self._lumas: list[float] = []
        self._sharpness: list[float] = []
        self._differences: list[float] = []  # mean grey levels between neighbours
        self._steps: list[Step] = []
        self._looks: list[Bytes] = []  # small
        self._flow = Flow()
        self._before: tuple[Bytes, Bytes] | None = None  # the last frame's luma, whole and small

    def see(self, frame: Bytes) -> None:
        luma = grey(frame)
        small, scale = shrunk(luma)
        self._lumas.append(float(luma.mean()))
        self._sharpness.append(sharpness(luma))
        if self._before is not None:
            self._differences.append(difference(luma, self._before[0]))
            self._steps.append(self._flow.step(self._before[1], small, scale))
        if len(self._lumas) % (24 // LOOKS) == 1:
            self._looks.append(small)
        self.first = frame if self.first is None else self.first
        self.last, self._before = frame, (luma, small)

    def smoothness(self) -> Figures:
        """Give what the frames say among themselves."""
        motion = np.array([step.motion for step in self._steps] or [0.0])
        differences = np.array(self._differences or [0.0])
        lumas = np.diff(self._lumas, 2) if len(self._lumas) > 2 else np.zeros(1)
        first, last = self._ends()
        return {
            "frames": float(len(self._lumas)),
            "motion": float(motion.mean()),  # px per frame; calm >= 0.2, lively >= 0.8 at 720p
            "motion_top": _mean([step.motion_top for step in self._steps]),  # of the fastest twentieth of the picture
            "shake": camera_shake(self._steps),  # px per frame squared; <= 0.1
            "pacing": float(motion.std() / max(float(motion.mean()), 1e-6)),  # 0 = even
            "jump": float(motion.max() / max(float(np.median(motion)), 1e-3)),  # largest step over the median; <= 4
            "frozen_share": float((differences < FROZEN).mean()),
            "loop_gap": difference(last, first) / max(float(differences.mean()), 1e-6),  # in mean steps; looped <= 1.5
            "luma_step": float(np.abs(lumas).max()),  # grey levels per frame squared; flicker shows above 1
            "warping_error": _mean([step.unexplained for step in self._steps]),  # grey levels motion does not explain
            "sharpness": self._sharpness[-1] / max(self._sharpness[0], 1e-6),  # of the last frame, in the first's
            "softest": min(self._sharpness) / max(self._sharpness[0], 1e-6),
        }

    def wholeness(self, still: Bytes | None) -> Figures:
        """Compare looks at the clip with the still, or with the first frame: the worst of each."""
        reference = self._ends()[0] if still is None else grey(still)
        small, _ = shrunk(reference)
        found = [tears(self._flow, small, look) for look in self._looks]
        return {
            "stretch_share": max(each.stretch for each in found),  # estimated; with the next <= 0.01
            "hole_share": max(each.hole for each in found),
            "travel": max(each.travel for each in found),  # of the farthest-moved twentieth, in widths
        }

    def _ends(self) -> tuple[Bytes, Bytes]:
        if self.first is None or self.last is None:
            raise ValueError("no frame was seen")
        return grey(self.first), grey(self.last)


def _anchored(whole: Bytes, first: Bytes, last: Bytes) -> Figures:
    """Compare the ends with the still at the clip's size, and the better of them with the still encoded alone."""
    figures = {"first_psnr": psnr(first, whole), "last_psnr": psnr(last, whole)}
    alone = psnr(_encoded_alone(whole), whole)
    loss = alone - max(figures.values())
    figures |= {"first_ssim": ssim(first, whole), "last_ssim": ssim(last, whole)}
    return figures | {"alone_psnr": alone, "anchor_loss_db": loss}  # <= 1; below 0 the clip's frame is the better one


def _encoded_alone(whole: Bytes) -> Bytes:
    """Give the still as a clip of one frame shows it."""
    with TemporaryDirectory(prefix="unstill-") as folder:
        path = Path(folder, "still.mp4")
        encode([whole], path)
        return next(decoded(path))


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else 0.0
