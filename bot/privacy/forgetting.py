"""`/forget me`: a member's pictures, clips, words and votes go, from Discord, the disk and the record.

The wish is written down first, so that a crash in the middle only delays it: whoever leads takes it up again. Of each
take its messages go first, then its files, then its row.
"""

import asyncio
import logging
from typing import NamedTuple

import discord

from bot.media.clips import Clips
from bot.media.stills import Stills
from bot.posts.discord_calls import NobodyThereError, PostError, certain
from bot.posts.places import Places
from bot.posts.renewals import Renewals
from bot.record.belongings import Belongings, belongings
from bot.record.errors import RecordAwayError
from bot.record.farewells import Farewells
from bot.record.store import Store
from bot.rules.takes import Footprint, Record
from bot.takes.workshop import Workshop
from renderer.contract.logs import about

log = logging.getLogger(__name__)


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
        places: Places,
        renewals: Renewals,
    ) -> None:
        self._store = store
        self._farewells = farewells
        self._workshop = workshop
        self._places = places
        self._renewals = renewals
        self._stills = stills
        self._clips = clips
        self._one_at_a_time = asyncio.Lock()

    async def belongings(self, member_id: int) -> Belongings:
        """What a member would be asked about: their takes with what was made of them, and their votes."""
        return await belongings(self._store, member_id)

    async def ask(self, member_id: int) -> None:
        """Write the wish down: from here on it is kept."""
        await self._farewells.ask(member_id)

    async def tick(self) -> None:
        """Go on with what was asked and is not done, unless somebody is being forgotten just now."""
        if self._one_at_a_time.locked():
            return
        for member_id in await self._farewells.members():
            try:
                await self.forget(member_id)
            except PostError as error:
                log.warning("member %d is forgotten later: %s", member_id, error)
            except RecordAwayError:
                raise  # it is away for all of them
            except Exception:  # of one member: the others are to be forgotten all the same
                log.exception("member %d is forgotten later", member_id)

    async def forget(self, member_id: int) -> Tally:
        """Take a member out of Discord, disk and record; return what went.

        Raises `PostError` where Discord is away: what is left goes at a later tick.
        """
        async with self._one_at_a_time:
            theirs = await belongings(self._store, member_id)
            for record in reversed(theirs.takes):
                with about(take=record.id):
                    await self._forget_take(record)
            for take_id in await self._farewells.leave_credits(member_id):
                self._renewals.renew(take_id)
            await self._farewells.drop_votes(member_id)
        log.info("member %d is forgotten: %d takes", member_id, len(theirs.takes))
        return _tally(theirs)

    async def _forget_take(self, record: Footprint) -> None:
        self._workshop.call_off(record)
        await self._drop_messages(record)
        await self._clips.delete(record.id)
        if await self._farewells.drop_take(record):
            await self._stills.delete(record.still)

    async def _drop_messages(self, record: Footprint) -> None:
        """Take everything down that shows the picture, the clip or the words."""
        showing = await self._farewells.showing(record.id)
        here = record.place_id or record.channel_id
        places: list[tuple[int, int | None]] = [*showing.elsewhere, *((here, tally) for tally in showing.tallies)]
        places += [(here, record.status_id), (here, record.message_id), (record.channel_id, record.opener_id)]
        for channel_id, message_id in places:
            if message_id is not None:
                await self._drop(record, channel_id, message_id)
        if record.parent is None and record.place_id not in {None, record.channel_id}:
            await self._rename_thread(record)

    async def _drop(self, record: Footprint, channel_id: int, message_id: int) -> None:
        message = self._places.place(channel_id, record.guild_id).get_partial_message(message_id)
        try:
            await self._places.awake(record, message.delete)
        except NobodyThereError:
            log.info("message %d was gone already", message_id)

    async def _rename_thread(self, record: Footprint) -> None:
        """A thread is called by its mood, which is a member's words."""
        try:
            thread = await self._places.fetch(record.place_id or 0)
            if isinstance(thread, discord.Thread):
                await certain(thread.edit(name=record.language.say("thread-forgotten")))
        except NobodyThereError:
            log.info("the thread was gone already")


def _tally(theirs: Belongings) -> Tally:
    clips = [each for each in theirs.takes if isinstance(each, Record) and each.report is not None]
    return Tally(stills=len(theirs.stills), clips=len(clips), votes=theirs.votes)
