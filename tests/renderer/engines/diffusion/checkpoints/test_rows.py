"""The table of models is consistent in itself; what the pipelines say to it is asked in test_loading."""

import pytest

from renderer.contract.shot import Anchor
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import DRAFT, FINISH, Family, Given

rows = pytest.mark.parametrize("spec", MODELS.values(), ids=list(MODELS))


@rows
def test_a_row_goes_by_its_own_id(spec):
    assert MODELS[spec.id] is spec


@rows
def test_sizes_can_be_made_and_the_smallest_comes_first(spec):
    assert all(side % spec.multiple == 0 for size in spec.sizes for side in size)
    assert all(short <= long for short, long in spec.sizes)
    assert list(spec.sizes) == sorted(spec.sizes)


@rows
def test_the_most_frames_follow_the_rule(spec):
    assert (spec.frames.most - 1) % spec.frames.step == 0
    assert spec.frames.at_least(spec.frames.most + 1) == spec.frames.most


@rows
def test_each_expert_has_its_guidance(spec):
    assert all(len(profile.guidance) == len(spec.experts) for profile in spec.profiles.values())


@rows
def test_every_model_can_be_run_in_full_and_drafts_are_quicker(spec):
    assert FINISH in spec.profiles
    if DRAFT in spec.profiles:
        draft = spec.profiles[DRAFT]
        assert draft.steps < spec.profiles[FINISH].steps
        assert draft.loras or draft.repo
        assert set(draft.guidance) == {1.0}  # all that we know were taught to do without


@rows
def test_a_list_of_times_is_as_long_as_the_steps(spec):
    for profile in spec.profiles.values():
        for name in {"sigmas", "timesteps"} & set(profile.options):
            assert len(profile.options[name]) == profile.steps


@rows
def test_low_rank_weights_are_for_a_network_that_denoises(spec):
    assert all(lora.component in spec.experts for profile in spec.profiles.values() for lora in profile.loras)


@rows
def test_memory_with_all_means_is_less_than_without(spec):
    assert all(0 < profile.least_vram_gb < profile.vram_gb for profile in spec.profiles.values())


@rows
def test_a_licence_says_what_it_asks(spec):
    assert spec.duty.endswith(".")
    assert ("$1" in spec.duty) == (spec.licence != "Apache-2.0")


def test_only_models_that_take_a_last_frame_alone_can_be_anchored_there():
    """Wan's image-to-video pipelines need a first one, and the small one ignores the last."""
    last = {spec.id for spec in MODELS.values() if Anchor.LAST in spec.abilities.anchors}
    assert last == {"wan2.1-vace-1.3b", "wan2.1-vace-14b", "ltx-video", "ltx-2"}
    assert MODELS["wan2.2-ti2v-5b"].given == {Given.FIRST}
    assert MODELS["wan2.1-flf2v-14b"].given == {Given.BOTH}


def test_only_svd_goes_without_words():
    assert {spec.id for spec in MODELS.values() if not spec.prompt} == {"svd-xt"}
    assert MODELS["svd-xt"].family is Family.SVD
