"""`/forget me`: a member's pictures, clips, words and votes go, from Discord, the disk and the record.

The wish is written down first, so that a crash in the middle only delays it: whoever leads takes it up again. Of each
take its messages go first, then its files, then its row.
"""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import discord
import sqlalchemy as sa

from bot.posts.discord_calls import NobodyThereError, PostError, certain
from bot.posts.places import Places
from bot.posts.renewals import Renewals
from bot.record.belongings import VOTES, Belongings, belongings
from bot.record.database import insert_new
from bot.record.store import Store
from bot.record.tables import (
    attempts,
    ballots,
    copies,
    farewells,
    jam_votes,
    jams,
    reactions,
    report_posts,
    reports,
    rounds,
    takes,
)
from bot.rules.takes import Record
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

    def __init__(self, *, store: Store, workshop: Workshop, places: Places, renewals: Renewals, folder: Path) -> None:
        self._store = store
        self._database = store.database
        self._workshop = workshop
        self._places = places
        self._renewals = renewals
        self._folder = folder
        self._one_at_a_time = asyncio.Lock()

    async def ask(self, member_id: int) -> None:
        """Write the wish down: from here on it is kept."""
        async with self._database.writing() as connection:
            row = {"member_id": member_id, "at": time.time()}
            await connection.execute(insert_new(connection, farewells).values(row))

    async def tick(self) -> None:
        """Go on with what was asked and is not done."""
        async with self._database.reading() as connection:
            members = (await connection.execute(sa.select(farewells.c.member_id))).scalars().all()
        for member_id in members:
            try:
                await self.forget(member_id)
            except PostError as error:
                log.warning("member %d is forgotten later: %s", member_id, error)

    async def forget(self, member_id: int) -> Tally:
        """Do it; return what went. Raises `PostError` where Discord is away: what is left goes at a later tick."""
        async with self._one_at_a_time:
            theirs = await belongings(self._store, member_id)
            for record in reversed(theirs.takes):
                with about(take=record.id):
                    await self._forget_take(record)
            await self._leave_credits(member_id)
            await self._drop_votes(member_id)
        log.info("member %d is forgotten: %d takes", member_id, len(theirs.takes))
        return _tally(theirs)

    async def _forget_take(self, record: Record) -> None:
        await self._workshop.call_off(record)
        await self._drop_messages(record)
        await asyncio.to_thread(self._delete_clip, record.id)
        async with self._database.writing() as connection:
            for table in (ballots, rounds, copies, reports, report_posts):
                await connection.execute(table.delete().where(table.c.take_id == record.id))
            own = sa.select(jams.c.id).where(jams.c.root == record.id)
            await connection.execute(jam_votes.delete().where(jam_votes.c.jam_id.in_(own)))
            await connection.execute(jams.delete().where(jams.c.root == record.id))
            if record.message_id is not None:
                await connection.execute(reactions.delete().where(reactions.c.message_id == record.message_id))
            await connection.execute(takes.delete().where(takes.c.id == record.id))
            still = record.take.shot.still
            users = await connection.scalar(sa.select(sa.func.count()).select_from(takes).where(takes.c.still == still))
        if not users:
            await asyncio.to_thread(self._delete_still, still)

    async def _drop_messages(self, record: Record) -> None:
        """Take everything down that shows the picture, the clip or the words."""
        async with self._database.reading() as connection:
            shown = (await connection.execute(copies.select().where(copies.c.take_id == record.id))).all()
            told = (await connection.execute(report_posts.select().where(report_posts.c.take_id == record.id))).all()
            tallies = (
                await connection.execute(sa.select(rounds.c.tally_id).where(rounds.c.take_id == record.id))
            ).all()
        here = record.place_id or record.channel_id
        places: list[tuple[int, int | None]] = [(row.channel_id, row.message_id) for row in (*shown, *told)]
        places += [(here, row.tally_id) for row in tallies]
        places += [(here, record.status_id), (here, record.message_id), (record.channel_id, record.opener_id)]
        for channel_id, message_id in places:
            if message_id is not None:
                await self._drop(record, channel_id, message_id)
        if record.take.parent is None and record.place_id not in {None, record.channel_id}:
            await self._rename_thread(record)

    async def _drop(self, record: Record, channel_id: int, message_id: int) -> None:
        message = self._places.place(channel_id, record.guild_id).get_partial_message(message_id)
        try:
            await self._places.awake(record, message.delete)
        except NobodyThereError:
            log.info("message %d was gone already", message_id)

    async def _rename_thread(self, record: Record) -> None:
        """A thread is called by its mood, which is a member's words."""
        try:
            thread = await self._places.fetch(record.place_id or 0)
            if isinstance(thread, discord.Thread):
                await certain(thread.edit(name=record.language.say("thread-forgotten")))
        except NobodyThereError:
            log.info("the thread was gone already")

    async def _leave_credits(self, member_id: int) -> None:
        """Takes that others asked for together with this member, kept or tossed by them, no longer say so."""
        mentioned = sa.or_(takes.c.credits.contains(str(member_id)), takes.c.fate_by == member_id)
        for record in await self._store.select(takes.select().where(mentioned)):
            others = [each for each in record.credits if each != member_id]
            by = None if record.fate_by == member_id else record.fate_by
            async with self._database.writing() as connection:
                row = {"credits": json.dumps(others if len(others) > 1 else []), "fate_by": by}
                await connection.execute(takes.update().where(takes.c.id == record.id).values(row))
            self._renewals.renew(record.id)

    async def _drop_votes(self, member_id: int) -> None:
        async with self._database.writing() as connection:
            for table in (*VOTES, attempts, farewells):
                await connection.execute(table.delete().where(table.c.member_id == member_id))

    def _delete_clip(self, take_id: str) -> None:
        _delete(self._folder / "clips", take_id)

    def _delete_still(self, sha256: str) -> None:
        _delete(self._folder / "stills", sha256)


def _delete(folder: Path, name: str) -> None:
    for suffix in (".mp4", ".jpg", ".png"):
        (folder / f"{name}{suffix}").unlink(missing_ok=True)


def _tally(theirs: Belongings) -> Tally:
    clips: Sequence[Record] = [each for each in theirs.takes if each.report is not None]
    return Tally(stills=len(theirs.stills), clips=len(clips), votes=theirs.votes)
