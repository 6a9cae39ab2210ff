"""A depth network from a folder or the cache: what it says, and the sentence where it cannot be used."""

import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from renderer.cli.refusals import complaint
from renderer.contract.errors import BadModelError
from renderer.settings import DEPTH_MODEL
from renderer.sight.depth_model import find_depth_model, stretched
from tests.renderer.scenery import landscape


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A Depth Anything of a few thousand random weights."""
    from transformers import (  # noqa: PLC0415  seconds, and only for these tests
        DepthAnythingConfig,
        DepthAnythingForDepthEstimation,
        Dinov2Config,
        DPTImageProcessor,
    )

    torch.manual_seed(3)
    backbone = Dinov2Config(
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        mlp_ratio=2,
        image_size=70,
        patch_size=14,
        out_features=["stage1", "stage2", "stage3", "stage4"],
        reshape_hidden_states=False,
        apply_layernorm=True,
    )
    config = DepthAnythingConfig(
        backbone_config=backbone,
        reassemble_hidden_size=16,
        neck_hidden_sizes=[8, 8, 8, 8],
        fusion_hidden_size=8,
        head_hidden_size=4,
    )
    folder = tmp_path_factory.mktemp("models") / "tiny depth"
    model = DepthAnythingForDepthEstimation(config)
    with torch.no_grad():
        for weights in model.head.parameters():
            weights.normal_(0, 0.5)
        model.head.conv3.bias.fill_(3)  # it ends in a ReLU, that would cut everything off
    model.save_pretrained(folder)
    DPTImageProcessor(size={"height": 70, "width": 70}, keep_aspect_ratio=True, ensure_multiple_of=14).save_pretrained(
        folder
    )
    return folder


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    return tmp_path


def test_a_folder_with_a_network_tells_disparity(folder):
    still = landscape(100, 150)
    model = find_depth_model(str(folder))
    disparity = model.disparity(still)
    assert disparity.dtype == np.float32
    assert disparity.shape[1] / disparity.shape[0] == pytest.approx(1.5, abs=0.15)
    assert (disparity.min(), disparity.max()) == (0, 1)
    np.testing.assert_array_equal(model.disparity(still), disparity)


def test_a_network_that_tells_metres_is_turned_into_disparity(folder, tmp_path):
    """The same weights, declared to tell metres, order the picture the other way round."""
    metric = tmp_path / "metric"
    metric.mkdir()
    for part in folder.iterdir():
        (metric / part.name).write_bytes(part.read_bytes())
    config = json.loads((folder / "config.json").read_text()) | {"depth_estimation_type": "metric", "max_depth": 20}
    (metric / "config.json").write_text(json.dumps(config))
    still = landscape(100, 150)
    relative, inverted = find_depth_model(str(folder)).disparity(still), find_depth_model(str(metric)).disparity(still)
    assert np.corrcoef(relative.ravel(), inverted.ravel())[0, 1] < -0.5


def test_no_name_means_no_model():
    assert find_depth_model("") is None


def test_the_default_is_not_missed_where_it_was_not_fetched(empty_cache):
    assert find_depth_model(DEPTH_MODEL) is None


@pytest.mark.parametrize("name", ["somebody/depth", "/no/such/folder", "a/b/c", "???"])
def test_any_other_that_is_not_there_is_an_error(name, empty_cache):
    with pytest.raises(BadModelError) as caught:
        find_depth_model(name)
    assert complaint(caught.value).startswith(f"the model {name} cannot be used: it is no folder")


@pytest.mark.parametrize("part", ["config.json", "preprocessor_config.json", "model.safetensors"])
def test_a_folder_that_lacks_a_part_is_an_error(folder, tmp_path, part):
    for file in folder.iterdir():
        if file.name != part:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    with pytest.raises(BadModelError, match=f"it has no {part}"):
        find_depth_model(str(tmp_path))


@pytest.mark.parametrize(
    ("part", "content"),
    [("config.json", b'{"model_type": "bert"}'), ("config.json", b"not json"), ("model.safetensors", b"not weights")],
)
def test_a_folder_whose_files_make_no_network_is_an_error(folder, tmp_path, part, content):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(content if file.name == part else file.read_bytes())
    model = find_depth_model(str(tmp_path))
    with pytest.raises(BadModelError) as caught:
        model.disparity(landscape(100, 150))
    assert "\n" not in complaint(caught.value)


def test_weights_that_do_not_fit_are_an_error(folder, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    save_file({"other": torch.zeros(2)}, tmp_path / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BadModelError, match="weights"):
        find_depth_model(str(tmp_path)).disparity(landscape(100, 150))


def test_one_distance_everywhere_is_in_the_middle():
    assert (stretched(np.full((4, 6), 7.0, np.float32)) == 0.5).all()
