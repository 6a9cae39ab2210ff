"""An image classifier says what is unsafe; the bot's policy says what becomes of it."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from renderer.cli.refusals import complaint
from renderer.clips.safety import SAMPLES, THRESHOLD, find_safety_model, sampled
from renderer.clips.studio import Studio
from renderer.contract.errors import BadModelError, UnsafeError
from renderer.contract.job import Place, Policy
from renderer.contract.redis_keys import clip_key
from renderer.contract.shot import FPS, Beat, Shot
from renderer.engines import ENGINES
from renderer.engines.bars import Bars
from renderer.engines.engine import CallSheet, Models
from renderer.programs.canonical import canonical
from tests.pictures import encoded

SIDE = 16
RED, GREY, BLUE = (230, 20, 20), (128, 128, 128), (20, 20, 230)
PARTS = ["config.json", "preprocessor_config.json", "model.safetensors"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A vision transformer of one block that finds red pictures unsafe.

    Its one patch carries the picture's mean red minus blue beside two constants, so that the norms keep how much it is;
    attention hands that to the class token, the perceptron adds nothing, and the head reads it.
    """
    from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessor  # noqa: PLC0415  seconds

    config = ViTConfig(
        hidden_size=4,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=4,
        image_size=SIDE,
        patch_size=SIDE,
        id2label={0: "normal", 1: "nsfw"},
        label2id={"normal": 0, "nsfw": 1},
    )
    model = ViTForImageClassification(config)
    with torch.no_grad():
        for weights in model.vit.parameters():
            weights.zero_()
        patches, layer = model.vit.embeddings.patch_embeddings.projection, model.vit.layers[0]
        patches.weight[0] = torch.tensor([1.0, 0, -1]).reshape(3, 1, 1) / SIDE**2
        patches.bias[:] = torch.tensor([0.0, 3, -3, 0])
        for projection in (layer.attention.v_proj, layer.attention.o_proj):
            projection.weight.copy_(torch.eye(4))
        for norm in (layer.layernorm_before, layer.layernorm_after, model.vit.layernorm):
            norm.weight.fill_(1)
        model.classifier.weight.copy_(torch.tensor([[0.0, 0, 0, 0], [12, 0, 0, 0]]))
        model.classifier.bias.copy_(torch.tensor([0.0, -3]))
    folder = tmp_path_factory.mktemp("models") / "tiny safety"
    model.save_pretrained(folder)
    ViTImageProcessor(size={"height": SIDE, "width": SIDE}).save_pretrained(folder)
    return folder


@pytest.fixture
def checker(folder):
    return find_safety_model(str(folder))


@pytest.fixture
def copy(folder, tmp_path):
    """The folder again, to be spoilt."""
    return shutil.copytree(folder, tmp_path / "copy")


def plain(colour, height=96, width=128):
    return np.full((height, width, 3), colour, np.uint8)


def relabel(folder, labels, **fields):
    config = json.loads((folder / "config.json").read_text()) | fields
    config["id2label"] = dict(enumerate(labels))
    config["label2id"] = {label: index for index, label in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps(config))


def test_what_is_unsafe_scores_high(checker):
    assert checker.check([plain(RED)]) > 0.9
    assert checker.check([plain(GREY)]) < 0.1


def test_the_worst_frame_counts(checker):
    red = checker.check([plain(RED)])
    assert checker.check([plain(GREY), plain(RED), plain(BLUE)]) == pytest.approx(red, abs=1e-6)  # another batch


def test_the_unsafe_labels_are_found_by_name_not_by_place(copy, checker):
    relabel(copy, ["NSFW", "sfw"])
    mirrored = find_safety_model(str(copy))
    for colour in (RED, GREY):
        assert mirrored.check([plain(colour)]) == pytest.approx(1 - checker.check([plain(colour)]), abs=1e-6)


def test_the_probabilities_of_several_unsafe_labels_add_up(copy, checker):
    """Three labels with the same logit each take a third where two take a half."""
    weights = load_file(copy / "model.safetensors")
    for name in ("classifier.weight", "classifier.bias"):
        safe, unsafe = weights[name]
        weights[name] = torch.stack([safe, unsafe, unsafe])
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    relabel(copy, ["neutral", "porn", "hentai"])
    odds = checker.check([plain(GREY)]) / (1 - checker.check([plain(GREY)]))
    assert find_safety_model(str(copy)).check([plain(GREY)]) == pytest.approx(2 * odds / (1 + 2 * odds), abs=1e-6)


def test_weights_under_the_names_of_older_transformers_are_read(copy, checker):
    """Most published classifiers were saved by them."""
    older = {
        "vit.layers.": "vit.encoder.layer.",
        "attention.q_proj": "attention.attention.query",
        "attention.k_proj": "attention.attention.key",
        "attention.v_proj": "attention.attention.value",
        "attention.o_proj": "attention.output.dense",
        "mlp.fc1": "intermediate.dense",
        "mlp.fc2": "output.dense",
    }
    weights = load_file(copy / "model.safetensors")
    renamed = {}
    for name, values in weights.items():
        for new, old in older.items():
            name = name.replace(new, old)  # noqa: PLW2901
        renamed[name] = values
    save_file(renamed, copy / "model.safetensors", metadata={"format": "pt"})
    assert find_safety_model(str(copy)).check([plain(RED)]) == checker.check([plain(RED)])


def test_no_name_means_no_model():
    assert find_safety_model("") is None


@pytest.mark.parametrize("name", ["somebody/safety", "/no/such/folder", "???"])
def test_what_is_not_there_is_an_error(name, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(BadModelError) as caught:
        find_safety_model(name)
    assert complaint(caught.value).startswith(f"the model {name} cannot be used: it is no folder")


@pytest.mark.parametrize("part", PARTS)
def test_a_folder_that_lacks_a_part_is_an_error(copy, part):
    (copy / part).unlink()
    with pytest.raises(BadModelError, match=f"it has no {part}"):
        find_safety_model(str(copy))


@pytest.mark.parametrize(("part", "content"), [("config.json", b"not json"), ("model.safetensors", b"not weights")])
def test_a_folder_whose_files_make_no_network_is_an_error(copy, part, content):
    (copy / part).write_bytes(content)
    with pytest.raises(BadModelError) as caught:
        find_safety_model(str(copy))
    assert "\n" not in complaint(caught.value)


def test_weights_that_do_not_fit_are_an_error(copy):
    save_file({"other": torch.zeros(2)}, copy / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BadModelError, match="weights"):
        find_safety_model(str(copy))


@pytest.mark.parametrize("labels", [["cat", "dog"], ["porn", "hentai"]], ids=["none unsafe", "all unsafe"])
def test_labels_that_do_not_tell_unsafe_from_safe_are_an_error(copy, labels):
    relabel(copy, labels)
    with pytest.raises(BadModelError, match=", ".join(labels)):
        find_safety_model(str(copy))


def test_a_network_whose_labels_do_not_exclude_each_other_is_an_error(copy):
    relabel(copy, ["normal", "nsfw"], problem_type="multi_label_classification")
    with pytest.raises(BadModelError, match="several labels"):
        find_safety_model(str(copy))


def test_a_network_that_says_no_number_is_an_error_not_safe(copy):
    weights = load_file(copy / "model.safetensors")
    weights["classifier.bias"] *= torch.nan
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BadModelError, match="no number"):
        find_safety_model(str(copy)).check([plain(GREY)])


@pytest.mark.parametrize("count", [48, 97, 192])
def test_first_middle_and_last_frames_are_among_the_samples(count):
    chosen = sorted(sampled(count))
    assert len(chosen) == SAMPLES <= 8
    assert (chosen[0], chosen[-1]) == (0, count - 1)
    assert (count - 1) / 2 in (chosen[SAMPLES // 2], chosen[SAMPLES // 2] - 0.5, chosen[SAMPLES // 2] + 0.5)
    assert np.ptp(np.diff(chosen)) <= 1


class Blushing(Bars):
    """An engine whose clips turn red about their middle; it overwrites the frame it has given."""

    filmed = 0

    def film(self, shot, still, sheet=None, /):
        self.filmed += 1
        return replace(super().film(shot, still), frames=self.frames(shot, still))

    def frames(self, shot, still):
        frame = still.copy()
        for index in range(shot.frame_count):
            frame[:] = RED if 0.4 < index / shot.frame_count < 0.6 else still
            yield frame


@pytest.fixture
def blushing(monkeypatch):
    engine = Blushing()
    monkeypatch.setitem(ENGINES, "bars", lambda models: engine)
    return engine


def shot(**fields):
    return Shot(still="0" * 64, line=(Beat(mood="", seed=1, seconds=2),), engine="bars", size=96, **fields)


def shoot(folder, colour, policy=Policy.REFUSE):
    studio = Studio(Models(safety=str(folder or "")))
    return studio.shoot(shot(), plain(colour), CallSheet(policy=policy))


def test_an_unsafe_still_is_refused_before_the_engine_works(folder, blushing):
    with pytest.raises(UnsafeError) as caught:
        shoot(folder, RED)
    assert caught.value.data == {"where": "still"}
    assert blushing.filmed == 0
    assert complaint(caught.value) == "the safety model flags the still"


def test_an_unsafe_clip_is_refused(folder, blushing):
    with pytest.raises(UnsafeError) as caught:
        shoot(folder, GREY)
    assert caught.value.data == {"where": "clip"}


def test_by_hand_what_is_unsafe_is_refused():
    assert CallSheet().policy is Policy.REFUSE


@pytest.mark.parametrize("policy", [Policy.ALLOW, Policy.SPOILER])
def test_the_other_policies_let_it_pass_and_say_what_was_found(folder, blushing, policy):
    safety = shoot(folder, GREY, policy).report.safety
    assert (safety.flagged, safety.where, safety.policy) == (True, Place.CLIP, policy)
    assert safety.score > THRESHOLD


def test_the_worst_of_still_and_clip_is_reported(folder):
    """The test pattern's bars are less red than a red still."""
    safety = shoot(folder, RED, Policy.ALLOW).report.safety
    assert (safety.flagged, safety.where) == (True, Place.STILL)


def test_what_is_safe_is_reported_as_such(folder):
    safety = shoot(folder, BLUE).report.safety
    assert not safety.flagged
    assert safety.score < THRESHOLD


def test_frames_pass_unchanged(folder):
    assert shoot(folder, BLUE).mp4 == shoot(None, BLUE).mp4


def test_without_a_model_nothing_is_looked_at(blushing):
    clip = shoot(None, RED)
    assert clip.report.safety is None
    assert clip.report.frames == 2 * FPS


def test_a_bad_safety_model_is_an_error_before_the_engine_loads(tmp_path, blushing):
    with pytest.raises(BadModelError):
        Studio(Models(safety=str(tmp_path))).engine("bars")


def test_a_worker_follows_the_policy_of_each_job(folder, client, start_worker, redis_url):
    start_worker(redis_url, UNSTILL_SAFETY_MODEL=str(folder))
    client.still = canonical(encoded(Image.new("RGB", (128, 96), RED)))
    refused, covered = client.job("refused"), client.job("covered", policy=Policy.SPOILER)
    client.enqueue(refused)
    client.enqueue(covered)
    assert client.result(refused).problem.data == {"where": "still"}
    result = client.result(covered)
    assert (result.report.safety.flagged, result.report.safety.policy) == (True, Policy.SPOILER)
    assert client.redis.exists(clip_key(result.clip))
