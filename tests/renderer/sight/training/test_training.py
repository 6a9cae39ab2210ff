"""A head learns from outlined pictures what is where in others."""

import json

import cv2
import numpy as np
import pytest

from renderer.sight.heads import NEARNESS_FILE, chances_by, nearness_by, read_head
from renderer.sight.training.__main__ import fitted
from renderer.sight.training.fitting import fitted_to_kinds, fitted_to_nearness
from renderer.sight.training.labels import outlined, read_labelled
from renderer.sight.training.scores import score_of, summed_up
from renderer.sight.training.views import Lesson, View, on_grid
from tests.renderer.scenery import landscape

UPPER, LOWER = [[0, 0], [1, 0], [1, 0.5], [0, 0.5]], [[0, 0.5], [1, 0.5], [1, 1], [0, 1]]
LABEL = {"sky": [UPPER], "plants": [LOWER], "depth": [[0, UPPER], [3, LOWER]]}


@pytest.fixture
def labelled(tmp_path):
    cv2.imwrite(str(tmp_path / "view.png"), landscape(240, 360))
    (tmp_path / "labels.json").write_text(json.dumps({"view.png": LABEL, "plan.png": {"paper": True}}))
    return read_labelled(tmp_path)


def test_a_folder_is_read_without_its_drawings(labelled):
    (picture,) = labelled
    assert picture.image.shape == (480, 720, 3)
    assert (picture.kinds[:230] == 1).all()
    assert (picture.kinds[250:] == 3).all()
    assert picture.known.all()
    assert np.nanmin(picture.levels) == 0
    assert np.nanmax(picture.levels) == 3
    assert np.isnan(picture.levels).any()  # where the two meet


def test_a_picture_that_is_missing_is_named(tmp_path):
    (tmp_path / "labels.json").write_text(json.dumps({"gone.png": LABEL}))
    with pytest.raises(FileNotFoundError, match=r"gone\.png"):
        read_labelled(tmp_path)


def test_stalks_are_plants_and_what_is_unsure_is_not_learnt_from():
    stalk, corner = [[0.4, 0], [0.5, 0], [0.5, 0.5], [0.4, 0.5]], [[0, 0], [0.2, 0], [0.2, 0.2], [0, 0.2]]
    kinds, known = outlined({**LABEL, "stalks": [stalk], "unsure": [corner]}, 100, 100)
    assert (kinds[10:40, 42:48] == 3).all()
    assert not known[2:18, 2:18].any()
    assert known[30:].all()


def test_where_all_is_unsure_only_what_is_outlined_is_known():
    whole = [[0, 0], [1, 0], [1, 1], [0, 1]]
    _, known = outlined({"sky": [UPPER], "nots": [[[0, 0.9], [1, 0.9], [1, 1], [0, 1]]], "unsure": [whole]}, 100, 100)
    assert known[:45].all()
    assert not known[55:85].any()
    assert known[92:].all()


def test_a_mirrored_view_has_mirrored_kinds(labelled):
    (picture,) = labelled
    picture.kinds[:, :360] = 0
    shares, _ = on_grid(picture, 10, 20, mirrored=True)
    assert shares[0, :9, 1].min() == 1
    assert shares[0, 11:, 1].max() == 0


def rows(seed):
    """Places whose first feature says their kind, and whose second how near they are."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(200, 8)).astype(np.float32)
    kinds = np.eye(4, dtype=np.float32)[np.digitize(features[:, 0], (-0.7, 0, 0.7))]
    return features, kinds, np.clip(2 + 1.5 * features[:, 1:2], 0, 4).astype(np.float32)


def test_heads_learn_what_they_are_shown():
    shown = [rows(seed) for seed in range(4)]
    kinds = fitted_to_kinds([[View(features=features, answers=answers)] for features, answers, _ in shown])
    nearness = fitted_to_nearness([[View(features=features, answers=levels)] for features, _, levels in shown])
    features, answers, levels = rows(9)
    said = chances_by(kinds, features[None])[0].argmax(axis=1)
    assert (said == answers.argmax(axis=1)).mean() > 0.75
    assert np.corrcoef(nearness_by(nearness, features[None])[0], levels[:, 0])[0, 1] > 0.85


def test_where_nobody_said_what_is_near_the_head_of_nearness_stays_as_it_is():
    features, answers, levels = rows(0)
    unsaid = View(features=features[:0], answers=levels[:0])
    shown = [[Lesson(kinds=View(features=features, answers=answers), nearness=unsaid)]] * 6
    kinds, nearness = fitted(shown)
    assert len(kinds.mean) == features.shape[1]
    assert nearness.mean.equal(read_head(NEARNESS_FILE.read_bytes()).mean)


def test_a_score_counts_overlap_false_claims_and_pairs_in_order(labelled):
    (picture,) = labelled
    chances, nearness = np.zeros((6, 8, 4), np.float32), np.zeros((6, 8), np.float32)
    chances[:3, :, 1] = chances[3:, :, 2] = 1  # water, where plants are
    nearness[3:] = 1
    score = score_of(picture, chances, nearness)
    assert score.overlap["sky"] > 0.95
    assert score.overlap["plants"] == 0
    assert score.claimed["water"] == pytest.approx(0.5, abs=0.02)
    assert score.ordered > 0.98
    assert "water: overlap 0.00 on 0 pictures that have it, 0.5" in summed_up([score])
