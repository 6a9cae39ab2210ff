"""Whose turn it is, and what to do next with a take: decisions only, nothing is done here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.takes import Record, State
from renderer.contract.job import Result

GRACE = 4.0  # seconds an attempt may be nowhere to be seen: between the queue's pop and the worker's first sign of life
OUTAGE_GRACE = 25.0  # the same after Redis was away: a worker's own line to it may hang for its time-outs
MAX_LOSSES = 2  # workers that may die under one take: the second time the take itself is to blame
MAX_MISLAID = 50  # attempts at one take that Redis may lose
RETRIED = frozenset({"media_missing"})  # problems that another attempt mends: Redis was emptied in the middle
MAX_REPEATS = 6  # attempts that it may have lost where the last one ends so
USUAL_SECONDS = {"diffusion": 180.0}  # of an engine's render, before one was timed
USUALLY = 12.0  # for engines that it does not name


def fair_order(waiting: Iterable[Record], under_way: Iterable[Record] = ()) -> list[Record]:
    """Round robin over members: everyone's first take before anyone's second, the older first among equals."""
    turns = Counter(record.member_id for record in under_way)
    ranked: list[tuple[int, float, str, Record]] = []
    for record in sorted(waiting, key=lambda record: (record.asked_at, record.id)):
        ranked.append((turns[record.member_id], record.asked_at, record.id, record))
        turns[record.member_id] += 1
    return [record for *_, record in sorted(ranked, key=lambda row: row[:3])]


def ready_at(now: float, place: int, workers: int, usual: float) -> float:
    """When the take at `place` (0 = next or under way) will be done, at `usual` seconds a render."""
    return now + usual * (place // max(1, workers) + 1)


def usual_seconds(finished: Sequence[float], engine: str) -> float:
    """The median of the last renders' seconds."""
    return sorted(finished)[len(finished) // 2] if finished else USUAL_SECONDS.get(engine, USUALLY)


def by_kind(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Takes apart by the workers they need: one kind's line holds up no other."""
    kinds: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        kinds[record.take.shot.kind].append(record)
    return kinds


def line(records: Iterable[Record]) -> list[Record]:
    """Those of one kind's takes that are to be rendered, the ones under way first."""
    records = list(records)
    queued = under_way(records)
    waiting = [record for record in records if record.state in {State.ASKED, State.WAITING}]
    return [*queued, *fair_order(waiting, queued)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What Redis knows of an attempt."""

    result: Result | None = None
    alive: bool = False  # a worker has it in hand
    queued: bool = False
    known: bool = False  # Redis was not emptied since it was handed out
    begun: bool = False  # a worker took it up and has not ended it

    @property
    def nothing(self) -> bool:
        """Whether the attempt is nowhere to be seen."""
        return self.result is None and not self.alive and not self.queued


class Step(StrEnum):
    """What a queued take needs."""

    NOTHING = "nothing"
    KEEP = "keep"  # the clip is there
    FAIL = "fail"  # the result says why there will be none
    RETRY = "retry"
    GIVE_UP = "give_up"
    REQUEUE = "requeue"  # no worker died: Redis lost the attempt
    ABANDON = "abandon"  # it has lost too many


def next_step(record: Record, sighting: Sighting, unseen_for: float, *, interrupted: bool = False) -> Step:
    """Decide on a queued take.

    `unseen_for` is how long Redis has known nothing of its attempt, in seconds. `interrupted`: Redis was away since it
    was handed out. Only a worker that began and is gone counts against a take, and nobody knows that after an outage.
    """
    result = sighting.result
    if result is not None:
        if result.problem is None:
            return Step.KEEP
        return after_mislaying(record, MAX_REPEATS) if result.problem.code in RETRIED else Step.FAIL
    grace = OUTAGE_GRACE if interrupted and sighting.known else GRACE
    if not sighting.nothing or unseen_for < grace:
        return Step.NOTHING
    return after_loss(record) if sighting.begun and not interrupted else after_mislaying(record)


def after_loss(record: Record) -> Step:
    """Decide on a take under which another worker has just died."""
    return Step.RETRY if record.losses + 1 < MAX_LOSSES else Step.GIVE_UP


def after_mislaying(record: Record, most: int = MAX_MISLAID) -> Step:
    """Decide on a take of which Redis has just lost another attempt."""
    return Step.REQUEUE if record.mislaid + 1 < most else Step.ABANDON


def under_way(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if record.state is State.QUEUED]
