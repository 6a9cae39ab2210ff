"""What a still and its clip show, asked of an image classifier, where the operator has named one.

The still is looked at before the engine works, and frames of the clip as they pass. What becomes of a hit is the bot's
to say: its policy comes with the job, and goes back with the verdict.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from renderer.contract.errors import BadModelError, UnsafeError
from renderer.contract.job import Place, Policy, Safety
from renderer.engines.engine import Rgb
from renderer.models.networks import Network, find_network, load_network

# Labels, in lower case, of what a server does not want to see unasked: Falconsai/nsfw_image_detection tells "nsfw" from
# "normal"; others tell "unsafe" from "safe", or drawings, hentai, neutral, porn and sexy apart. What is merely
# suggestive ("enticing or sensual", "questionable") is not among them.
UNSAFE = frozenset(
    {"nsfw", "unsafe", "explicit", "nude", "nudity", "porn", "pornography", "sexy", "hentai", "gore", "violence"}
)
# More likely unsafe than not. These models are trained so that the likeliest label wins; with two labels that is this.
THRESHOLD = 0.5
SAMPLES = 7  # frames of a clip that are looked at, one a second or so; odd, so that the middle is one of them


class Checker:
    """A classifier, loaded. It stays on the CPU: a card's memory is for the engine, and this takes a second a clip."""

    def __init__(self, network: Network, unsafe: list[int]) -> None:
        self._network = network
        self._unsafe = unsafe

    def check(
        self,
        frames: Iterable[Rgb],  # at least one, all of one size
    ) -> float:
        """Tell how likely the worst of the frames is unsafe, 0 to 1: the sum over the unsafe labels.

        Raises `BadModelError` where the network says no number.
        """
        import torch  # noqa: PLC0415  seconds, and only where there is a model

        processor, model = self._network
        with torch.inference_mode():
            logits = model(**processor(images=list(frames), return_tensors="pt")).logits  # [B, labels]
            score = float(logits.softmax(-1)[:, self._unsafe].sum(-1).max())
        if not math.isfinite(score):  # it would compare as safe
            raise BadModelError(name=str(model.name_or_path), why="it gives no number for this picture")
        return min(1.0, score)


def find_safety_model(name: str) -> Checker | None:
    """Load a classifier by its folder or Hugging Face id; never download one. "" means none.

    Raises `BadModelError` where it is not there whole, or where its labels do not tell unsafe pictures from others.
    """
    if not name:
        return None
    network = load_network(find_network(name), "AutoModelForImageClassification")
    return Checker(network, unsafe_labels(name, network.model.config))


def unsafe_labels(
    name: str,
    config: Any,  # transformers' own, with `id2label`
) -> list[int]:
    """Choose the labels that count. Raises `BadModelError` where we know none of them, or where all would count."""
    labels: dict[int, str] = config.id2label
    if config.problem_type == "multi_label_classification":  # its probabilities do not add up to one
        raise BadModelError(name=name, why="it gives several labels at once")
    unsafe = [index for index, label in labels.items() if label.strip().lower() in UNSAFE]
    if not 0 < len(unsafe) < len(labels):
        raise BadModelError(name=name, why=f"its labels do not say what is unsafe: {', '.join(labels.values())}")
    return unsafe


class Inspection:
    """One take's pictures under the bot's policy. Without a checker nothing is looked at, and there is no verdict."""

    def __init__(self, checker: Checker | None, policy: Policy) -> None:
        self._checker = checker
        self._policy = policy
        self.verdict: Safety | None = None

    def look_at_still(self, still: Rgb) -> None:
        """Raise `UnsafeError` where it is flagged and the policy is to refuse."""
        self._look([still], Place.STILL)

    def passing(self, frames: Iterator[Rgb], count: int) -> Iterator[Rgb]:
        """Pass the clip's `count` frames on, and look at some of them once the last is out.

        Raises `UnsafeError` where one is flagged and the policy is to refuse.
        """
        if self._checker is None:
            yield from frames
            return
        wanted, samples = sampled(count), list[Rgb]()
        for index, frame in enumerate(frames):
            if index in wanted:
                samples.append(frame.copy())  # an engine may use the frame's memory again
            yield frame
        self._look(samples, Place.CLIP)

    def _look(self, frames: list[Rgb], where: Place) -> None:
        if self._checker is None:
            return
        found = verdict(self._checker.check(frames), where, self._policy)
        if found.flagged and found.policy is Policy.REFUSE:
            raise UnsafeError(where=where)
        self.verdict = found if self.verdict is None else max(self.verdict, found, key=_score)


def verdict(score: float, where: Place, policy: Policy) -> Safety:
    return Safety(flagged=score >= THRESHOLD, score=score, where=where, policy=policy)


def sampled(count: int) -> frozenset[int]:
    """Choose which of `count` frames are looked at: first, middle, last and evenly between."""
    return frozenset(int(index) for index in np.linspace(0, count - 1, SAMPLES).round())


def _score(found: Safety) -> float:
    return found.score
