"""What a head of kinds is shown of each place: activations of the network at six depths, and colour, detail, height.

Few-shot segmentation on a frozen network: what it learnt of a million photographs in its lower and middle layers tells
sky, water and leaves apart once a few dozen pictures say which is which.
"""

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, interpolate

from renderer.arrays import Bytes, Floats, blurred
from renderer.sight.trunk import Trunk, one_thread

SIDE = 320  # short side the picture is shown to the network at; less loses a tenth, more costs and gains nothing
LONGEST = 640
STRIDE = 8  # pixels of that a place is wide
BLOCKS = (2, 4, 7, 10, 14, 15)  # of the network: 24 + 40 + 80 + 112 + 192 + 320 activations
COLOURED = np.array([100, 60, 60], np.float32)  # brings Lab to about one


def places(
    trunk: Trunk,
    image: Bytes,  # [h, w, 3]
    side: int = SIDE,
) -> Floats:  # [y, x, 788]
    """Say all there is to know of each place of a picture, a place being `STRIDE` pixels wide at that short side."""
    height, width = (_fitted(length * side / min(image.shape[:2])) for length in image.shape[:2])
    with torch.inference_mode(), one_thread():
        seen = trunk.activations(image, height, width, BLOCKS)
        rows, columns = height // STRIDE, width // STRIDE
        levels = torch.cat([_on_grid(level, rows, columns) for level in seen]).numpy()
    drawn = plain(np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8))
    return np.ascontiguousarray(np.concatenate([levels, drawn]).transpose(1, 2, 0))


def _fitted(length: float) -> int:
    return min(LONGEST, max(32, 32 * round(length / 32)))


def _on_grid(level: Tensor, rows: int, columns: int) -> Tensor:  # [C, rows, columns]
    if level.shape[1] == 2 * rows:
        return avg_pool2d(level[None], 2)[0]
    return interpolate(level[None], size=(rows, columns), mode="bilinear", align_corners=False)[0]


def plain(
    image: Bytes,  # [h, w, 3], sides that `STRIDE` divides
) -> Floats:  # [20, h / 8, w / 8]
    """Measure what needs no network: colour here and around, detail down and across, height in the picture."""
    rows, columns = image.shape[0] // STRIDE, image.shape[1] // STRIDE
    lab = np.asarray(cv2.cvtColor(image.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab), np.float32) / COLOURED
    here = _shrunk(lab, rows, columns)
    around = blurred(here, 3)
    detail = [_shrunk(np.abs(cv2.Sobel(lab[..., 0], cv2.CV_32F, *way, scale=0.25)), rows, columns) for way in _WAYS]
    near, wide = [_rooted(values) for values in detail], [_rooted(blurred(values, 2)) for values in detail]
    height = np.repeat((np.arange(rows, dtype=np.float32)[:, None] + np.float32(0.5)) / rows, columns, axis=1)
    top = lab[: max(1, image.shape[0] // 10)].reshape(-1, 3).mean(axis=0)
    light, green_red, blue_yellow = cv2.split(here)
    return np.stack(
        [
            *(light, green_red, blue_yellow, np.hypot(green_red, blue_yellow)),
            *cv2.split(around),
            *(*near, *wide, np.log(wide[0] / wide[1])),
            *(height, height * height, np.linalg.norm(here - top, axis=-1)),
            *(light * light, green_red * green_red, blue_yellow * blue_yellow, light * height, blue_yellow * height),
        ]
    ).astype(np.float32)


_WAYS = ((1, 0), (0, 1))  # across, down


def _shrunk(values: Floats, rows: int, columns: int) -> Floats:
    return np.asarray(cv2.resize(values, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def _rooted(values: Floats) -> Floats:
    return np.sqrt(values + np.float32(1e-4))
