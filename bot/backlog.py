"""Takes between asked and shown: fed to the workers in fair order, watched, delivered or explained.

`tick` is for truth: once a second it compares SQL with Redis and gives every unfinished take what it needs next.
`hear` is for speed: it looks at one take as soon as a worker has news. Only the bot that holds the lease acts.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from bot import turns, wording
from bot.delivery import Delivery
from bot.errors import RefusedError
from bot.posts import AgainLaterError, NobodyThereError
from bot.renders import RedisAwayError, Renders
from bot.status import StatusLines
from bot.stills import Stills
from bot.store import Record, State, Store
from bot.turns import Sighting, Step
from renderer.job import MEDIA_TTL, Event, Job, Problem, Result

log = logging.getLogger(__name__)

LEASE = "backlog"
LEASE_SECONDS = 10.0
AHEAD = 2  # jobs handed out per worker: enough to keep it busy, few enough to stay fair
PATIENCE = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds until the next try, when something is away


class Backlog:
    """All unfinished takes of this record."""

    def __init__(
        self, *, store: Store, stills: Stills, renders: Renders, delivery: Delivery, status: StatusLines, holder: str
    ) -> None:
        self._store = store
        self._stills = stills
        self._renders = renders
        self._delivery = delivery
        self._status = status
        self._holder = holder
        self._since = time.time()
        self._lease_until = 0.0
        self._ticking = asyncio.Lock()
        self._hands: dict[str, asyncio.Task[Any]] = {}  # take id -> who attends to it
        self._tries: dict[str, tuple[int, float]] = {}  # take id -> failed tries, not before
        self._unseen: dict[str, float] = {}  # job id -> since when Redis knows nothing of it
        self._renewed = 0.0
        self._workers = 1
        self._seconds: deque[float] = deque(maxlen=20)  # of the last renders

    async def begin(self, record: Record) -> int:
        """Write a new take down and open its conversation; return where that goes on."""
        opening = asyncio.create_task(self._begin(record))
        self._attended(record.id, opening)
        place_id = await opening
        await self.tick()
        return place_id

    async def _begin(self, record: Record) -> int:
        if not await self._store.add(record):
            return record.channel_id  # another bot on this token is at it
        try:
            return await self._delivery.open(record, again=False)
        except NobodyThereError as error:
            raise RefusedError("not_here") from error
        except AgainLaterError as error:
            log.warning("the conversation of take %s opens later: %s", record.id, error)
            return record.channel_id

    async def add(self, record: Record) -> None:
        """Write a take down whose conversation is open."""
        if await self._store.add(record):
            await self.tick()

    async def end(self, record: Record, states: Iterable[State], problem: Problem) -> bool:
        """Give a take up, if it is still in one of `states`; its conversation will be told why."""
        if not await self._store.move(record, states, state=State.FAILING, problem=problem):
            return False
        if record.state is State.QUEUED:
            try:
                await asyncio.to_thread(self._renders.cancel, record.job_id)
            except RedisAwayError as error:
                log.warning("attempt %s runs on unwanted: %s", record.job_id, error)
        await self.tick()
        return True

    async def places(self, member_id: int) -> tuple[list[tuple[int, float, str]], int]:
        """A member's takes in line (place, ready at, mood), and how many there are of everybody's."""
        line = _line(await self._store.unfinished())
        own = [(place, record) for place, record in enumerate(line) if record.member_id == member_id]
        return [(place, self._ready_at(place), record.take.shot.beat.mood) for place, record in own], len(line)

    async def tick(self) -> None:
        """Give every unfinished take what it needs next."""
        async with self._ticking:
            if not await self._leads():
                return
            records = await self._store.unfinished()
            sightings = await self._survey(records)
            for record in records:
                if record.state is State.QUEUED and record.job_id in sightings:
                    await self._watch(record, sightings[record.job_id])
                if _needs_a_hand(record):
                    self._lend_a_hand(record, _line(records))
            self._keep_promises(records)
            await self._feed(records)

    async def hear(self, event: Event) -> None:
        """News from a worker."""
        if self._lease_until < time.monotonic() or (event.phase is not None and not self._status.wants(event.take)):
            return
        record = await self._store.get(event.take)
        if record is None or record.state is not State.QUEUED or record.attempt != event.attempt:
            return
        if event.phase is not None:
            self._status.show(record, event)
            return
        sightings = await self._survey([record])
        if record.job_id in sightings:
            await self._watch(record, sightings[record.job_id])
            await self.tick()

    async def close(self) -> None:
        """Let what is being posted be posted, and another bot lead."""
        if self._hands:
            await asyncio.wait(self._hands.values(), timeout=10)
        await self._store.drop_lease(LEASE, self._holder)

    async def _leads(self) -> bool:
        """Hold the lease, renewed well before its end."""
        now = time.monotonic()
        if now > self._lease_until - LEASE_SECONDS / 2:
            held = await self._store.hold_lease(LEASE, self._holder, LEASE_SECONDS)
            self._lease_until = now + LEASE_SECONDS if held else 0.0
        return self._lease_until > now

    # Workers

    async def _survey(self, records: list[Record]) -> dict[str, Sighting]:
        """What Redis knows of the attempts; nothing while it is away."""
        queued = [record for record in records if record.state is State.QUEUED]
        if not queued:
            return {}
        try:
            sightings, workers = await asyncio.to_thread(self._renders.survey, [record.job_id for record in queued])
            await self._renew(queued)
        except RedisAwayError as error:
            log.warning("Redis is away: %s", error)
            return {}
        self._workers = max(1, workers)
        return sightings

    async def _renew(self, queued: list[Record]) -> None:
        now = time.monotonic()
        if now - self._renewed > MEDIA_TTL / 4:
            await asyncio.to_thread(self._renders.renew, {record.take.shot.still for record in queued})
            self._renewed = now

    async def _watch(self, record: Record, sighting: Sighting) -> None:
        """Act on what is known of a queued take's attempt."""
        step = turns.next_step(record, sighting, self._unseen_for(record, sighting))
        if step is Step.KEEP and sighting.result is not None:
            await self._keep(record, sighting.result)
        elif step is Step.FAIL and sighting.result is not None:
            await self._store.move(record, [State.QUEUED], state=State.FAILING, problem=sighting.result.problem)
        elif step is Step.RETRY:
            await self._retry(record, record.losses + 1)
        elif step is Step.REQUEUE:
            await self._retry(record, record.losses)
        elif step is Step.GIVE_UP:
            problem = Problem(code="worker_lost", data={"attempts": record.losses + 1})
            await self._store.move(record, [State.QUEUED], state=State.FAILING, problem=problem)

    def _unseen_for(self, record: Record, sighting: Sighting) -> float:
        if not sighting.nothing:
            self._unseen.pop(record.job_id, None)
            return 0.0
        now = time.monotonic()
        return now - self._unseen.setdefault(record.job_id, now)

    async def _keep(self, record: Record, result: Result) -> None:
        """Bring a finished clip home."""
        try:
            clip = await asyncio.to_thread(self._renders.clip, result.clip or "")
        except RedisAwayError as error:
            log.warning("the clip of %s has to wait: %s", record.job_id, error)
            return
        if clip is None or sha256(clip).hexdigest() != result.clip or result.report is None:
            log.warning("attempt %s ended without its clip", record.job_id)
            await self._retry(record, record.losses + 1)
            return
        await self._delivery.keep(record, clip)
        if await self._store.move(record, [State.QUEUED], state=State.RENDERED, report=result.report):
            self._seconds.append(result.report.seconds.total)
            self._lend_a_hand(record, [])

    async def _retry(self, record: Record, losses: int) -> None:
        log.warning("attempt %s is lost; trying again", record.job_id)
        self._unseen.pop(record.job_id, None)
        await self._store.move(record, [State.QUEUED], state=State.WAITING, losses=losses)

    async def _feed(self, records: list[Record]) -> None:
        """Hand out as many waiting takes as the workers can soon begin."""
        queued = [record for record in records if record.state is State.QUEUED]
        waiting = [record for record in records if record.state is State.WAITING]
        room = max(0, AHEAD * self._workers - len(queued))
        for record in turns.fair_order(waiting, queued)[:room]:
            if not await self._hand_out(record):
                return

    async def _hand_out(self, record: Record) -> bool:
        """Give one take to the workers, as a new attempt. False: Redis is away."""
        still = await self._stills.read(record.take.shot.still)
        if still is None:
            problem = Problem(code="still_expired")
            await self._store.move(record, [State.WAITING], state=State.FAILING, problem=problem)
            return True
        attempt = replace(record, attempt=record.attempt + 1)
        if not await self._store.move(record, [State.WAITING], state=State.QUEUED, attempt=attempt.attempt):
            return True
        job = Job(take=record.id, attempt=attempt.attempt, shot=record.take.shot, byte_limit=record.byte_limit)
        try:
            await asyncio.to_thread(self._renders.feed, job, still)
        except RedisAwayError as error:
            log.warning("attempt %s has to wait: %s", job.id, error)
            await self._store.move(attempt, [State.QUEUED], state=State.WAITING)
            return False
        return True

    # Members

    def _lend_a_hand(self, record: Record, line: list[Record]) -> None:
        """Attend to a take, unless somebody does or it has to wait for a better moment."""
        _, not_before = self._tries.get(record.id, (0, 0.0))
        if record.id in self._hands or time.monotonic() < not_before:
            return
        place = next((place for place, other in enumerate(line) if other.id == record.id), 0)
        self._attended(record.id, asyncio.create_task(self._attend(record.id, place)))

    def _attended(self, take_id: str, task: asyncio.Task[Any]) -> None:
        """Remember who has a take in hand: one at a time."""
        self._hands[take_id] = task
        task.add_done_callback(lambda _: self._hands.pop(take_id, None))

    async def _attend(self, take_id: str, place: int) -> None:
        """Do what the take's state owes its members; a failure is tried again later."""
        try:
            record = await self._store.get(take_id)
            if record is not None:
                await self._serve(record, place)
        except Exception as error:  # the loop must go on for all other takes; this one is tried again
            tries, _ = self._tries.get(take_id, (0, 0.0))
            pause = PATIENCE[min(tries, len(PATIENCE) - 1)]
            self._tries[take_id] = (tries + 1, time.monotonic() + pause)
            expected = isinstance(error, AgainLaterError)
            log.warning("take %s is attended to again in %.0f s: %s", take_id, pause, error, exc_info=not expected)
        else:
            self._tries.pop(take_id, None)

    async def _serve(self, record: Record, place: int) -> None:
        if record.state is State.ASKED:
            await self._delivery.open(record)
        elif record.state in {State.WAITING, State.QUEUED} and record.status_id is None:
            ready_at = self._ready_at(place)
            again = record.asked_at < self._since or record.id in self._tries
            await self._delivery.announce(record, wording.waiting(place, ready_at), again=again)
            self._status.promised(record.id, ready_at)
        elif record.state in {State.RENDERED, State.FAILING, State.SHOWN}:
            await self._status.stop(record.id)
            pay = {
                State.RENDERED: self._delivery.show,
                State.FAILING: self._delivery.explain,
                State.SHOWN: self._delivery.clear,
            }
            await pay[record.state](record)

    def _keep_promises(self, records: list[Record]) -> None:
        """Say anew when a waiting take will be ready, where the time that was said has passed."""
        for place, record in enumerate(_line(records)):
            if record.state is State.WAITING and self._status.overdue(record.id):
                self._status.promise(record, place, self._ready_at(place))

    def _ready_at(self, place: int) -> float:
        return turns.ready_at(time.time(), place, self._workers, turns.usual_seconds(self._seconds))


def _needs_a_hand(record: Record) -> bool:
    """Whether a take's members are owed something."""
    return record.state not in {State.WAITING, State.QUEUED} or record.status_id is None


def _line(records: list[Record]) -> list[Record]:
    """Takes to be rendered, those under way first."""
    queued = [record for record in records if record.state is State.QUEUED]
    waiting = [record for record in records if record.state in {State.ASKED, State.WAITING}]
    return [*queued, *turns.fair_order(waiting, queued)]
