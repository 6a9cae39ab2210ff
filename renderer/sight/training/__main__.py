"""Trains the heads anew: `make kinds FOLDER=…`, a folder as `renderer.sight.training.labels` describes."""

import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from renderer.sight.features import places
from renderer.sight.heads import KINDS_FILE, NEARNESS_FILE, Head, chances_by, nearness_by, read_head, write_head
from renderer.sight.training.fitting import fitted_to_kinds, fitted_to_nearness
from renderer.sight.training.labels import Labelled, read_labelled
from renderer.sight.training.scores import Score, score_of, summed_up
from renderer.sight.training.views import Lesson, lessons
from renderer.sight.trunk import Trunk

FOLDS = 5


def main() -> None:
    """Train on all the folder's pictures, and say how well the same training does on pictures it was not shown.

    Where too few of them say what is near and far, the head of nearness stays as it is.
    """
    if len(sys.argv) != 2:
        raise SystemExit("say which folder has the pictures and their labels.json: make kinds FOLDER=…")
    try:
        pictures = read_labelled(Path(sys.argv[1]))
    except (OSError, ValueError) as error:
        raise SystemExit(f"the folder cannot be learnt from: {error}") from None
    if len(pictures) < FOLDS:
        raise SystemExit(f"{len(pictures)} pictures are too few to learn from: label {FOLDS} or more")
    trunk = Trunk()
    shown = [list(lessons(trunk, picture, number)) for number, picture in enumerate(pictures)]
    print(summed_up(cross_validated(trunk, pictures, shown)), flush=True)
    kinds, nearness = fitted(shown)
    write_head(kinds, KINDS_FILE)
    write_head(nearness, NEARNESS_FILE)
    for file in (KINDS_FILE, NEARNESS_FILE):
        print(f"{file.name}: sha256 {sha256(file.read_bytes()).hexdigest()}, which goes into renderer/sight/heads.py")
    print(f"kinds: learnt from {len(pictures)} pictures")


def fitted(shown: Sequence[Sequence[Lesson]]) -> tuple[Head, Head]:
    """Fit both heads, of kinds and of nearness."""
    kinds = fitted_to_kinds([[lesson.kinds for lesson in lessons] for lessons in shown])
    nearness = [[lesson.nearness for lesson in lessons if len(lesson.nearness.answers)] for lessons in shown]
    if sum(map(bool, nearness)) < FOLDS:
        return kinds, read_head(NEARNESS_FILE.read_bytes())
    return kinds, fitted_to_nearness(nearness)


def cross_validated(trunk: Trunk, pictures: Sequence[Labelled], shown: Sequence[Sequence[Lesson]]) -> list[Score]:
    """Judge each picture by heads that were trained without it: five times, each without a fifth of them."""
    fold = np.random.default_rng(0).permutation(len(pictures)) % FOLDS
    found: list[Score] = []
    for held_out in range(FOLDS):
        heads = fitted([each for each, place in zip(shown, fold, strict=True) if place != held_out])
        judged = [picture for picture, place in zip(pictures, fold, strict=True) if place == held_out]
        found += [_judged(trunk, *heads, picture) for picture in judged]
    return found


def _judged(trunk: Trunk, kinds: Head, nearness: Head, picture: Labelled) -> Score:
    features = places(trunk, picture.image)
    return score_of(picture, chances_by(kinds, features), nearness_by(nearness, features))


if __name__ == "__main__":
    main()
