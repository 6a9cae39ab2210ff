import pytest
import torch

from renderer.contract.lineage import STRONG, SUBTLE
from renderer.contract.shot import Beat, Nudge
from renderer.engines.diffusion.noise import noise_of, turned

SHAPE = (4, 16, 16, 16)


def drawn(seed=1, nudges=()):
    generator, noise = noise_of(Beat(mood="", seed=seed, nudges=nudges))
    with noise:
        return torch.randn(SHAPE, generator=generator)


def nudge(strength, seed=2):
    return (Nudge(seed=seed, strength=strength),)


def test_the_same_beat_has_the_same_noise():
    assert torch.equal(drawn(nudges=nudge(0.5)), drawn(nudges=nudge(0.5)))
    assert not torch.equal(drawn(seed=1), drawn(seed=3))


def test_without_nudges_the_noise_is_the_seeds_own():
    assert torch.equal(drawn(seed=7), torch.randn(SHAPE, generator=torch.Generator("cpu").manual_seed(7)))


def test_a_nudge_of_full_strength_is_all_new_noise():
    torch.testing.assert_close(drawn(nudges=nudge(1.0)), drawn(seed=2), atol=1e-6, rtol=0)


def test_the_distance_grows_from_subtle_to_strong_to_reroll():
    parent = drawn()
    apart = [(drawn(nudges=nudge(step)) - parent).norm().item() for step in (SUBTLE, STRONG)]
    assert 0 < apart[0] < apart[1] < (drawn(seed=3) - parent).norm().item()


@pytest.mark.parametrize("strength", [0.1, 0.5, 0.9])
def test_turned_noise_is_as_strong_as_any_noise(strength):
    # 16384 independent numbers: their spread is within a hundredth or so of 1.
    assert turned(drawn(), drawn(seed=2), strength).std().item() == pytest.approx(1, abs=0.03)


def test_nudges_follow_one_another():
    chain = (*nudge(0.25, seed=2), *nudge(0.25, seed=3))
    one, two = drawn(nudges=chain[:1]), drawn(nudges=chain)
    assert (two - one).norm() < (two - drawn()).norm()


def test_every_draw_of_a_call_is_turned_and_no_other_generators():
    beat = Beat(mood="", seed=1, nudges=nudge(1.0))
    generator, noise = noise_of(beat)
    stranger = torch.Generator("cpu").manual_seed(9)
    with noise:
        first, second = (torch.randn(8, generator=generator) for _ in range(2))
        other = torch.randn(8, generator=stranger)
    nudged = torch.Generator("cpu").manual_seed(2)
    torch.testing.assert_close(first, torch.randn(8, generator=nudged), atol=1e-6, rtol=0)
    torch.testing.assert_close(second, torch.randn(8, generator=nudged), atol=1e-6, rtol=0)
    assert torch.equal(other, torch.randn(8, generator=torch.Generator("cpu").manual_seed(9)))
