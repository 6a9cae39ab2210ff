"""Which stills and clips go from the disk, decided from what takes hold and what it weighs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.rules.allowances import DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one take holds on disk."""

    take_id: str
    still: str
    asked_at: float
    days: float | None  # that its media may stay; None: for ever
    pinned: bool  # kept, or not finished

    def is_over(self, now: float) -> bool:
        return not self.pinned and self.days is not None and self.asked_at < now - self.days * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What goes: takes whose clips go, stills that nobody needs any more."""

    clips: frozenset[str]
    stills: frozenset[str]


def plan(held: Iterable[Held], sizes: Mapping[str, int], now: float, quota: int | None) -> Sweep:
    """Decide what goes. `sizes`: bytes by take id and by still's hash."""
    held = sorted(held, key=lambda each: (each.pinned, each.asked_at))
    users = Counter(each.still for each in held)
    total = sum(sizes.get(name, 0) for name in {*users, *(each.take_id for each in held)})
    gone: set[str] = set()
    for each in held:
        too_much = quota is not None and total > quota
        if each.pinned or not (each.is_over(now) or too_much):
            continue
        gone.add(each.take_id)
        users[each.still] -= 1
        total -= sizes.get(each.take_id, 0) + (0 if users[each.still] else sizes.get(each.still, 0))
    return Sweep(clips=frozenset(gone), stills=frozenset(still for still, count in users.items() if not count))
