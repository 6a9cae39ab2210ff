"""From a row or a folder to a pipeline, by the road that real weights take; the weights here are tiny and random."""

import inspect
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from renderer import engines
from renderer.contract.errors import BadModelError, MissingPackageError
from renderer.engines import open_engine
from renderer.engines.diffusion.checkpoints.checkpoint import recognise
from renderer.engines.diffusion.checkpoints.finding import find
from renderer.engines.diffusion.checkpoints.loading import PIPELINES, load
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.schedule import check_schedule
from renderer.engines.diffusion.checkpoints.spec import Family, Given, Lora
from renderer.engines.diffusion.families import ARGUMENTS, Ask
from renderer.engines.diffusion.language import Said
from renderer.engines.engine import Models, Tuning
from tests.renderer import tiny

pytestmark = pytest.mark.usefixtures("one_thread")

NOISE = 1e-5  # between an object and its copy from disk: other memory layouts sum in another order
TI2V, A14B, FLF2V, SVD = "wan2.2-ti2v-5b", "wan2.2-i2v-a14b", "wan2.1-flf2v-14b", "svd-xt"
every_row = pytest.mark.parametrize("row", list(MODELS))


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A function from a row to its folder, which is only read."""
    folders = {}

    def folder(row):
        if row not in folders:
            folders[row] = tiny.save(row, tmp_path_factory.mktemp(row))
        return folders[row]

    return folder


@pytest.fixture
def copied(saved, tmp_path):
    """A function from a row to a folder of the test's own."""

    def folder(row):
        return Path(shutil.copytree(saved(row), tmp_path / "mine"))

    return folder


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """A local cache that is empty: a function from a repository to the folder of what was fetched of it."""
    from huggingface_hub import constants  # noqa: PLC0415

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))

    def fetched(repo):
        home = tmp_path / "hub" / f"models--{repo.replace('/', '--')}"
        (home / "refs").mkdir(parents=True)
        (home / "refs" / "main").write_text("c0ffee")
        return home / "snapshots" / "c0ffee"

    return fetched


def frames(loaded, pipe=None):
    """A call as the engine makes it, of a loaded pipeline or of another in its place."""
    spec, profile = loaded.spec, loaded.profile
    height, width = spec.sizes[0]
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 255, (height, width, 3), np.uint8))
    options = {name: list(value) if isinstance(value, tuple) else value for name, value in loaded.options.items()}
    ask = Ask(
        height=height,
        width=width,
        frames=spec.frames.step + 1,
        fps=spec.fps,
        first=(picture,),
        last=(picture,) if spec.given == {Given.BOTH} else (),
        said=Said(prompt="the camera pans left", negative="blurry") if spec.prompt else Said(),
        steps=profile.steps,
        guidance=profile.guidance,
        generator=torch.Generator().manual_seed(0),
        options=options,
    )
    return np.asarray((pipe or loaded.pipe)(**ARGUMENTS[spec.family](ask)).frames[0])


def original(loaded, row):
    """The pipeline that was saved, set as the profile says."""
    pipe = tiny.build(row)
    pipe.set_progress_bar_config(disable=True)
    pipe.scheduler = pipe.scheduler.from_config(pipe.scheduler.config, **loaded.profile.scheduler)
    return pipe


def refusal(setting):
    with pytest.raises(BadModelError) as refused:
        load(str(setting), Tuning())
    return str(refused.value.data["why"])


def edit(folder, **changes):
    """Change the folder's `unstill.json`; None takes a field away."""
    said = json.loads((folder / "unstill.json").read_text()) | changes
    (folder / "unstill.json").write_text(json.dumps({k: v for k, v in said.items() if v is not None}))
    return folder


@every_row
def test_a_saved_pipeline_comes_back_and_makes_the_same_frames(row, saved):
    loaded = load(str(saved(row)), Tuning())
    assert type(loaded.pipe).__name__ == MODELS[row].pipeline
    made = frames(loaded)
    assert made.shape == (loaded.spec.frames.step + 1, *loaded.spec.sizes[0], 3)
    assert made.std() > 0.01
    assert np.abs(made - frames(loaded, original(loaded, row))).max() <= NOISE


@every_row
def test_the_same_row_gives_the_same_bytes(row, saved, tmp_path):
    again = tiny.save(row, tmp_path)
    files = [path.relative_to(again) for path in again.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert all((again / file).read_bytes() == (saved(row) / file).read_bytes() for file in files)


@every_row
def test_options_and_settings_of_a_row_are_known_to_its_pipeline(row, saved):
    """What a call does not know breaks it; what a scheduler does not know, it ignores."""
    spec = MODELS[row]
    known = inspect.signature(PIPELINES[spec.pipeline].__call__).parameters
    scheduler = json.loads((saved(row) / "scheduler" / "scheduler_config.json").read_text())
    for profile in spec.profiles.values():
        assert set(spec.options) | set(profile.options) <= set(known)
        assert set(profile.scheduler) <= set(scheduler)


@every_row
def test_a_folder_is_recognised_by_what_is_in_it(row, copied):
    folder = copied(row)
    (folder / "unstill.json").unlink()
    if row == "wan2.1-vace-14b":  # the only thing that sets it apart
        config = folder / "transformer" / "config.json"
        config.write_text(json.dumps(json.loads(config.read_text()) | {"num_layers": 40}))
    assert recognise(folder, "mine") is MODELS[row]


def test_an_index_that_names_the_pipeline_for_words_alone_is_understood(copied):
    """That of Wan2.2-TI2V-5B does."""
    folder = copied(TI2V)
    index = folder / "model_index.json"
    index.write_text(index.read_text().replace("WanImageToVideoPipeline", "WanPipeline"))
    assert type(load(str(folder), Tuning()).pipe).__name__ == "WanImageToVideoPipeline"


def test_a_pipeline_for_words_alone_is_refused(copied):
    folder = copied(A14B)
    (folder / "unstill.json").unlink()
    index = folder / "model_index.json"
    index.write_text(index.read_text().replace("WanImageToVideoPipeline", "WanPipeline"))
    assert refusal(folder).startswith("no row is for a WanPipeline with such networks; there are: wan2.2-ti2v-5b, ")


def test_loading_is_silent_and_so_is_the_pipeline(saved, capfd):
    loaded = load(str(saved(TI2V)), Tuning())
    frames(loaded)
    assert capfd.readouterr() == ("", "")


def test_what_is_loaded_says_how_it_is_called_and_what_made_it(saved):
    tuning = Tuning(vram_gb=8)
    loaded = load(f"{saved(A14B)}/", tuning)
    assert loaded.name == saved(A14B).name
    assert (loaded.profile_name, loaded.profile.steps, loaded.tuning) == ("finish", tiny.STEPS, tuning)
    assert loaded.experts == (loaded.pipe.transformer, loaded.pipe.transformer_2)
    assert loaded.maker.startswith("diffusers ")
    assert torch.__version__ in loaded.maker


def test_a_profiles_scheduler_is_set(saved):
    assert load(str(saved("wan2.1-vace-1.3b")), Tuning()).pipe.scheduler.config["flow_shift"] == 16


def test_a_scheduler_that_would_ignore_a_setting_is_refused(copied):
    folder = edit(copied(TI2V), profiles={"finish": {"scheduler": {"haste": 2}}})
    assert refusal(folder) == "its scheduler, UniPCMultistepScheduler, knows no haste"


@pytest.mark.parametrize(
    ("row", "profile", "why"),
    [
        ("wan2.1-vace-1.3b", {"steps": 64}, "of the times of its 64 steps, those of 1 and 2 do not fall; "),
        ("ltx-video", {"options": {"timesteps": [1000, 725, 725]}}, "of the times of its 3 steps, those of 2 and 3 "),
        ("ltx-2", {"options": {"sigmas": [0.5, 0.9]}}, "of the times of its 2 steps, those of 1 and 2 do not fall; "),
    ],
)
def test_times_that_do_not_fall_are_refused_before_they_fail_a_take_at_its_last_step(row, profile, why, copied):
    """UniPC rounds: with Wan 2.1's shift of 16 the first two of 64 times are 999 both."""
    assert refusal(edit(copied(row), profiles={"finish": profile})).startswith(why)


def test_a_scheduler_that_a_pipeline_cannot_set_is_refused():
    scheduler = tiny.build(TI2V).scheduler
    with pytest.raises(BadModelError, match=r"its scheduler has no times for 8 steps: .*unexpected keyword"):
        check_schedule(scheduler, Family.LTX, 8, {"timesteps": (1000, 500)}, "mine")


def test_a_folder_says_what_is_otherwise_than_in_its_row(copied):
    folder = edit(copied(TI2V), fps=5, options={"max_sequence_length": 64}, profiles={"finish": {"guidance": [2]}})
    found = find(str(folder))
    assert (found.spec.fps, found.spec.options, found.profile.guidance) == (5, {"max_sequence_length": 64}, (2,))
    assert found.profile.steps == MODELS[TI2V].profiles["finish"].steps
    assert found.spec.licence == MODELS[TI2V].licence


def test_a_folder_may_have_a_draft_that_its_row_lacks(copied):
    folder = edit(copied(TI2V), profiles={"draft": {"steps": 3, "guidance": [1]}})
    profile = find(f"{folder}:draft").profile
    assert (profile.steps, profile.guidance, profile.scheduler) == (3, (1,), {"flow_shift": 5.0})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"family": "svd"}, "its unstill.json may not change family"),
        ({"row": "wan3"}, f"its unstill.json names the row wan3; there are: {', '.join(MODELS)}"),
        ({"row": "ltx-video"}, "it holds a WanImageToVideoPipeline, and the row ltx-video is a LTXConditionPipeline"),
        ({"fps": "fast"}, "its unstill.json is not valid at fps: "),
        ({"speed": 2}, "its unstill.json is not valid at speed: "),
        ({"profiles": {"finish": {"steps": 0}}}, "its unstill.json is not valid at profiles.finish.steps: "),
    ],
)
def test_an_unstill_json_that_cannot_be_is_refused(changes, why, copied):
    assert refusal(edit(copied(TI2V), **changes)).startswith(why)


def layers(part, field, count):
    """Another number of layers in the config.json than the weights have."""

    def edit(folder):
        path = folder / part / "config.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {field: count}))

    return edit


def unlink(*names):
    def edit(folder):
        for name in names:
            (folder / name).unlink()

    return edit


def write(name, content):
    return lambda folder: (folder / name).write_text(content)


def pickle(folder):
    weights = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))


def shards(folder):
    """An index of several files, of which one is missing."""
    (folder / "vae" / "diffusion_pytorch_model.safetensors").rename(folder / "vae" / "one.safetensors")
    index = {"weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}
    (folder / "vae" / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps(index))


def other_weights(part, file):
    """One tensor less, in whose place the libraries would put random numbers."""

    def edit(folder):
        tensors = load_file(folder / part / file)
        del tensors[min(tensors)]
        save_file(tensors, folder / part / file, metadata={"format": "pt"})

    return edit


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (unlink("model_index.json"), "it has no model_index.json, so it is not in diffusers' layout"),
        (write("model_index.json", "{"), "its model_index.json is not JSON"),
        (write("model_index.json", "[]"), "its model_index.json is not a JSON object"),
        (write("model_index.json", '{"_class_name": ["mine", "Mine"]}'), "it holds a ['mine', 'Mine'], and the row"),
        (write("unstill.json", "{"), "its unstill.json is not JSON"),
        (lambda folder: shutil.rmtree(folder / "vae"), "it has no vae"),
        (unlink("tokenizer/tokenizer.json"), "its tokenizer has no vocabulary"),
        (unlink("transformer/diffusion_pytorch_model.safetensors"), "its transformer has no weights"),
        (pickle, "its transformer has only pickles, which are not opened: save it as safetensors"),
        (shards, "its vae has no two.safetensors"),
        (unlink("scheduler/scheduler_config.json"), "its files make no WanImageToVideoPipeline: "),
        (write("transformer/diffusion_pytorch_model.safetensors", "torn"), "its files make no WanImageToVideoPip"),
        (other_weights("text_encoder", "model.safetensors"), "its weights are not those of the networks in its"),
        (
            layers("transformer", "num_layers", 1),
            "its transformer has fewer layers by its config.json than by its weights: nothing uses blocks.1.",
        ),
        (layers("transformer", "num_layers", 3), "its weights are not those of the networks in its"),
        (
            layers("text_encoder", "num_layers", 1),
            "its text_encoder has fewer layers by its config.json than by its weights: nothing uses encoder.block.1.",
        ),
        (
            other_weights("transformer", "diffusion_pytorch_model.safetensors"),
            "its weights are not those of the networks in its",
        ),
    ],
)
def test_a_folder_that_is_not_whole_is_refused_with_what_it_lacks(spoil, why, copied):
    folder = copied(TI2V)
    spoil(folder)
    assert refusal(folder).startswith(why)


def test_a_later_ltx_2_is_not_taken_for_the_first(copied):
    """It would be called with options that are not for it."""
    folder = copied("ltx-2")
    (folder / "unstill.json").unlink()
    config = folder / "connectors" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"per_modality_projections": True}))
    assert refusal(folder).startswith("no row is for a LTX2ConditionPipeline with such networks")


def test_a_pipeline_that_no_row_is_for_is_refused(copied):
    folder = copied(SVD)
    (folder / "unstill.json").unlink()
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "CogVideoXImageToVideoPipeline"}))
    why = refusal(folder)
    assert why.startswith("its pipeline, CogVideoXImageToVideoPipeline, is none of ")
    assert "StableVideoDiffusionPipeline" in why


def test_a_name_that_is_nothing_lists_the_choices():
    assert refusal("wan9") == f"it is no folder, and no row; there are: {', '.join(MODELS)}"
    assert refusal("") == f"set UNSTILL_MODEL to a folder or one of {', '.join(MODELS)}"


def test_a_draft_adds_its_low_rank_weights_to_both_experts_and_changes_the_frames(copied):
    folder = copied(A14B)
    tiny.save_lora(A14B, folder)
    plain, draft = load(str(folder), Tuning()), load(f"{folder}:draft", Tuning())
    assert draft.name == "mine:draft"
    for whole, fused in zip(plain.experts, draft.experts, strict=True):
        before, after = whole.state_dict(), fused.state_dict()
        assert list(before) == list(after)  # nothing is left beside the weights
        changed = {name.split(".")[-2] for name in before if not torch.equal(before[name], after[name])}
        assert changed == {"to_q", "to_v"}
    assert np.abs(frames(draft) - frames(draft, original(plain, A14B))).max() > 1e-3


def test_a_draft_of_ltx_2_runs_through_its_own_times(copied):
    folder = copied("ltx-2")
    tiny.save_lora("ltx-2", folder)
    draft = load(f"{folder}:draft", Tuning())
    frames(draft)
    assert draft.pipe.scheduler.sigmas.tolist() == pytest.approx([1.0, 0.725, 0.0])


def test_a_draft_of_ltx_video_runs_through_its_own_times(saved):
    """The folder is the distilled weights: its profile only says how they are run."""
    draft = load(f"{saved('ltx-video')}:draft", Tuning())
    frames(draft)
    assert draft.pipe.scheduler.timesteps.tolist() == [1000, 725]


def test_low_rank_weights_for_something_else_are_refused(copied):
    """Diffusers only warns of them."""
    folder = copied(A14B)
    for file in tiny.save_lora(A14B, folder):
        tensors = {name.replace("transformer.", "unet."): tensor for name, tensor in load_file(file).items()}
        save_file(tensors, file, metadata={"format": "pt"})
    name = MODELS[A14B].profiles["draft"].loras[0].file
    assert refusal(f"{folder}:draft") == f"{name} has nothing for its transformer"


def test_low_rank_weights_of_another_model_are_refused(copied):
    folder = copied(A14B)
    first = MODELS[A14B].profiles["draft"].loras[0]
    tiny.save_lora(A14B, folder)
    tiny.write_lora(tiny.build("ltx-video"), Lora(repo="", file=first.file), folder)
    assert refusal(f"{folder}:draft").startswith(f"{first.file} does not fit: ")


def test_a_folder_without_its_drafts_weights_is_refused(saved):
    name = MODELS[A14B].profiles["draft"].loras[0].file
    assert refusal(f"{saved(A14B)}:draft") == f"it has no {name}, which its draft profile needs"
    assert refusal(f"{saved(TI2V)}:draft") == "it has no draft profile, only finish"


def test_a_row_is_found_in_the_local_cache(saved, hub):
    shutil.copytree(saved(TI2V), hub(MODELS[TI2V].repo))
    loaded = load(TI2V, Tuning())
    assert (loaded.name, loaded.spec) == (TI2V, MODELS[TI2V])


def test_a_row_that_is_not_fetched_says_how_to(hub):
    assert refusal(f"{A14B}:draft") == (
        f"it is not in the local cache: `python -m renderer fetch {A14B}:draft` brings it"
    )


def test_a_row_that_is_fetched_in_part_says_how_to_go_on(saved, hub):
    folder = Path(shutil.copytree(saved(A14B), hub(MODELS[A14B].repo)))
    assert refusal(f"{A14B}:draft").endswith(
        f"high_noise_model.safetensors is not in the local cache: `python -m renderer fetch {A14B}:draft` brings it"
    )
    shutil.rmtree(folder / "vae")
    assert refusal(A14B) == f"it has no vae: `python -m renderer fetch {A14B}` brings it"


def test_a_draft_of_whole_other_weights_is_found_under_their_own_name(saved, hub):
    shutil.copytree(saved("ltx-video"), hub(MODELS["ltx-video"].profiles["draft"].repo))
    assert find("ltx-video:draft").profile_name == "draft"
    assert "not in the local cache" in refusal("ltx-video")


def test_weights_in_half_precision_are_enough(hub):
    """SVD's repository has both; only these are fetched."""
    folder = hub(MODELS[SVD].repo)
    tiny.build(SVD).save_pretrained(folder, variant="fp16")
    loaded = load(SVD, Tuning())
    assert loaded.pipe.unet.dtype is torch.float32  # on a processor


def test_a_missing_package_is_named_before_anything_is_loaded(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda package: None if package == "ftfy" else object())
    with pytest.raises(MissingPackageError) as refused:
        open_engine("diffusion", Models(video=TI2V))
    assert refused.value.data == {"engine": "diffusion", "package": "ftfy"}
