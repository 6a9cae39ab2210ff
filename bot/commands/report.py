"""Members report clips; moderators read of it in a channel of their own, and settle it there."""

import logging
import re
import time
from typing import TYPE_CHECKING, Self

import discord
import sqlalchemy as sa
from discord import ui

from bot.commands.answers import answered
from bot.commands.buttons import TAKE
from bot.commands.guarded import Guarded
from bot.community.fates import Fates
from bot.errors import RefusedError
from bot.links import jump_link
from bot.posts.conversations import Posts
from bot.posts.discord_calls import NobodyThereError, PostError, certain
from bot.posts.places import Places
from bot.record.blocks import Block, Blocks, Kind
from bot.record.database import insert_new
from bot.record.house_rules import Houses
from bot.record.store import CANCELLABLE, Fate, Record, State, Store
from bot.record.tables import report_posts, reports, takes
from bot.rules.house import DAY
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.gate import Gate
from bot.wording import sentences as wording
from renderer.contract.job import Problem

if TYPE_CHECKING:
    from bot.client import Unstill

log = logging.getLogger(__name__)

MOST_REPORTS = 20  # of one member in a day
TOSS, STILL, MEMBER, DISMISS = "toss", "still", "member", "dismiss"
EMOJI = {TOSS: "🗑️", STILL: "🖼️", MEMBER: "🚫", DISMISS: "✔️"}


class Reports:
    """What members complain of, and what moderators make of it."""

    def __init__(
        self,
        *,
        store: Store,
        houses: Houses,
        blocks: Blocks,
        gate: Gate,
        fates: Fates,
        backlog: Backlog,
        places: Places,
        posts: Posts,
    ) -> None:
        self._store = store
        self._engine = store.engine
        self._houses = houses
        self._blocks = blocks
        self._gate = gate
        self._fates = fates
        self._backlog = backlog
        self._places = places
        self._posts = posts

    async def report(self, asker: Asker, record: Record) -> None:
        """Tell the moderators of a clip; a second report adds to the first. Raises `RefusedError`."""
        house = await self._houses.of(record.guild_id)
        if house.reports is None:
            raise RefusedError("no_reports")
        if not await self._write(asker.member_id, record.id):
            raise RefusedError("already_reported")
        try:
            await self._tell(record, house.reports)
        except PostError as error:
            log.warning("the moderators could not be told of a report: %s", error)
            await self._unwrite(asker.member_id, record.id)
            raise RefusedError("reports_gone") from error

    async def settle(self, asker: Asker, record: Record, deed: str) -> str:
        """Do what a moderator decided; what the report says from now on. Raises `RefusedError`."""
        if not asker.moderator:
            raise RefusedError("moderators_only")
        if deed == TOSS:
            await self._fates.take_down(asker, record)
        elif deed == STILL:
            await self._block_still(asker, record)
        elif deed == MEMBER:
            block = Block(kind=Kind.MEMBER, subject=str(record.member_id))
            await self._blocks.add(record.guild_id or 0, block, asker.member_id)
        return record.language.say(f"report-done-{deed}", member=f"<@{asker.member_id}>")

    async def _block_still(self, asker: Asker, record: Record) -> None:
        """Shut a picture out, take down what was made of it here, and end what is under way."""
        sha256 = record.take.shot.still
        block = Block(kind=Kind.STILL, subject=sha256, likeness=await self._gate.likeness(sha256))
        await self._blocks.add(record.guild_id or 0, block, asker.member_id)
        for each in await self._store.select(
            takes.select().where(takes.c.still == sha256, takes.c.guild_id == record.guild_id)
        ):
            if each.state is State.SHOWN and each.fate is not Fate.TOSSED:
                await self._fates.take_down(asker, each)
            elif each.state in CANCELLABLE:
                await self._backlog.end(each, CANCELLABLE, Problem(code="blocked_still"))
            await self._posts.take_still_down(each)

    async def _write(self, member_id: int, take_id: str) -> bool:
        now = time.time()
        row = {"take_id": take_id, "member_id": member_id, "at": now}
        own = (reports.c.member_id == member_id, reports.c.at > now - DAY)
        async with self._engine.begin() as connection:
            count = await connection.scalar(sa.select(sa.func.count()).select_from(reports).where(*own))
            if (count or 0) >= MOST_REPORTS:
                raise RefusedError("too_many_reports", limit=MOST_REPORTS)
            return (await connection.execute(insert_new(connection, reports).values(row))).rowcount == 1

    async def _unwrite(self, member_id: int, take_id: str) -> None:
        own = (reports.c.take_id == take_id, reports.c.member_id == member_id)
        async with self._engine.begin() as connection:
            await connection.execute(reports.delete().where(*own))

    async def _tell(self, record: Record, channel_id: int) -> None:
        async with self._engine.connect() as connection:
            query = sa.select(reports.c.member_id).where(reports.c.take_id == record.id).order_by(reports.c.at)
            members = list((await connection.execute(query)).scalars())
            post = (await connection.execute(report_posts.select().where(report_posts.c.take_id == record.id))).first()
        text = report_text(record, members)
        if post is not None:
            message = self._places.place(post.channel_id, record.guild_id).get_partial_message(post.message_id)
            try:
                await certain(message.edit(content=text, view=report_view(record)))
            except NobodyThereError:
                log.info("the report of take %s is gone; it is posted anew", record.id)
            else:
                return
        place = self._places.place(channel_id, record.guild_id)
        message = await certain(place.send(text, view=report_view(record), nonce=f"r{record.id}", suppress_embeds=True))
        row = {"take_id": record.id, "channel_id": channel_id, "message_id": message.id}
        async with self._engine.begin() as connection:
            await connection.execute(report_posts.delete().where(report_posts.c.take_id == record.id))
            await connection.execute(report_posts.insert().values(row))


class ReportButton(
    Guarded, ui.DynamicItem[ui.Button[ui.View]], template=rf"unstill:report-(?P<deed>{'|'.join(EMOJI)}):{TAKE}"
):
    """What a moderator may do about a reported clip."""

    def __init__(self, deed: str, take_id: str, label: str = "") -> None:
        style = discord.ButtonStyle.secondary if deed == DISMISS else discord.ButtonStyle.danger
        custom_id = f"unstill:report-{deed}:{take_id}"
        super().__init__(ui.Button(label=label, emoji=EMOJI[deed], style=style, custom_id=custom_id))
        self.deed = deed
        self.take_id = take_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["deed"], match["take"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            await interaction.response.defer()
            record = await interaction.client.store.get(self.take_id)
            if record is None:
                raise RefusedError("take_gone")
            if record.guild_id != interaction.guild_id:
                raise RefusedError("elsewhere")
            said = await interaction.client.reports.settle(Asker.of_interaction(interaction), record, self.deed)
            before = interaction.message.content if interaction.message else ""
            await interaction.edit_original_response(content=f"{before}\n{said}", view=None)


def report_text(record: Record, members: list[int]) -> str:
    """What moderators read: who reports which clip of whom, and the words it was asked with."""
    say = record.language
    beat = record.take.shot.beat
    words = wording.quote("; ".join(filter(None, (beat.mood, *beat.words)))) or say.say("queue-no-mood")
    return say.say(
        "report-text",
        members=wording.mentions(say, members),
        link=jump_link(record) or record.id,
        author=wording.mentions(say, record.members),
        words=words,
    )


def report_view(record: Record) -> ui.View:
    view = ui.View(timeout=None)
    for deed in EMOJI:
        view.add_item(ReportButton(deed, record.id, record.language.say(f"report-{deed}")))
    return view
