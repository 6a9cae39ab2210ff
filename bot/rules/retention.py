"""Which stills and clips go from the disk, decided from what takes hold and what it weighs."""

import math
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
    left: int  # bytes that stay


def plan(
    held: Iterable[Held],
    sizes: Mapping[str, int],  # bytes by take id and by still's hash
    now: float,
    *,
    total: int,  # bytes of all that is on disk
    quota: int | None,
    until: float = math.inf,
) -> Sweep:
    """Decide what goes: what is over, and where there are more bytes than the quota the oldest of the rest.

    `held` may be a part of all takes, but of each still has all that use it. For room alone only takes go that were
    asked for until `until`: of later ones there may be older ones that are not among `held`.
    """
    held = sorted(held, key=lambda each: (each.pinned, each.asked_at))
    users = Counter(each.still for each in held)
    gone: set[str] = set()
    for each in held:
        too_much = quota is not None and total > quota and each.asked_at <= until
        if each.pinned or not (each.is_over(now) or too_much):
            continue
        gone.add(each.take_id)
        users[each.still] -= 1
        total -= sizes.get(each.take_id, 0) + (0 if users[each.still] else sizes.get(each.still, 0))
    unused = frozenset(still for still, count in users.items() if not count)
    return Sweep(clips=frozenset(gone), stills=unused, left=total)
