"""How well a head outlines the kinds of a picture: overlap where a kind is there, share claimed where it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.scene.reading.kinds.kinds import KINDS
from renderer.sight.training.labels import Labelled

THERE = 0.002  # of the picture: a kind with less is not there
PAIRS = 20_000  # of places, drawn from each picture
KNOWN = 0.2  # of the picture: where less is known, nothing can be claimed falsely


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A picture's: by kind."""

    overlap: Mapping[str, float]  # intersection over union, of kinds that are there
    claimed: Mapping[str, float]  # share of the picture, of kinds that are not
    ordered: float | None  # share of pairs of places whose order in depth is right; None where no depth was labelled


def score_of(picture: Labelled, chances: Floats, nearness: Floats) -> Score:
    """Judge what is likeliest at each place, without any of the rules that come after the head."""
    height, width = picture.known.shape
    likeliest = cv2.resize(chances, (width, height), interpolation=cv2.INTER_LINEAR).argmax(axis=-1)
    overlap: dict[str, float] = {}
    claimed: dict[str, float] = {}
    for number, kind in enumerate(KINDS[1:], 1):
        said, there = (likeliest == number) & picture.known, (picture.kinds == number) & picture.known
        if there.mean() > THERE:
            overlap[kind] = float((said & there).sum() / (said | there).sum())
        elif picture.known.mean() > KNOWN:
            claimed[kind] = float(said.mean())
    return Score(overlap=overlap, claimed=claimed, ordered=_ordered(picture, nearness))


def _ordered(picture: Labelled, nearness: Floats) -> float | None:
    """Draw pairs of places on unlike levels, and say of how many the order is right."""
    known = np.flatnonzero(np.isfinite(picture.levels))
    if not len(known):
        return None
    one, other = np.random.default_rng(0).choice(known, (2, PAIRS))
    apart = picture.levels.ravel()[one] - picture.levels.ravel()[other]
    height, width = picture.levels.shape
    said = np.asarray(cv2.resize(nearness, (width, height), interpolation=cv2.INTER_LINEAR)).ravel()
    right = np.sign(said[one] - said[other]) == np.sign(apart)
    return float(right[apart != 0].mean()) if apart.any() else None


def summed_up(scores: Sequence[Score]) -> str:
    """Say it in a line a kind."""
    ordered = [score.ordered for score in scores if score.ordered is not None]
    depth = f"depth: {np.mean(ordered or [0]):.3f} of pairs in order on {len(ordered)} pictures"
    return "\n".join([*(_line(kind, scores) for kind in KINDS[1:]), depth])


def _line(kind: str, scores: Sequence[Score]) -> str:
    overlaps = [score.overlap[kind] for score in scores if kind in score.overlap]
    claims = [score.claimed[kind] for score in scores if kind in score.claimed]
    return (
        f"{kind}: overlap {np.mean(overlaps or [0]):.2f} on {len(overlaps)} pictures that have it, "
        f"{np.mean(claims or [0]):.3f} falsely claimed of {len(claims)} that have none"
    )
