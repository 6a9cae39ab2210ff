"""`/forget me`: a member's pictures, clips, words and votes go, from Discord, the disk and the record.

The wish is written down first, so that a crash in the middle only delays it: whoever leads takes it up again. From
then on nothing of the member's begins, and their takes are `forgotten`: whatever is posted for one all the same is
taken down by who posted it. What had begun before is waited for. Then of all their takes the messages go, the files,
the rows; then what names them beside the takes of others; last, when nothing is left, the wish.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.media.clips import Clips
from bot.media.stills import Stills
from bot.posts.conversations import Posts
from bot.posts.discord_calls import AgainLaterError, PostError
from bot.posts.places import Places
from bot.posts.renewals import Renewals
from bot.posts.side_posts import SidePosts
from bot.posts.traces import Traces
from bot.privacy.unnaming import Unnaming
from bot.record.belongings import Belongings, belongings
from bot.record.errors import RecordAwayError
from bot.record.farewells import Farewells
from bot.record.store import Store
from bot.rules.takes import Footprint, Record
from bot.takes.backlog import Backlog
from bot.takes.presence import Presence
from bot.takes.workshop import Workshop
from renderer.contract.logs import about

log = logging.getLogger(__name__)

PATIENCE = 45.0  # seconds that what had begun before may take: a picture is fetched and read in 40
PAUSE = 10.0  # seconds until one who could not be forgotten is tried again
ROUNDS = 5  # of looking for what came in meanwhile: one is enough unless another bot is at work as well
TIDY = 3600.0  # seconds between looks for what belongs to nobody
SWEEP = 60.0  # seconds between looks for words beside clips that should be gone


class Tally(NamedTuple):
    """What went."""

    stills: int = 0
    clips: int = 0
    votes: int = 0


class Forgetting:
    """Takes members out of everything."""

    def __init__(
        self,
        *,
        store: Store,
        farewells: Farewells,
        stills: Stills,
        clips: Clips,
        workshop: Workshop,
        backlog: Backlog,
        presence: Presence,
        places: Places,
        posts: Posts,
        side: SidePosts,
        traces: Traces,
        unnaming: Unnaming,
        renewals: Renewals,
    ) -> None:
        self._store = store
        self._farewells = farewells
        self._stills = stills
        self._clips = clips
        self._workshop = workshop
        self._backlog = backlog
        self._presence = presence
        self._places = places
        self._posts = posts
        self._side = side
        self._traces = traces
        self._unnaming = unnaming
        self._renewals = renewals
        self._one_at_a_time = asyncio.Lock()
        self._in_person: set[int] = set()  # members who wait for the answer
        self._not_before: dict[int, float] = {}  # member -> when they are tried again
        self._tidy_at = 0.0
        self._sweep_at = 0.0

    async def belongings(self, member_id: int) -> Belongings:
        """What a member would be asked about: their takes with what was made of them, and their votes."""
        return await belongings(self._store, member_id)

    async def grant(self, member_id: int) -> Tally:
        """Write the wish down, and from there on keep it; return what went.

        Raises `PostError` where that cannot be done now: what is left goes at a later tick.
        """
        self._in_person.add(member_id)
        try:
            await self._farewells.ask(member_id)
            return await self._forget(member_id)
        finally:
            self._in_person.discard(member_id)

    async def tick(self) -> None:
        """Go on with what was asked and is not done, unless somebody is being forgotten just now."""
        if self._one_at_a_time.locked():
            return
        await self._tidy()
        for member_id in await self._farewells.members():
            if member_id not in self._in_person and self._not_before.get(member_id, 0.0) <= time.monotonic():
                await self._go_on(member_id)

    async def _go_on(self, member_id: int) -> None:
        try:
            await self._forget(member_id)
        except PostError as error:
            log.warning("member %d is forgotten later: %s", member_id, error)
        except RecordAwayError:
            raise  # it is away for all of them
        except Exception:  # of one member: the others are to be forgotten all the same
            log.exception("member %d is forgotten later", member_id)
        else:
            self._not_before.pop(member_id, None)
            return
        self._not_before[member_id] = time.monotonic() + PAUSE

    async def _tidy(self) -> None:
        """Drop what belongs to nobody, and words beside clips that should be gone."""
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + TIDY
            await self._farewells.drop_ownerless(time.time())
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + SWEEP
            await self._side.drop_left_over(time.time())

    async def _forget(self, member_id: int) -> Tally:
        """Take a member out of Discord, disk and record; return what went."""
        async with self._one_at_a_time:
            with self._presence.leaving(member_id):
                theirs = await self._retire(member_id)
                await self._come_to_rest(member_id, theirs)
                await self._leave(member_id)
        log.info("member %d is forgotten: %d takes", member_id, len(theirs.takes))
        return _tally(theirs)

    async def _retire(self, member_id: int) -> Belongings:
        """Have nobody find, change or go on from what is theirs any more; what that is."""
        await self._farewells.end_jams(member_id)
        theirs = await belongings(self._store, member_id)
        await self._farewells.retire(each.id for each in theirs.takes)
        return theirs

    async def _come_to_rest(self, member_id: int, theirs: Belongings) -> None:
        """Wait for whoever was at something before, and may still write or post what names the member."""
        touched = [*(each.id for each in theirs.takes), *await self._farewells.naming(member_id)]
        if not (await self._presence.rest(PATIENCE) and await self._backlog.let_go_of(touched, PATIENCE)):
            raise AgainLaterError("what was begun before is not done yet")

    async def _leave(self, member_id: int) -> None:
        """Have all of it go, with what came in until nothing more could."""
        for _ in range(ROUNDS):
            theirs = await self._retire(member_id)
            await self._unsay_jams(member_id)
            await self._forget_takes(member_id, theirs.takes)
            await self._unnaming.unname(member_id)
            await self._side.drop_notices_to(member_id)
            for still in await self._farewells.unused_stills(member_id):
                await self._stills.delete(still)
            voted = await self._farewells.ballots_of(member_id)
            if await self._farewells.leave(member_id):
                for take_id in voted:
                    self._renewals.renew(take_id)
                return
        raise AgainLaterError("somebody else is still at it")

    async def _unsay_jams(self, member_id: int) -> None:
        """Take down what was said last of their jams, which is found by the jams' rows: these go after it."""
        for word in await self._farewells.last_words(member_id):
            for beside in (await self._store.remains(word.root))[:1]:
                await self._side.unsay(beside, word.message_id)
            await self._farewells.drop_jam(word.jam)

    async def _forget_takes(self, member_id: int, takes: Sequence[Footprint]) -> None:
        """Messages, then files and rows, the youngest first: what goes on from a take is found by it."""
        for record in reversed(takes):
            with about(take=record.id):
                self._workshop.call_off(record)
                await self._drop_messages(record)
        for first, going in _conversations(takes):
            await self._traces.look_through(first, member_id, going)
        for record in reversed(takes):
            await self._clips.delete(record.id)
            if await self._farewells.drop_take(record):
                await self._stills.delete(record.still)

    async def _drop_messages(self, record: Footprint) -> None:
        """Take everything down that is known to show the picture, the clip or the words."""
        showing = await self._farewells.showing(record.id)
        here = record.place_id or record.channel_id
        places: list[tuple[int, int | None]] = [*showing.elsewhere, *((here, tally) for tally in showing.tallies)]
        places += [(here, record.status_id), (here, record.message_id)]
        for channel_id, message_id in places:
            if message_id is not None:
                await self._places.drop(record, message_id, channel_id)
        if record.parent is None:
            await self._drop_opening(record)

    async def _drop_opening(self, record: Footprint) -> None:
        """The still and the name of its thread; also where the bot died before it had written down where they are."""
        opener_id = record.opener_id or await self._posts.lost_opener(record)
        if opener_id is not None:
            await self._posts.retract_opening(record, opener_id, opener_id)  # a thread has the id of its opener


def _conversations(takes: Sequence[Footprint]) -> Iterator[tuple[Footprint, frozenset[str]]]:
    """Where takes stand: each thread with the first of its takes, a channel with each still asked for there."""
    by_place: defaultdict[int, list[Footprint]] = defaultdict(list)
    for each in takes:
        by_place[each.place_id or each.channel_id].append(each)
    for place_id, those in by_place.items():
        going = frozenset(each.id for each in those)
        threaded = place_id != those[0].channel_id
        for first in those[:1] if threaded else [each for each in those if each.parent is None] or those[:1]:
            yield first, going


def _tally(theirs: Belongings) -> Tally:
    clips = [each for each in theirs.takes if isinstance(each, Record) and each.report is not None]
    return Tally(stills=len(theirs.stills), clips=len(clips), votes=theirs.votes)
