"""Replies to clips: a nudge in words. Discord shows them to a bot without any privileged intent where they ping it."""

import discord

from bot.commands.notices import Notices
from bot.community.presses import Presses
from bot.errors import RefusedError
from bot.record.store import Store
from bot.rules.wishes import Wish, checked_words
from bot.takes.asker import Asker
from bot.takes.gate import Gate
from bot.takes.reach import reaches
from renderer.contract.errors import UnstillError
from renderer.contract.shot import Action


class Replies:
    """Hears what is said to clips."""

    def __init__(self, client: discord.Client, *, store: Store, presses: Presses, notices: Notices, gate: Gate) -> None:
        self._client = client
        self._gate = gate
        self._store = store
        self._presses = presses
        self._notices = notices

    async def heard(self, message: discord.Message) -> None:
        """Take a member's reply to a clip for a nudge of it."""
        self._gate.presence.note()
        if self._gate.presence.is_leaving(message.author.id):
            return
        if message.author.bot or message.reference is None or message.reference.message_id is None:
            return
        record = await self._store.shown_as(message.reference.message_id)
        if record is None or not message.content:  # words that Discord does not show are not for us
            return
        asker = Asker.of_message(message, record.locale)
        if not reaches(asker, record) or await self._gate.shuts_out(asker.member_id, record.guild_id):
            return
        try:
            words = checked_words(self._without_ping(message.content))
            if not words:
                raise RefusedError("nothing_said")
            await self._presses.ask(asker, record, Wish(action=Action.NUDGE, words=words))
        except UnstillError as error:
            await self._notices.refuse(record, asker, error)

    def _without_ping(self, content: str) -> str:
        own = self._client.user.id if self._client.user else 0
        return content.replace(f"<@{own}>", "").replace(f"<@!{own}>", "")
