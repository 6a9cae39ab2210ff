"""A take as the bot knows it: how far it has come, what became of it, and the record of both."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.language.fluent import Language, language
from renderer.contract.job import Problem, Report
from renderer.contract.shot import Take


class State(StrEnum):
    """How far a take has come."""

    ASKED = "asked"  # written down, its conversation not yet opened
    WAITING = "waiting"  # for a worker's turn
    QUEUED = "queued"  # an attempt is with the workers
    RENDERED = "rendered"  # the clip is on disk, to be posted
    SHOWN = "shown"
    FAILING = "failing"  # to be explained
    EXPLAINED = "explained"
    FORGOTTEN = "forgotten"  # its member is being forgotten: it is as good as gone, and goes


OPEN = (State.ASKED, State.WAITING, State.QUEUED, State.RENDERED, State.FAILING)
OVER = (State.SHOWN, State.EXPLAINED)
CANCELLABLE = (State.ASKED, State.WAITING, State.QUEUED)
HELD_BACK = "held_back"  # the problem of a clip that is made and kept, and may not be posted


class Fate(StrEnum):
    """What a take's community made of it."""

    UNDECIDED = "undecided"
    KEPT = "kept"
    TOSSED = "tossed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A take as the bot knows it."""

    take: Take
    guild_id: int | None  # None in a private conversation
    channel_id: int  # where it was asked for
    member_id: int
    byte_limit: int
    asked_at: float = field(default_factory=time.time)
    state: State = State.ASKED
    place_id: int | None = None  # the thread, or the channel where there is none
    opener_id: int | None = None  # the message with the still
    status_id: int | None = None
    message_id: int | None = None  # the clip
    attempt: int = 0  # of the last job handed to the workers
    losses: int = 0  # workers that died under it
    mislaid: int = 0  # attempts that Redis lost: no worker is to blame, nor the take
    refusals: int = 0  # times Discord found the clip too large
    posting: bool = False  # the clip may already be in the thread
    report: Report | None = None
    problem: Problem | None = None
    locale: str = "en-US"  # of what its conversation reads
    wish: str = ""  # the key of what asked for it (see `bot.rules.wishes`)
    credits: tuple[int, ...] = ()  # members who asked for it together, where they were several
    fate: Fate = Fate.UNDECIDED
    fate_by: int | None = None
    spoiler: bool = False  # its picture was posted behind a cover, or it goes on from a take that is covered

    @property
    def id(self) -> str:
        return self.take.id

    @property
    def covered(self) -> bool:
        """Whether all that shows it stands behind a cover: its member's, or the safety model's."""
        return self.spoiler or self.flagged

    @property
    def flagged(self) -> bool:
        """Whether the safety model flagged it, and it is shown all the same."""
        return self.report is not None and self.report.covered

    @property
    def parent(self) -> str | None:
        return self.take.parent

    @property
    def still(self) -> str:
        """The hash of the canonical still."""
        return self.take.shot.still

    @property
    def language(self) -> Language:
        """What the conversation of this take reads."""
        return language(self.locale)

    @property
    def members(self) -> tuple[int, ...]:
        """Those who asked for it."""
        return self.credits or (self.member_id,)

    @property
    def held_back(self) -> bool:
        """Whether its clip is made and kept, and its members were told that it may not be posted."""
        return self.state is State.EXPLAINED and self.problem is not None and self.problem.code == HELD_BACK

    @property
    def job_id(self) -> str:
        return f"{self.id}-{self.attempt}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A take that this version of the bot cannot read, a later one's: what is known of it all the same."""

    id: str
    parent: str | None
    still: str
    state: str
    guild_id: int | None
    channel_id: int
    member_id: int
    asked_at: float
    place_id: int | None
    opener_id: int | None
    status_id: int | None
    message_id: int | None
    attempt: int
    locale: str
    spoiler: bool

    @property
    def covered(self) -> bool:
        """Whether all that shows it stands behind a cover, as far as is known."""
        return self.spoiler

    @property
    def job_id(self) -> str:
        return f"{self.id}-{self.attempt}"

    @property
    def language(self) -> Language:
        """What the conversation of this take reads."""
        return language(self.locale)


Footprint = Record | Unread  # what is known of every take: where it stands in Discord, at the workers, on disk


def readable(found: Iterable[Footprint]) -> list[Record]:
    """Those of some takes that this version can read."""
    return [each for each in found if isinstance(each, Record)]


def in_conversation(of: Footprint, take: Take, *scenes: Footprint, **asked: Any) -> Record:
    """A further take, asked for in the conversation of another; covered where that one is, or any it is joined of."""
    return Record(
        take=take,
        state=State.WAITING,
        guild_id=of.guild_id,
        channel_id=of.channel_id,
        place_id=of.place_id,
        locale=of.locale,
        spoiler=any(each.covered for each in (of, *scenes)),
        **asked,
    )
