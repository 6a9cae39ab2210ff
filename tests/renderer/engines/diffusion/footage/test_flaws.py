"""Which frames and which sound are none, and which darkness is meant."""

import numpy as np
import pytest

from renderer.contract.errors import BrokenFramesError, BrokenSoundError
from renderer.engines.diffusion.footage.flaws import check_frames, check_sound
from tests.pictures import quarters

STILL = np.asarray(quarters().resize((48, 32)))
SHOWN = STILL.astype(np.float32) / 255
BLACK, WHITE, GREY = (np.full_like(SHOWN, value) for value in (0, 1, 0.5))


def clip(*frames):
    return np.stack(frames)


def faded(*shares):
    """The still, darker and darker."""
    return [SHOWN * share for share in shares]


def spoilt(value, at=7):
    frames = clip(*[SHOWN] * 9)
    frames[at, 3, 4, 1] = value
    return frames


@pytest.mark.parametrize(
    "frames",
    [
        spoilt(np.nan),
        spoilt(np.inf, at=0),
        spoilt(-np.inf),
        clip(*[BLACK] * 9),
        clip(*[GREY] * 9),
        clip(SHOWN, *[BLACK] * 8),
        clip(*[SHOWN] * 5, *[WHITE] * 4),
        clip(*[BLACK] * 4, *[SHOWN] * 5),  # made from its last frame
        clip(*[SHOWN] * 3, *[GREY] * 3, *[SHOWN] * 3),
    ],
    ids=["nan", "inf", "-inf", "black", "grey", "black at once", "white", "black before", "a hole"],
)
def test_numbers_that_are_none_and_one_colour_out_of_nowhere_are_no_frames(frames):
    with pytest.raises(BrokenFramesError):
        check_frames(frames, [STILL])


@pytest.mark.parametrize(
    "frames",
    [
        clip(*[SHOWN] * 9),
        clip(*faded(1, 0.8, 0.6, 0.4, 0.2), *[BLACK] * 4),
        clip(*[BLACK] * 4, *faded(0.2, 0.4, 0.6, 0.8, 1)),
        clip(*faded(1, 0.5, 0.1), *[BLACK] * 3, *faded(0.1, 0.5, 1)),
        clip(*[SHOWN] * 4, WHITE, *[SHOWN] * 4),
        clip(SHOWN, *faded(*[0.03] * 8)),  # very dark, but not one colour
    ],
    ids=["well", "fades out", "fades in", "dips", "lightning", "night"],
)
def test_darkness_that_is_meant_is_no_fault(frames):
    check_frames(frames, [STILL])


@pytest.mark.parametrize("still", [np.zeros_like(STILL), np.full_like(STILL, 200)], ids=["black", "flat"])
def test_a_still_that_shows_nothing_may_stay_so(still):
    check_frames(clip(*[BLACK] * 9), [still])
    check_frames(clip(*[BLACK] * 9), [STILL, still])  # the clip before has faded out, and this one goes on from there
    with pytest.raises(BrokenFramesError):
        check_frames(spoilt(np.nan), [still])


def test_silence_is_a_sound_and_what_is_not_finite_is_none():
    check_sound(np.zeros((2, 16), np.float32))
    for value in (np.nan, np.inf):
        with pytest.raises(BrokenSoundError):
            check_sound(np.array([[0, value]], np.float32))
