"""A depth network, where one is at hand: a folder, or what `renderer fetch` has brought into the local cache."""

from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.models.networks import fetched, find_network, load_network
from renderer.settings import DEPTH_MODEL

SIDE = 518  # short side the picture is shown to the network at; more costs seconds and finds no other edges
METRIC = ("glpn", "zoedepth", "depth_pro", "prompt_depth_anything")  # kinds that predict metres, not inverse depth


class DepthModel:
    """A network in a folder. Its weights are loaded when the first picture is read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._network: _Network | None = None

    def disparity(
        self,
        still: Bytes,  # [H, W, 3]
    ) -> Floats:  # [h, w], about 518 on the short side
        """Predict inverse depth, 0 = the farthest, 1 = the nearest; 0.5 everywhere where all is one distance.

        Raises `BadModelError` where the folder's files make no network.
        """
        if self._network is None:
            self._network = _load(self._folder)
        return stretched(self._network(_shrunk(still)))


class _Network(Protocol):
    def __call__(self, image: Bytes) -> Floats: ...  # [h, w, 3] to inverse depth of any scale, [n, m]


def find_depth_model(name: str) -> DepthModel | None:
    """Find a depth network by its folder or Hugging Face id; never download one.

    "" means none, and so does the default where it has not been fetched. Raises `BadModelError` where any other is
    not there whole.
    """
    if not name:
        return None
    if name == DEPTH_MODEL and not Path(name).is_dir() and fetched(name) is None:
        return None
    return DepthModel(find_network(name))


def stretched(
    values: Floats,  # [h, w] of any scale, more is nearer
) -> Floats:  # [h, w], 0 to 1
    """Bring a prediction to its whole range; the outermost hundredths are clipped, as they are mostly specks."""
    low, high = (float(bound) for bound in np.percentile(values, (1, 99)))
    if high - low < 1e-6:
        return np.full_like(values, 0.5)
    return np.clip((values - low) / (high - low), 0, 1).astype(np.float32)


def _shrunk(still: Bytes) -> Bytes:
    scale = min(1.0, SIDE / min(still.shape[:2]))
    size = (round(still.shape[1] * scale), round(still.shape[0] * scale))
    return np.asarray(cv2.resize(still, size, interpolation=cv2.INTER_AREA), np.uint8)


def _load(folder: Path) -> _Network:
    import torch  # noqa: PLC0415  seconds, and only where there is a model

    processor, model = load_network(folder, "AutoModelForDepthEstimation")
    metric = model.config.model_type in METRIC or getattr(model.config, "depth_estimation_type", "") == "metric"

    def predict(image: Bytes) -> Floats:
        with torch.inference_mode():
            values = model(**processor(images=image, return_tensors="pt")).predicted_depth[0].numpy()
        return (1 / np.maximum(values, 1e-3)).astype(np.float32) if metric else np.asarray(values, np.float32)

    return predict
