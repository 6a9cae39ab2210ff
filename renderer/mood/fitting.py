"""The moods together, over what suits the picture, make one profile."""

import math
from collections.abc import Mapping
from typing import TypeVar

from renderer.contract.direction import Move, Reading
from renderer.mood.kindred import PROFILES
from renderer.mood.picture import of_picture
from renderer.mood.profile import Profile
from renderer.mood.spans import NUMBERS

Key = TypeVar("Key", bound=str)

MOST = 1.3  # a "very" counts so much


def fitting(moods: Mapping[str, float], reading: Reading) -> Profile:
    """Blend what fits the moods, each by its weight, over what fits the picture."""
    blend = of_picture(reading)
    said = {mood: weight for mood, weight in moods.items() if weight > 0}
    total = sum(said.values())
    if not total:
        return blend
    shares = [(PROFILES[mood], weight / total) for mood, weight in said.items()]
    force = min(MOST, max(total if total < 1 else 1.0, *said.values()))
    return Profile(
        moves={move: weight * _favour(move, shares, force) for move, weight in blend.moves.items()},
        easings=_summed(
            [(blend.easings, max(0.0, 1 - force)), *((one.easings, force * share) for one, share in shares)]
        ),
        numbers={**blend.numbers, **_numbers(shares, force)},
        life=1 + force * sum(share * (profile.life - 1) for profile, share in shares),
        air=_summed([(profile.air, force * share) for profile, share in shares]),
        lights=_summed([(profile.lights, force * share) for profile, share in shares]),
        lens=_summed([(profile.lens, force * share) for profile, share in shares]),
    )


def _favour(move: Move, shares: list[tuple[Profile, float]], force: float) -> float:
    """Multiply what the moods think of a move, each by its share."""
    liked = [(profile.moves.get(move, 1.0), share) for profile, share in shares]
    return (
        0.0
        if any(not weight for weight, _ in liked)
        else math.prod(weight ** (force * share) for weight, share in liked)
    )


def _numbers(shares: list[tuple[Profile, float]], force: float) -> dict[str, float]:
    """Each number is the mean of what the moods that name it say, as far from neutral as their force goes."""
    found: dict[str, float] = {}
    for name in {name for profile, _ in shares for name in profile.numbers}:
        naming = [(profile.numbers[name], share) for profile, share in shares if name in profile.numbers]
        mean = sum(value * share for value, share in naming) / sum(share for _, share in naming)
        neutral = NUMBERS[name].neutral
        found[name] = neutral + force * (mean - neutral)
    return found


def _summed(parts: list[tuple[Mapping[Key, float], float]]) -> dict[Key, float]:
    total: dict[Key, float] = {}
    for weights, share in parts:
        for key, weight in weights.items():
            total[key] = total.get(key, 0.0) + share * weight
    return total
