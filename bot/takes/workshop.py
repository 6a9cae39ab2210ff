"""Takes at the workers': handed out in fair order, watched, brought home or tried again."""

import asyncio
import errno
import logging
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.media.formats import is_jpeg, is_mp4
from bot.media.provenance import room
from bot.media.seals import Seals
from bot.media.stills import Stills
from bot.record.errors import RecordError
from bot.record.store import Store
from bot.rules import turns
from bot.rules.fleet import Outlook, Roster
from bot.rules.homecoming import vetted
from bot.rules.takes import Footprint, Record, State
from bot.rules.turns import Sighting, Step
from bot.takes.safety import Safety
from bot.wording import sentences
from bot.workers.bounded import OversizedError
from bot.workers.parcels import pack
from bot.workers.renders import RedisAwayError, Renders
from renderer.contract.job import Event, Job, Problem, Report, Result
from renderer.contract.logs import about
from renderer.contract.redis_keys import ALIVE_TTL, MEDIA_TTL, still_key

log = logging.getLogger(__name__)
_Sent = TypeVar("_Sent")

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
AHEAD = 2  # jobs handed out per worker: enough to keep it busy, few enough to stay fair
SLACK = 64 * 1024  # bytes that a clip may have beyond what its job allows
UNBLAMED = {Step.REQUEUE, Step.ABANDON}  # what becomes of a take that lost an attempt for which nobody is to blame
GIVEN_UP = {Step.GIVE_UP: "worker_lost", Step.ABANDON: "media_missing"}  # with which problem


class Workshop:
    """What SQL says is with the workers, compared with what Redis knows of it."""

    def __init__(
        self,
        *,
        store: Store,
        stills: Stills,
        renders: Renders,
        clips: Clips,
        seals: Seals,
        roster: Roster,
        safety: Safety,
    ) -> None:
        self._store = store
        self._stills = stills
        self._renders = renders
        self._clips = clips
        self._seals = seals
        self._safety = safety
        self._unwanted: dict[str, str | None] = {}  # job ids to be called off -> kind
        self._out: set[str] = set()  # ids of the jobs that are with the workers
        self._unseen: dict[str, float] = {}  # job id -> since when Redis knows nothing of it
        self._interrupted: dict[str, float] = {}  # job id -> when Redis was last away since it was handed out
        self._renewed = 0.0
        self._handed: dict[str, tuple[str, ...]] = {}  # job id -> keys of its media
        self._roster = roster
        self._away = False  # Redis
        self._full = False  # the disk
        self._refused = False  # by Redis, when a take was last to be handed out
        self._begun: set[str] = set()  # ids of takes that a worker has in hand
        self._seconds: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=20))  # kind -> last renders'

    def outlook(self, record: Record, place: int) -> Outlook:
        """What the take at this place in the line of its kind may look forward to."""
        shot = record.take.shot
        usual = turns.usual_seconds(self._seconds[shot.kind], shot.engine)
        return Outlook(
            shot=shot,
            footing=self._roster.footing(shot.kind, time.monotonic()),
            place=place,
            ready_at=turns.ready_at(time.time(), place, self._roster.fleet.workers(shot.kind), usual),
        )

    def has_begun(self, record: Record) -> bool:
        """Whether a worker has the take in hand."""
        return record.id in self._begun

    def awaits(self, event: Event) -> bool:
        """Whether news are of an attempt that is with the workers."""
        return f"{event.take}-{event.attempt}" in self._out

    async def look_in(self, records: list[Record]) -> bool:
        """Act on whatever has become of takes that are with the workers, and say whether there was anything.

        While Redis is away there is nothing.
        """
        queued = turns.under_way(records)
        sightings = await self._survey(queued)
        if self._away:
            return False
        self._begun = {record.id for record in queued if sightings[record.job_id].alive}
        return any([await self._safely(record, self._watch(record, sightings[record.job_id])) for record in queued])

    async def feed(self, records: list[Record]) -> None:
        """Hand out as many waiting takes as the workers of each kind can soon begin; none while Redis is away."""
        if self._away:
            return
        for kind, those in turns.by_kind(records).items():
            queued = turns.under_way(those)
            waiting = [record for record in those if record.state is State.WAITING]
            room = max(0, AHEAD * max(1, self._roster.fleet.workers(kind)) - len(queued))
            for record in turns.fair_order(waiting, queued)[:room]:
                with about(take=record.id):
                    await self._safely(record, self._hand_out(record))
                if self._away:
                    return

    async def _safely(self, record: Record, deed: Awaitable[bool]) -> bool:
        """Do something for a take; a fault of the disk or of its data is this take's alone, and is tried again."""
        try:
            return await deed
        except RecordError:
            raise  # the record is away for all of them
        except Exception:
            log.exception("take %s is seen to again at the next tick", record.id)
            return False

    async def look_round(self) -> None:
        """See who lives to render, and no more."""
        await self._survey([])

    def call_off(self, record: Footprint) -> None:
        """Have the workers told in the next round that an attempt is no longer wanted.

        Nothing depends on it: what comes of it all the same is not taken in.
        """
        self._unwanted[record.job_id] = record.take.shot.kind if isinstance(record, Record) else None

    async def _survey(self, queued: list[Record]) -> dict[str, Sighting]:
        """What Redis knows of the attempts, and of the workers."""
        kinds = {record.job_id: record.take.shot.kind for record in queued}
        try:
            await self._tell_unwanted()
            survey = await asyncio.to_thread(self._renders.survey, kinds)
            await self._renew(queued)
        except RedisAwayError as error:
            log.log(logging.DEBUG if self._away else logging.WARNING, "Redis is away: %s", error)
            self._away = True
            self._roster.lose_sight()
            self._interrupt(queued)
            return {}
        self._away = False
        self._out = {*kinds}
        if survey.full:
            self._interrupt(queued)
        self._roster.see(survey.fleet, time.monotonic())
        return survey.sightings

    def _interrupt(self, queued: list[Record]) -> None:
        """No worker can give a sign of life just now: that none is seen of an attempt is not held against it."""
        now = time.monotonic()
        self._unseen.clear()
        self._interrupted = {record.job_id: now for record in queued}

    async def _tell_unwanted(self) -> None:
        for job_id, kind in [*self._unwanted.items()]:
            await asyncio.to_thread(self._renders.cancel, job_id, kind)
            self._unwanted.pop(job_id, None)

    async def _renew(self, queued: list[Record]) -> None:
        now = time.monotonic()
        if now - self._renewed > MEDIA_TTL / 4:
            self._handed = {record.job_id: self._handed.get(record.job_id, ()) for record in queued}
            # What an earlier life of this bot handed out is not known here: then it is at least the still.
            stills = {still_key(record.take.shot.still) for record in queued}
            await asyncio.to_thread(self._renders.renew, stills.union(*self._handed.values()))
            self._renewed = now

    async def _watch(self, record: Record, sighting: Sighting) -> bool:
        """Act on what is known of a queued take's attempt; False where there is nothing to do."""
        with about(take=record.id, attempt=str(record.attempt)):
            return await self._act(record, sighting)

    async def _act(self, record: Record, sighting: Sighting) -> bool:
        unseen_for, interrupted = self._unseen_for(record, sighting), record.job_id in self._interrupted
        step = turns.next_step(record, sighting, unseen_for, interrupted=interrupted)
        if step is Step.KEEP and sighting.result is not None:
            await self._keep(record, sighting.result)
        elif step is Step.FAIL and sighting.result is not None:
            await self._fail(record, sighting.result.problem)
        elif step is not Step.NOTHING:
            await self._lose(record, step)
        return step is not Step.NOTHING

    def _unseen_for(self, record: Record, sighting: Sighting) -> float:
        now = time.monotonic()
        if not sighting.nothing:
            self._unseen.pop(record.job_id, None)
            if now - self._interrupted.get(record.job_id, now) > ALIVE_TTL:  # a sign of life that was given since
                del self._interrupted[record.job_id]
            return 0.0
        return now - self._unseen.setdefault(record.job_id, now)

    async def _keep(self, record: Record, result: Result) -> None:
        """Bring a finished clip home, if it is one. Its bytes and its report are a worker's word."""
        try:
            clip = await asyncio.to_thread(self._renders.clip, result.clip or "", _limit(record) + SLACK)
            poster = await asyncio.to_thread(self._renders.poster, result.clip or "")
        except RedisAwayError as error:
            log.warning("the clip of %s has to wait: %s", record.job_id, error)
        except OversizedError as error:
            log.warning("the clip of %s is refused: %s", record.job_id, error)
            await self._fail(record, Problem(code="bad_clip"))
        else:
            await self._take_in(record, result, clip, poster)

    async def _take_in(self, record: Record, result: Result, clip: bytes | None, poster: bytes) -> None:
        if clip is None:
            log.warning("attempt %s ended, but Redis has its clip no longer", record.job_id)
            await self._lose(record, turns.after_mislaying(record))
        elif result.report is None or sha256(clip).hexdigest() != result.clip or not is_mp4(clip):
            log.warning("what a worker sent for attempt %s is no clip, or not the one that it speaks of", record.job_id)
            await self._fail(record, Problem(code="bad_clip"))
        else:
            report = vetted(result.report, record.take.shot)
            if await self._seal(record, report, clip, poster if is_jpeg(poster) else b""):
                await self._forget(record, result)

    async def _seal(self, record: Record, report: Report, clip: bytes, poster: bytes) -> bool:
        """Sign a clip and keep it: from here on it is rendered. False where it has to wait for room on the disk."""
        try:
            sealed = await self._seals.seal(replace(record, report=report), clip)
        except RefusedError as error:
            log.exception("the clip of %s cannot be signed, and is not shown without", record.job_id)
            await self._fail(record, Problem(code=error.code))
            return True
        if not await self._on_disk(record, sealed, poster):
            return False
        if await self._store.move(record, [State.QUEUED], state=State.RENDERED, report=report):
            self._seconds[record.take.shot.kind].append(report.seconds.total)
        elif await self._store.is_gone(record.id):  # its member was forgotten just now
            await self._clips.delete(record.id)
        return True

    async def _fail(self, record: Record, problem: Problem | None) -> None:
        """Have it explained why there is no clip. What only a later version has words for is told as unexpected."""
        if problem is None or not sentences.is_known(problem.code):
            log.warning("attempt %s: its worker, perhaps of another version, says %r", record.job_id, problem)
            problem = Problem(code="unexpected")
        data = {name: value for name, value in problem.data.items() if name != "by"}  # a member: not a worker's to say
        problem = replace(problem, data=data)
        await self._store.move(record, [State.QUEUED], state=State.FAILING, problem=problem)

    async def _on_disk(self, record: Record, clip: bytes, poster: bytes) -> bool:
        """Keep a clip; whether there was room for it. That there is none is said once, as long as it lasts."""
        try:
            await self._clips.keep(record.id, clip, poster)
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            log.log(
                logging.DEBUG if self._full else logging.WARNING, "the disk is full, finished clips wait: %s", error
            )
            self._full = True
            return False
        if self._full:
            log.info("the disk has room again")
        self._full = False
        return True

    async def _forget(self, record: Record, result: Result) -> None:
        """Let Redis have its room back; what is left there expires by itself."""
        try:
            await asyncio.to_thread(self._renders.forget, result, record.job_id)
        except RedisAwayError as error:
            log.info("the clip of %s stays in Redis for a while: %s", record.job_id, error)

    async def _lose(self, record: Record, step: Step) -> None:
        """An attempt came to nothing: try again, or give the take up."""
        self._unseen.pop(record.job_id, None)
        blamed = step not in UNBLAMED
        counts = {"losses": record.losses + blamed, "mislaid": record.mislaid + (not blamed)}
        if step in GIVEN_UP:
            problem = Problem(code=GIVEN_UP[step], data={"attempts": counts["losses"]})
            await self._store.move(record, [State.QUEUED], state=State.FAILING, problem=problem, **counts)
        else:
            log.warning("attempt %s is lost; trying again", record.job_id)
            await self._store.move(record, [State.QUEUED], state=State.WAITING, **counts)

    async def _hand_out(self, record: Record) -> bool:
        """Give one take to the workers, as a new attempt; whether it was."""
        shot = record.take.shot
        try:
            parcel = await pack(shot, self._stills, self._clips)
        except RefusedError as error:
            await self._store.move(record, [State.WAITING], state=State.FAILING, problem=Problem(code=error.code))
            return False
        media = parcel.by_key(shot)
        if not await self._goes(self._renders.supply, media, of=record):
            return False
        attempt = replace(record, attempt=record.attempt + 1)
        if not await self._store.move(record, [State.WAITING], state=State.QUEUED, attempt=attempt.attempt):
            return False
        job = Job(
            take=record.id,
            attempt=attempt.attempt,
            shot=shot,
            byte_limit=_limit(record),
            neighbour=parcel.neighbour,
            scenes=parcel.scenes,
            policy=await self._safety.of(record),
        )
        self._handed[job.id] = tuple(media)
        self._out.add(job.id)
        if await self._goes(self._renders.feed, job, of=record):
            return True
        self.call_off(attempt)  # it may have come through all the same
        await self._store.move(attempt, [State.QUEUED], state=State.WAITING)
        return False

    async def _goes(self, deed: Callable[[_Sent], None], sent: _Sent, *, of: Record) -> bool:
        """Send Redis something of a take; whether it was taken in. The log is told once that it was not."""
        try:
            await asyncio.to_thread(deed, sent)
        except RedisAwayError as error:
            log.log(logging.DEBUG if self._refused else logging.WARNING, "take %s has to wait: %s", of.id, error)
            self._away = self._refused = True
            return False
        self._refused = False
        return True


def _limit(record: Record) -> int:
    """Bytes that the clip may have before it is sealed."""
    return max(record.byte_limit // 2, record.byte_limit - room(record.take.shot))
