"""Trains the head of kinds anew: `make kinds FOLDER=…`, a folder as `renderer.sight.training.labels` describes."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from renderer.sight.features import places
from renderer.sight.kinds import FILE, Head, write_head
from renderer.sight.training.fitting import fitted
from renderer.sight.training.labels import Labelled, read_labelled
from renderer.sight.training.scores import Score, score_of, summed_up
from renderer.sight.training.views import View, views
from renderer.sight.trunk import Trunk

FOLDS = 5


def main() -> None:
    """Train on all the folder's pictures, and say how well the same training does on pictures it was not shown."""
    if len(sys.argv) != 2:
        raise SystemExit("say which folder has the pictures and their labels.json: make kinds FOLDER=…")
    try:
        pictures = read_labelled(Path(sys.argv[1]))
    except (OSError, ValueError) as error:
        raise SystemExit(f"the folder cannot be learnt from: {error}") from None
    if len(pictures) < FOLDS:
        raise SystemExit(f"{len(pictures)} pictures are too few to learn from: label {FOLDS} or more")
    trunk = Trunk()
    shown = [list(views(trunk, picture, number)) for number, picture in enumerate(pictures)]
    print(summed_up(cross_validated(trunk, pictures, shown)), flush=True)
    write_head(fitted(shown), FILE)
    print(f"kinds: {len(pictures)} pictures, {FILE.name} written; put its sha256 into renderer/sight/kinds.py")


def cross_validated(trunk: Trunk, pictures: Sequence[Labelled], shown: Sequence[Sequence[View]]) -> list[Score]:
    """Judge each picture by a head that was trained without it: five times, each without a fifth of them."""
    fold = np.random.default_rng(0).permutation(len(pictures)) % FOLDS
    found: list[Score] = []
    for held_out in range(FOLDS):
        head = fitted([each for each, place in zip(shown, fold, strict=True) if place != held_out])
        found += [
            _judged(trunk, head, picture) for picture, place in zip(pictures, fold, strict=True) if place == held_out
        ]
    return found


def _judged(trunk: Trunk, head: Head, picture: Labelled) -> Score:
    return score_of(picture, head.chances(places(trunk, picture.image)))


if __name__ == "__main__":
    main()
