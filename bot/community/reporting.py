"""Reports of clips: told to the moderators once, settled by them once."""

import logging
import time

from bot.coalescing import Turns
from bot.community.fates import Fates
from bot.errors import RefusedError
from bot.posts.conversations import Posts
from bot.posts.discord_calls import NobodyThereError, PostError, certain
from bot.posts.places import Places
from bot.posts.report_posts import MEMBER, STILL, TOSS, report_text, report_view
from bot.record.blocks import Blocks
from bot.record.house_rules import Houses
from bot.record.report_store import Posted, ReportStore
from bot.record.store import Store
from bot.rules.allowances import DAY
from bot.rules.blocks import Block, Kind
from bot.rules.takes import CANCELLABLE, Fate, Record, State
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.gate import Gate
from renderer.contract.job import Problem

log = logging.getLogger(__name__)

MOST_REPORTS = 20  # of one member in a day


class Reports:
    """What members complain of, and what moderators make of it."""

    def __init__(
        self,
        *,
        store: Store,
        reports: ReportStore,
        houses: Houses,
        blocks: Blocks,
        gate: Gate,
        fates: Fates,
        backlog: Backlog,
        places: Places,
        posts: Posts,
    ) -> None:
        self._store = store
        self._reports = reports
        self._houses = houses
        self._blocks = blocks
        self._gate = gate
        self._fates = fates
        self._backlog = backlog
        self._places = places
        self._posts = posts
        self._turns = Turns[str]()  # of a take, moderators are told one report after the other

    async def report(self, asker: Asker, record: Record) -> None:
        """Tell the moderators of a clip; a second report adds to the first. Raises `RefusedError`."""
        house = await self._houses.of(record.guild_id)
        if house.reports is None:
            raise RefusedError("no_reports")
        if await self._reports.count_of(asker.member_id, since=time.time() - DAY) >= MOST_REPORTS:
            raise RefusedError("too_many_reports", limit=MOST_REPORTS)
        if not await self._reports.add(record.id, asker.member_id):
            raise RefusedError("already_reported")
        try:
            async with self._turns.of(record.id):
                await self._tell(record, house.reports)
        except PostError as error:
            log.warning("the moderators could not be told of a report: %s", error)
            await self._reports.take_back(record.id, asker.member_id)
            raise RefusedError("reports_gone") from error
        except RefusedError:
            await self._reports.take_back(record.id, asker.member_id)
            raise

    async def find(self, asker: Asker, take_id: str) -> Record:
        """The take that a report speaks of, if it is of this server. Raises `RefusedError`."""
        record = await self._store.get(take_id)
        if record is None:
            raise RefusedError("take_gone")
        if record.guild_id != asker.guild_id:
            raise RefusedError("elsewhere")
        return record

    async def settle(self, asker: Asker, record: Record, deed: str) -> str:
        """Do what a moderator decided first; what the report says from now on. Raises `RefusedError`."""
        if not asker.moderator:
            raise RefusedError("moderators_only")
        if not await self._reports.settle(record.id, deed):
            raise RefusedError("report_settled")
        try:
            await self._do(asker, record, deed)
        except Exception:
            await self._reports.unsettle(record.id)
            raise
        await self._reports.write_settled(record.id, asker.member_id)
        return record.language.say(f"report-done-{deed}", member=f"<@{asker.member_id}>")

    async def _do(self, asker: Asker, record: Record, deed: str) -> None:
        if deed == TOSS:
            await self._fates.take_down(asker, record)
        elif deed == STILL:
            await self._block_still(asker, record)
        elif deed == MEMBER:
            block = Block(kind=Kind.MEMBER, subject=str(record.member_id))
            await self._blocks.add(record.guild_id or 0, block, asker.member_id)

    async def _block_still(self, asker: Asker, record: Record) -> None:
        """Shut a picture out, take down what was made of it here, and end what is under way."""
        sha256 = record.take.shot.still
        block = Block(kind=Kind.STILL, subject=sha256, likeness=await self._gate.likeness(sha256))
        await self._blocks.add(record.guild_id or 0, block, asker.member_id)
        for each in await self._store.made_of(sha256, record.guild_id):
            if each.state is State.SHOWN and each.fate is not Fate.TOSSED:
                await self._fates.take_down(asker, each)
            elif each.state in CANCELLABLE:
                await self._backlog.end(each, CANCELLABLE, Problem(code="blocked_still"))
            await self._posts.take_still_down(each)

    async def _tell(self, record: Record, channel_id: int) -> None:
        members, post = await self._reports.reporters(record.id), await self._reports.post_of(record.id)
        text = report_text(record, members)
        if post is not None:
            message = self._places.place(post.channel_id, record.guild_id).get_partial_message(post.message_id)
            try:
                await certain(message.edit(content=text, view=report_view(record)))
            except NobodyThereError:
                log.info("the report of take %s is gone; it is posted anew", record.id)
            else:
                await self._reports.unsettle(record.id)
                return
        place = self._places.place(channel_id, record.guild_id)
        message = await certain(place.send(text, view=report_view(record), nonce=f"r{record.id}", suppress_embeds=True))
        if not await self._reports.write_post(record.id, Posted(channel_id, message.id)):
            await self._places.drop(record, message.id, channel_id)
            raise RefusedError("take_gone")
