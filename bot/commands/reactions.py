"""Reactions on clips: a request in one emoji. Discord tells of them whether the clip is old or new."""

import logging

import discord

from bot.commands.notices import Notices, Pace
from bot.community.fates import Fates
from bot.community.presses import Presses
from bot.errors import RefusedError
from bot.record.house_rules import Houses
from bot.record.reaction_log import NOWHERE, Mark, ReactionLog
from bot.record.store import Store
from bot.rules.emoji_map import wish_of
from bot.rules.house import quiet_until
from bot.rules.takes import Fate, Record
from bot.rules.wishes import Wish
from bot.takes.asker import Asker
from bot.takes.gate import Gate
from bot.takes.reach import reaches
from renderer.contract.errors import UnstillError

log = logging.getLogger(__name__)

MOST, SECONDS = 20, 45.0  # reactions of one member in one place that are heard in this time


class Reactions:
    """Hears of reactions that come and go."""

    def __init__(
        self,
        client: discord.Client,
        *,
        store: Store,
        houses: Houses,
        presses: Presses,
        fates: Fates,
        notices: Notices,
        gate: Gate,
        log: ReactionLog,
    ) -> None:
        self._client = client
        self._gate = gate
        self._store = store
        self._houses = houses
        self._presses = presses
        self._fates = fates
        self._notices = notices
        self._log = log
        self._pace = Pace(MOST, SECONDS)

    async def added(self, event: discord.RawReactionActionEvent) -> None:
        """Somebody reacts, as Discord tells just now. Who does nothing else for a while is told to wait."""
        self._gate.presence.note()
        if self._gate.presence.is_leaving(event.user_id):
            return
        record = await self._clip_of(event)
        if record is None:
            return
        if self._pace.allows((event.user_id, event.channel_id)):
            await self._hear(event, record)
        else:
            await self._notices.refuse(record, self._asker(event, record), RefusedError("too_much_at_once"))

    async def found(self, event: discord.RawReactionActionEvent) -> None:
        """Somebody reacted while no bot was there to be told."""
        if not self._gate.presence.is_leaving(event.user_id) and (record := await self._clip_of(event)):
            await self._hear(event, record)

    async def _hear(self, event: discord.RawReactionActionEvent, record: Record) -> None:
        asker = self._asker(event, record)
        if not reaches(asker, record):
            return  # a copy may stand where not all see the conversation itself
        house = await self._houses.of(event.guild_id)
        deed = wish_of(event.emoji.name, house) if house.reactions else None
        counted_in = await self._log.add(_mark(event)) if deed else None
        if deed is None or counted_in is None or await self._gate.shuts_out(asker.member_id, event.guild_id):
            return
        try:
            if until := quiet_until(house, discord.utils.utcnow()):
                await self._notices.quiet(record, asker, until)
            elif isinstance(deed, Wish):
                standing = await self._presses.vote(asker, record, deed, counted_in=counted_in)
                await self._log.count_in(_mark(event), standing.number if counted_in == NOWHERE else counted_in)
            else:
                await self._decide(asker, record, deed)
                await self._log.count_in(_mark(event), 0)
        except UnstillError as error:
            await self._notices.refuse(record, asker, error)

    async def removed(self, event: discord.RawReactionActionEvent) -> None:
        """Somebody took a reaction back: before its take has begun, that takes the request back.

        Where that can no longer be done, there is nothing to be said of it.
        """
        self._gate.presence.note()
        if self._gate.presence.is_leaving(event.user_id):
            return
        record = await self._clip_of(event)
        number = await self._log.take_back(_mark(event)) if record else None
        if record is None or number is None:
            return
        try:
            await self._take_back(event, record, number)
        except UnstillError as error:
            log.info("a reaction to take %s is not taken back: %s", record.id, error)

    async def _take_back(self, event: discord.RawReactionActionEvent, record: Record, number: int) -> None:
        deed = wish_of(event.emoji.name, await self._houses.of(event.guild_id))
        asker = self._asker(event, record)
        if isinstance(deed, Wish):
            await self._presses.take_back(asker, record, deed, number)
        elif deed is Fate.KEPT and record.fate is Fate.KEPT and record.fate_by == asker.member_id:
            await self._fates.let_go(asker, record)

    async def _decide(self, asker: Asker, record: Record, fate: Fate) -> None:
        await (self._fates.keep if fate is Fate.KEPT else self._fates.toss)(asker, record)

    async def _clip_of(self, event: discord.RawReactionActionEvent) -> Record | None:
        """The take whose clip was reacted to, unless a bot did."""
        if self._client.user is None or event.user_id == self._client.user.id or (event.member and event.member.bot):
            return None
        return await self._store.shown_as(event.message_id)

    def _asker(self, event: discord.RawReactionActionEvent, record: Record) -> Asker:
        guild = self._client.get_guild(event.guild_id) if event.guild_id else None
        return Asker.of_reaction(event, guild, record.locale, f"{event.message_id}:{event.emoji}:{event.user_id}")


def _mark(event: discord.RawReactionActionEvent) -> Mark:
    return Mark(message_id=event.message_id, emoji=str(event.emoji), member_id=event.user_id)
