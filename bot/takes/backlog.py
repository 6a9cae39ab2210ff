"""Takes between asked and shown: each is given what it needs next.

`tick` is for truth: once a second it goes through all unfinished takes of the record. `wake` and `hear` are for speed:
they have one made as soon as a member has asked for something, or a worker is done. Only the bot that holds the lease
acts.

Nobody waits for Redis here: what the workers are asked and told is a round of its own, beside the ticks.
"""

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.coalescing import Coalesced, cut_off, let_end
from bot.errors import RefusedError
from bot.posts.discord_calls import AgainLaterError, NobodyThereError, RejectedError, TooLargeError
from bot.posts.status import StatusLines
from bot.record.errors import RecordAwayError
from bot.record.store import Store
from bot.rules import turns
from bot.rules.fleet import Outlook
from bot.rules.takes import CANCELLABLE, Footprint, Record, State, Unread, readable
from bot.takes.admission import Admission
from bot.takes.delivery import Delivery
from bot.takes.workshop import Workshop
from bot.wording import sentences
from renderer.contract.job import Event, Problem
from renderer.contract.logs import about_nothing, from_now_about

log = logging.getLogger(__name__)

LEASE = "backlog"
LEASE_SECONDS = 10.0
UNREAD_SECONDS = 120.0  # that a take of a later version is left to a bot of that version
ROUND_SECONDS = 30.0  # that a round may take: a Redis that hangs costs each question 10
FRESH = 0.05  # seconds that what a tick has read is good for the round it asks for
CLOSING = 10.0  # seconds that what is under way may take when the bot goes offline
LOOK_CLOSING = 2.0  # and a tick or a round, which lose nothing where they are cut off: Redis may hang
PATIENCE = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds until the next try, when something is away


class Look(StrEnum):
    """What is looked at soon, once for all who ask."""

    AT_TAKES = "a tick"
    AT_WORKERS = "a round"


class Backlog:
    """All unfinished takes of this record."""

    def __init__(
        self,
        *,
        store: Store,
        admission: Admission,
        workshop: Workshop,
        delivery: Delivery,
        status: StatusLines,
        holder: str,
    ) -> None:
        self._store = store
        self._admission = admission
        self._workshop = workshop
        self._delivery = delivery
        self._status = status
        self._holder = holder
        self._since = time.time()
        self._lease_until = 0.0
        self._led = True  # as far as the log knows
        self._ticking = asyncio.Lock()
        self._hands: dict[str, asyncio.Task[Any]] = {}  # take id -> who attends to it
        self._again: dict[str, int] = {}  # takes that need a hand, but are in one; each with its place in line
        self._unread_since: dict[str, float] = {}  # take id -> since when it is known that it cannot be read
        self._tries: dict[str, tuple[int, float]] = {}  # take id -> failed tries, not before
        self._soon = Coalesced("the backlog", self._look)
        self._went_round_at = time.monotonic()
        self._just_read: tuple[float, list[Record]] = (0.0, [])  # by the last tick, and when

    async def begin(self, record: Record, roles: frozenset[int] = frozenset()) -> int:
        """Write a new take down and open its conversation; return where that goes on. Raises `RefusedError`.

        One that is asked for twice, at once or one after the other, is opened once.
        """
        while (at_it := self._hands.get(record.id)) is not None:
            await asyncio.wait({at_it})
        opening = asyncio.create_task(self._begin(record, roles))
        self._attended(record.id, opening)
        place_id = await opening
        self.wake()
        return place_id

    async def _begin(self, record: Record, roles: frozenset[int]) -> int:
        from_now_about(take=record.id)
        if not await self._admission.admit(record, roles):
            return await self._place_of(record)
        try:
            return await self._delivery.open(record, again=False)
        except NobodyThereError as error:
            raise RefusedError("not_here") from error
        except (RejectedError, TooLargeError) as error:
            log.exception("Discord rejects how the conversation of take %s begins", record.id)
            raise RefusedError("unexpected") from error
        except AgainLaterError as error:
            log.warning("the conversation of take %s opens later: %s", record.id, error)
            return record.channel_id

    async def _place_of(self, record: Record) -> int:
        """Where a take goes on that was begun before; its channel, while another bot is still opening its thread."""
        begun = await self._store.footprint(record.id)
        return (begun.place_id if begun else None) or record.channel_id

    async def add(self, record: Record, roles: frozenset[int] = frozenset()) -> bool:
        """Write a take down whose conversation is open; False where it was written down before.

        Raises `RefusedError` where there is no room for it.
        """
        added = await self._admission.admit(record, roles)
        if added:
            self.wake()
        return added

    async def end(self, record: Record, states: Iterable[State], problem: Problem) -> bool:
        """Give a take up, if it is still in one of `states`; its conversation will be told why."""
        if not await self._store.move(record, states, state=State.FAILING, problem=problem):
            return False
        if record.state is State.QUEUED:
            self._workshop.call_off(record)
        self.wake()
        return True

    async def withdraw(self, record: Record, problem: Problem) -> bool:
        """Give a take up that no worker has begun."""
        return not self._workshop.has_begun(record) and await self.end(record, CANCELLABLE, problem)

    async def places(self, member_id: int) -> tuple[list[Outlook], int]:
        """What a member's takes in line may look forward to, and how many there are of everybody's."""
        placed = _placed(await self._store.unfinished())
        own = [(place, record) for place, record in placed if record.member_id == member_id]
        return [self._workshop.outlook(record, place) for place, record in own], len(placed)

    def wake(self) -> None:
        """Have a tick made soon, without waiting for it: whoever has asked for something is answered meanwhile."""
        self._soon.ask(Look.AT_TAKES)

    async def _look(self, look: Look) -> None:
        try:
            await (self.tick() if look is Look.AT_TAKES else self._go_round())
        except RecordAwayError as error:  # which the record itself says in the log
            log.debug("%s has to wait for the record: %s", look, error)

    async def tick(self) -> None:
        """Give every unfinished take what it needs next: its members at once, the workers in a round beside this."""
        with about_nothing():  # whoever asked for it, it is about all of them
            async with self._ticking:
                if await self._leads():
                    unfinished = await self._store.all_unfinished()
                    self._attend_to(unfinished)
                    self._just_read = (time.monotonic(), readable(unfinished))
                self._soon.ask(Look.AT_WORKERS)

    async def _go_round(self) -> None:
        """Tend the workers, or only look who there is: every bot answers members, also one that does not lead."""
        with about_nothing():
            if self.leads:
                await self._tend_workers()
            else:
                await self._workshop.look_round()
        self._went_round_at = time.monotonic()

    async def _tend_workers(self) -> None:
        """See what has become of takes that are with the workers, give members what comes of it, hand out the next."""
        records = self._fresh() or await self._store.unfinished()
        if await self._workshop.look_in(records):
            async with self._ticking:
                records = await self._store.unfinished()
                self._attend_to(records)
        await self._workshop.feed(records)

    def _fresh(self) -> list[Record]:
        """What the tick that asked for this round has read, if the round did not have to wait; nothing else."""
        (read_at, records), self._just_read = self._just_read, (0.0, [])
        return records if time.monotonic() - read_at < FRESH else []

    def _attend_to(self, unfinished: Sequence[Footprint]) -> None:
        """Give members what they are owed, without waiting for Discord."""
        placed = _placed(readable(unfinished))
        places = {record.id: place for place, record in placed}
        for each in filter(_needs_a_hand, unfinished):
            self._lend_a_hand(each.id, places.get(each.id, 0))
        self._tell_outlooks(placed)

    async def let_go_of(self, take_ids: Iterable[str], seconds: float) -> bool:
        """Wait until whoever has one of these takes in hand just now is done; whether that was so in time."""
        hands = [hand for take_id in take_ids if (hand := self._hands.get(take_id)) is not None]
        if hands:
            await asyncio.wait(hands, timeout=seconds)
        return all(hand.done() for hand in hands)

    async def hear(self, event: Event) -> None:
        """News from a worker."""
        if not (self.leads and self._workshop.awaits(event)):
            return
        if event.phase is not None and not self._status.wants(event.take):
            return
        record = await self._store.get(event.take)
        if record is None or record.state is not State.QUEUED or record.attempt != event.attempt:
            return
        if event.phase is not None:
            self._status.show(record, event)
            return
        self._soon.ask(Look.AT_WORKERS)

    async def close(self) -> None:
        """Let what is being posted be posted, or cut it off in the end, and have another bot lead."""
        await self._soon.close(LOOK_CLOSING)
        await let_end(self._hands.values(), CLOSING)
        self._again.clear()
        await cut_off(self._hands.values())
        await self._status.close()
        await self._store.drop_lease(LEASE, self._holder)

    @property
    def goes_round(self) -> bool:
        """Whether the workers were looked after just now; a Redis that is away does not count against it."""
        return time.monotonic() - self._went_round_at < ROUND_SECONDS

    @property
    def leads(self) -> bool:
        """Whether this bot is the one that acts."""
        return self._lease_until > time.monotonic()

    async def _leads(self) -> bool:
        """Hold the lease, renewed well before its end."""
        now = time.monotonic()
        if now > self._lease_until - LEASE_SECONDS / 2:
            held = await self._store.hold_lease(LEASE, self._holder, LEASE_SECONDS)
            self._lease_until = now + LEASE_SECONDS if held else 0.0
            await self._say_who_leads()
        return self._lease_until > now

    async def _say_who_leads(self) -> None:
        """Tell the log once that another bot leads, and once that this one does again."""
        if self.leads == self._led:
            return
        self._led = self.leads
        if self._led:
            log.info("this bot leads")
        elif lease := await self._store.lease(LEASE):
            until = datetime.fromtimestamp(lease.until, UTC).isoformat(" ", "seconds")
            log.info("another bot leads, %s, until %s unless it goes on: this one answers only", lease.holder, until)

    def _lend_a_hand(self, take_id: str, place: int) -> None:
        """Attend to a take, unless somebody does or it has to wait for a better moment."""
        _, not_before = self._tries.get(take_id, (0, 0.0))
        if take_id in self._hands:
            self._again[take_id] = place
            return
        if time.monotonic() < not_before:
            return
        self._attended(take_id, asyncio.create_task(self._attend(take_id, place)))

    def _attended(self, take_id: str, task: asyncio.Task[Any]) -> None:
        """Remember who has a take in hand: one at a time. What came up meanwhile is seen to next."""
        self._hands[take_id] = task
        task.add_done_callback(lambda _: self._let_go(take_id))

    def _let_go(self, take_id: str) -> None:
        del self._hands[take_id]
        if (place := self._again.pop(take_id, None)) is not None:
            self._lend_a_hand(take_id, place)

    async def _attend(self, take_id: str, place: int) -> None:
        """Do what the take's state owes its members; a failure is tried again later."""
        from_now_about(take=take_id)
        try:
            found = await self._store.footprint(take_id)
            if isinstance(found, Unread):
                await self._set_aside(found)
            elif found is not None:
                await self._serve(found, place)
        except RefusedError as error:  # it has ended, or its member is being forgotten
            log.info("take %s is not attended to any more: %s", take_id, error)
            self._tries.pop(take_id, None)
        except Exception as error:  # the loop must go on for all other takes; this one is tried again
            tries, _ = self._tries.get(take_id, (0, 0.0))
            pause = PATIENCE[min(tries, len(PATIENCE) - 1)]
            self._tries[take_id] = (tries + 1, time.monotonic() + pause)
            expected = isinstance(error, AgainLaterError | RecordAwayError)
            log.warning("take %s is attended to again in %.0f s: %s", take_id, pause, error, exc_info=not expected)
        else:
            self._tries.pop(take_id, None)

    async def _set_aside(self, unread: Unread) -> None:
        """End a take that cannot be read, unless a bot of a later version is about to lead, as in a rolling restart."""
        since = self._unread_since.setdefault(unread.id, time.monotonic())
        if time.monotonic() - since < UNREAD_SECONDS:
            return
        self._workshop.call_off(unread)
        await self._delivery.set_aside(unread)
        del self._unread_since[unread.id]

    async def _serve(self, record: Record, place: int) -> None:
        if record.state is State.ASKED:
            await self._delivery.open(record)
        elif record.state in {State.WAITING, State.QUEUED} and record.status_id is None:
            outlook = self._workshop.outlook(record, place)
            of_this_life = self._since <= record.asked_at <= time.time()
            again = not of_this_life or record.id in self._tries
            if not again:  # else nobody knows what the line says
                self._status.remember(record.id, outlook)
            await self._delivery.announce(record, sentences.waiting(record.language, outlook), again=again)
        elif record.state in {State.RENDERED, State.FAILING, State.SHOWN}:
            await self._status.stop(record.id)
            pay = {
                State.RENDERED: self._delivery.show,
                State.FAILING: self._delivery.explain,
                State.SHOWN: self._delivery.clear,
            }
            await pay[record.state](record)

    def _tell_outlooks(self, placed: list[tuple[int, Record]]) -> None:
        """Say anew what takes may look forward to that no worker has begun, where that has changed."""
        for place, record in placed:
            if record.status_id is not None and not self._workshop.has_begun(record):
                self._status.tell(record, self._workshop.outlook(record, place))


def _needs_a_hand(record: Footprint) -> bool:
    """Whether a take's members are owed something; of one that cannot be read, to be told so."""
    if isinstance(record, Unread):
        return True
    return record.state not in {State.WAITING, State.QUEUED} or record.status_id is None


def _placed(records: list[Record]) -> list[tuple[int, Record]]:
    """Takes to be rendered, each with its place in the line of its kind."""
    return [placed for those in turns.by_kind(records).values() for placed in enumerate(turns.line(those))]
