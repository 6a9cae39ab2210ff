"""What was said in vain."""

import pytest

from renderer.contract.shot import Beat
from renderer.meaning.placing import open_meaning
from renderer.mood.unheard import LENGTH, TOLD, unheard


@pytest.fixture(scope="module")
def meaning():
    return open_meaning()


@pytest.mark.parametrize(
    "said",
    [
        "slower",
        "slower, and let it snow",
        "that is not water",
        "the dog is closer",
        "a bit less rain",
        "half-remembered dream",
    ],
)
def test_what_is_understood_is_not_complained_of(meaning, said):
    assert unheard(Beat(mood="calm", seed=1, words=(said,)), meaning, ("dog",)) == ()


def test_what_was_asked_for_before_is_still_understood(meaning):
    """It changes nothing more at its limit, and was heard all the same."""
    assert unheard(Beat(mood="calm", seed=1, words=("slower",) * 20), meaning) == ()


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("asdf qwerty", ("asdf qwerty",)),
        ("xyzzy, warmer", ("xyzzy",)),
        ("slower, can you add a dragon", ("can you add a dragon",)),
    ],
)
def test_what_means_nothing_here_is_given_back(meaning, said, lost):
    assert unheard(Beat(mood="calm", seed=1, words=(said,)), meaning) == lost


def test_only_what_was_said_last_is_looked_at(meaning):
    assert unheard(Beat(mood="xyzzy", seed=1, words=("xyzzy", "slower")), meaning) == ()


def test_it_stays_short(meaning):
    said = ", ".join(f"xyzzy{number} {'plugh' * 30}" for number in range(6))[:300]
    lost = unheard(Beat(mood="", seed=1, words=(said,)), meaning)
    assert len(lost) <= TOLD
    assert all(len(part) <= LENGTH for part in lost)
