"""A depth network, where one is at hand: a folder, or what `renderer fetch` has brought into the local cache."""

from pathlib import Path
from typing import Any, Protocol, cast

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.errors import BadModelError
from renderer.settings import DEPTH_MODEL

NEEDED = ("config.json", "preprocessor_config.json", "model.safetensors")  # weights as pickles are not opened
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
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _fetched(name)
        if folder is None and name == DEPTH_MODEL:
            return None
    if folder is None:
        raise BadModelError(name=name, why="it is no folder, and no model that `python -m renderer fetch` brought")
    for part in NEEDED:
        if not (folder / part).is_file():
            raise BadModelError(name=name, why=f"it has no {part}")
    return DepthModel(folder)


def _fetched(name: str) -> Path | None:
    """Look into the local cache. What is not there whole does not count."""
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415  a quarter of a second
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    try:
        found = [try_to_load_from_cache(name, part) for part in NEEDED]
    except HFValidationError:
        return None
    paths = [path for path in found if isinstance(path, str)]
    return Path(paths[0]).parent if len(paths) == len(NEEDED) else None


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
    from safetensors import SafetensorError  # noqa: PLC0415
    from transformers import AutoImageProcessor, AutoModelForDepthEstimation  # noqa: PLC0415

    try:
        # Untyped: transformers picks the classes by the folder's own config.
        processor = cast("Any", AutoImageProcessor).from_pretrained(folder, local_files_only=True)
        model, loading = cast("Any", AutoModelForDepthEstimation).from_pretrained(
            folder, local_files_only=True, use_safetensors=True, dtype=torch.float32, output_loading_info=True
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise BadModelError(name=str(folder), why=str(error).strip().partition("\n")[0]) from error
    if loading["missing_keys"]:  # transformers would go on with random ones
        raise BadModelError(name=str(folder), why="its weights are not those of the network in its config.json")
    model.eval()
    metric = model.config.model_type in METRIC or getattr(model.config, "depth_estimation_type", "") == "metric"

    def predict(image: Bytes) -> Floats:
        with torch.inference_mode():
            values = model(**processor(images=image, return_tensors="pt")).predicted_depth[0].numpy()
        return (1 / np.maximum(values, 1e-3)).astype(np.float32) if metric else np.asarray(values, np.float32)

    return predict
