"""Measure a clip: how it meets its still, how it moves, and whether it does so smoothly.

The measures are ours to judge by; each says in a word what a good value is. They need no model.
"""

from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.engines.scaling import scale_still

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

FLOW_SIDE = 360  # short side at which motion is measured
FROZEN = 0.2  # grey levels: below this two frames are the same to the eye


def judge(clip: Path, still: Bytes | None = None) -> dict[str, float]:
    """Judge a clip, and against its still where one is given."""
    measured = _Measures()
    first = last = None
    for frame in decoded(clip):
        first = frame if first is None else first
        last = frame
        measured.see(frame)
    if first is None or last is None:
        return {"frames": 0}
    figures = measured.figures(float(_difference(_grey(last), _grey(first))))
    return figures | (_against(still, first, last) if still is not None else {})


def decoded(clip: Path) -> Iterator[Bytes]:
    """Give the clip's frames, RGB."""
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


class _Measures:
    """What is gathered as frames go by: two are held at a time."""

    def __init__(self) -> None:
        self.lumas: list[float] = []
        self.sharpness: list[float] = []
        self.steps: list[float] = []  # mean grey levels between neighbours
        self.flows: list[tuple[float, float, float]] = []  # mean and top-5-% motion, in pixels, then what is left over
        self.tracks: list[tuple[float, float]] = []  # the mean motion vector
        self._before: Floats | None = None
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)

    def see(self, frame: Bytes) -> None:
        grey = _grey(frame)
        self.lumas.append(float(grey.mean()))
        self.sharpness.append(float(cv2.Laplacian(grey, cv2.CV_32F).std()))
        if self._before is not None:
            self.steps.append(_difference(grey, self._before))
            self._track(self._before, grey)
        self._before = grey

    def _track(self, before: Floats, now: Floats) -> None:
        scale = min(1.0, FLOW_SIDE / min(now.shape))
        small = [cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for grey in (before, now)]
        one, other = (np.clip(np.rint(grey), 0, 255).astype(np.uint8) for grey in small)
        flow = np.asarray(self._flow.calc(one, other, np.zeros((*one.shape, 2), np.float32)), np.float32) / scale
        length = np.linalg.norm(flow, axis=-1)
        fast = length[length >= np.percentile(length, 95)]
        self.flows.append((float(length.mean()), float(fast.mean()), _warping_error(one, other, flow * scale)))
        self.tracks.append((float(flow[..., 0].mean()), float(flow[..., 1].mean())))

    def figures(self, around: float) -> dict[str, float]:
        steps, flows = np.array(self.steps or [0.0]), np.array(self.flows or [(0.0,) * 3])
        tracks = np.array(self.tracks)
        shakes = np.linalg.norm(np.diff(tracks, axis=0), axis=-1) if len(tracks) > 1 else np.zeros(1)
        lumas = np.diff(self.lumas, 2) if len(self.lumas) > 2 else np.zeros(1)
        median = float(np.median(flows[:, 0]))
        figures = {
            "frames": float(len(self.lumas)),
            "motion": float(flows[:, 0].mean()),  # px per frame; calm >= 0.2, lively >= 0.8 at 720p
            "motion_top": float(flows[:, 1].mean()),  # of the fastest twentieth of the picture
            "shake": float(shakes.mean()),  # px per frame squared; <= 0.1
            "pacing": float(flows[:, 0].std() / max(float(flows[:, 0].mean()), 1e-6)),  # 0 = even
            "jump": float(flows[:, 0].max() / max(median, 1e-3)),  # largest step over the median; <= 4
            "frozen_share": float((steps < FROZEN).mean()),
            "loop_gap": around / max(float(steps.mean()), 1e-6),  # last to first over the mean step; a loop's is <= 1.5
            "luma_step": float(np.abs(lumas).max()),  # grey levels per frame squared; flicker shows above 1
            "warping_error": float(flows[:, 2].mean()),  # grey levels that motion does not explain
            "sharpness": self.sharpness[-1] / max(self.sharpness[0], 1e-6),  # of the last frame, in the first's
            "softest": min(self.sharpness) / max(self.sharpness[0], 1e-6),
        }
        return {name: round(value, 4) for name, value in figures.items()}


def _against(still: Bytes, first: Bytes, last: Bytes) -> dict[str, float]:
    """Compare the ends with the whole still at the clip's size."""
    whole = scale_still(still, min(first.shape[:2]))
    return {
        "first_psnr": round(psnr(first, whole), 3),
        "first_ssim": round(ssim(first, whole), 4),
        "last_psnr": round(psnr(last, whole), 3),
        "last_ssim": round(ssim(last, whole), 4),
    }


def psnr(one: Bytes, other: Bytes) -> float:
    """Give the peak signal-to-noise ratio in dB; 100 for equal pictures."""
    error = float(np.mean((one.astype(np.float32) - other.astype(np.float32)) ** 2))
    return min(100.0, 10 * float(np.log10(255**2 / max(error, 1e-6))))


def ssim(one: Bytes, other: Bytes) -> float:
    """Give the structural similarity of two pictures' greys (Wang et al. 2004): 1 for equal ones."""
    a, b = _grey(one), _grey(other)
    mean_a, mean_b = _around(a), _around(b)
    spread_a, spread_b = _around(a * a) - mean_a**2, _around(b * b) - mean_b**2
    shared = _around(a * b) - mean_a * mean_b
    steady, bright = (0.03 * 255) ** 2, (0.01 * 255) ** 2
    likeness = (2 * mean_a * mean_b + bright) * (2 * shared + steady)
    return float(np.mean(likeness / ((mean_a**2 + mean_b**2 + bright) * (spread_a + spread_b + steady))))


def _warping_error(before: Bytes, now: Bytes, flow: Floats) -> float:
    """Follow the motion back from now and see what differs."""
    height, width = now.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    back = cv2.remap(now, x + flow[..., 0], y + flow[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inner = np.s_[height // 20 : -height // 20, width // 20 : -width // 20]
    return float(np.abs(np.asarray(back, np.float32) - before)[inner].mean())


def _difference(one: Floats, other: Floats) -> float:
    return float(np.abs(one - other).mean())


def _grey(frame: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), np.float32)


def _around(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5), np.float32)
