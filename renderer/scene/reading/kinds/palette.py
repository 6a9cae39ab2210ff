"""The still's own colours of each kind: what the head is sure of says what the rest of it looks like.

As Bayes has it: a histogram of colours for each kind, weighted by how sure the head is, says how likely a colour is
of that kind; that, somewhat trusted, weighs the chances anew. Twice, since the first round makes the head surer.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, blurred
from renderer.scene.reading.kinds.chances import summed_to_one

LEVELS = (12, 20, 20)  # of lightness, green to red, blue to yellow
ROUNDS = 2
DOUBT = 0.02  # added to what they say, so that no colour rules a kind out
LEAST = 0.004  # of the picture: a kind with less has no colours of its own


def recoloured(
    chances: Floats,  # [h, w, kinds], of sum 1
    image: Bytes,  # [h, w, 3]
) -> Floats:  # [h, w, kinds], of sum 1
    """Weigh the chances by the colours that this picture has of each kind."""
    colours = _numbers(image)
    found = chances
    for _ in range(ROUNDS):
        each = [_likelihood(found[..., kind], colours) for kind in range(chances.shape[-1])]
        likely = summed_to_one(np.stack(each, axis=-1).astype(np.float32))
        weight = np.sqrt(blurred(likely, 1.2) + np.float32(DOUBT))  # the root: colours are half trusted
        found = summed_to_one(np.asarray(chances * weight, np.float32))
    return found


def _numbers(image: Bytes) -> NDArray[np.intp]:  # [h, w]
    """Number the colours of a picture, coarsely."""
    lab = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2Lab), np.intp)
    light, green_red, blue_yellow = (lab[..., part] * levels // 256 for part, levels in enumerate(LEVELS))
    return (light * LEVELS[1] + green_red) * LEVELS[2] + blue_yellow


def _likelihood(chance: Floats, colours: NDArray[np.intp]) -> Floats:  # [h, w]
    """Say how common each place's colour is within a kind."""
    weight = chance * chance
    if float(weight.mean()) < LEAST:
        return np.full(chance.shape, 1e-4, np.float32)
    counted = np.bincount(colours.ravel(), weights=weight.ravel(), minlength=int(np.prod(LEVELS)))
    smooth = _smoothed(counted.astype(np.float32).reshape(LEVELS)).ravel()
    return (smooth / smooth.sum() + np.float32(1e-5))[colours].astype(np.float32)


def _smoothed(counted: Floats) -> Floats:
    """Share each count with its neighbours along every axis: near colours look alike."""
    for axis in range(counted.ndim):
        line = np.moveaxis(counted, axis, 0)
        padded = np.concatenate([line[:1], line, line[-1:]])
        shared = 0.25 * padded[:-2] + 0.5 * line + 0.25 * padded[2:]
        counted = np.moveaxis(shared.astype(np.float32), 0, axis)
    return counted
