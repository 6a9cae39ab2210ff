"""A jam: rounds of several takes, of which members vote for one that is continued. Values and decisions only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from annotated_types import Interval, MaxLen
from pydantic.dataclasses import dataclass as checked

from bot.rules.clocks import is_over
from bot.rules.takes import Fate, Record, State
from bot.rules.wishes import JAM
from renderer.contract import lineage
from renderer.contract.shot import SECONDS, SHORT_SIDES, Take
from renderer.contract.values import VALUE, Json

ROUNDS, MINUTES, TAKES = (1, 6), (1, 60), (2, 4)


@checked(frozen=True, slots=True, kw_only=True, config=VALUE)
class Terms(Json):
    """What a jam was begun with."""

    mood: Annotated[str, MaxLen(300)]
    rounds: Annotated[int, Interval(ge=ROUNDS[0], le=ROUNDS[1])] = 3
    minutes: Annotated[int, Interval(ge=MINUTES[0], le=MINUTES[1])] = 5  # of each vote
    takes: Annotated[int, Interval(ge=TAKES[0], le=TAKES[1])] = 3  # of each round
    seconds: Annotated[float, Interval(ge=SECONDS[0], le=SECONDS[1])] = 4.0  # of each take
    size: Annotated[int, Interval(ge=SHORT_SIDES[0], le=SHORT_SIDES[1])] = 720

    @property
    def vote_seconds(self) -> float:
        return 60.0 * self.minutes

    @property
    def total(self) -> float:
        """Seconds of clips that it takes, but for the reel."""
        return self.rounds * self.takes * self.seconds


class Phase(StrEnum):
    """How far a jam has come."""

    RENDERING = "rendering"  # the round's takes are being made
    VOTING = "voting"
    ENDING = "ending"  # the reel or a last word is owed
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jam:
    """A jam as the record knows it."""

    id: str
    guild_id: int | None
    root: str  # the first take of its family
    host_id: int
    terms: Terms
    phase: Phase = Phase.RENDERING
    number: int = 1  # of the round
    closes_at: float | None = None  # the vote
    message_id: int | None = None  # of the vote
    winners: tuple[str, ...] = ()  # takes, one for each round that is over
    word_id: int | None = None  # of the message that says whose jam it was

    @property
    def stopped_in_vote(self) -> bool:
        """Whether somebody ended it while a vote was open, which is not closed yet."""
        return self.phase is Phase.ENDING and self.closes_at is not None

    @property
    def wish(self) -> str:
        """What the takes of the round were asked for by."""
        return f"{JAM}{self.id}:{self.number}"


def jam_id(press: str) -> str:
    return sha256(f"jam\0{press}".encode()).hexdigest()[:20]


def round_takes(jam: Jam, start: Take) -> list[Take]:
    """The takes of a round: in the first one `start` and rerolls of it, later what comes after `start`, the winner.

    They follow from the jam and the round alone, so that they can be asked for again after any crash.
    """
    presses = [f"{jam.wish}:{number}" for number in range(1, jam.terms.takes + 1)]
    if jam.number == 1:
        return [start, *(lineage.reroll(start, press) for press in presses[1:])]
    return [lineage.after(start, press) for press in presses]


def shown(records: Iterable[Record]) -> list[Record]:
    """The takes of a round that can be voted for."""
    return [each for each in records if each.state is State.SHOWN and each.fate is not Fate.TOSSED]


def number_of(record: Record) -> int:
    """Which of its round's takes this is, from 1, whatever becomes of the others."""
    return int(record.wish.rpartition(":")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the takes of a jam's round have come."""

    written: int = 0  # takes that are in the record
    under_way: int = 0  # of these


class Step(StrEnum):
    """What a jam needs next."""

    WAIT = "wait"
    ASK = "ask"  # for the round's takes, which are not all written down
    JUDGE = "judge"  # the round's takes, of which none is under way any more: open the vote, or crown the only one
    POST = "post"  # the vote, which is open and was not told
    CROWN = "crown"  # who has won: the vote is over
    FINISH = "finish"  # with a reel and a last word


def next_step(jam: Jam, progress: Progress, now: float) -> Step:
    """Decide on a jam. Its round's progress counts only while the takes are made."""
    if jam.phase is Phase.RENDERING:
        if progress.written < jam.terms.takes:
            return Step.ASK
        return Step.WAIT if progress.under_way else Step.JUDGE
    if jam.phase is Phase.VOTING:
        if jam.message_id is None:
            return Step.POST
        return Step.CROWN if jam.closes_at and is_over(jam.closes_at, jam.terms.vote_seconds, now) else Step.WAIT
    return Step.FINISH if jam.phase is Phase.ENDING else Step.WAIT


def winner(jam: Jam, candidates: Sequence[str], votes: Mapping[int, str]) -> str:
    """The candidate with most votes; among equals, and where nobody voted, the seed's choice."""
    counts = Counter(each for each in votes.values() if each in candidates)
    most = max(counts.values(), default=0)
    best = [each for each in candidates if counts[each] == most]
    return min(best, key=lambda each: sha256(f"{jam.wish}\0{each}".encode()).digest())
