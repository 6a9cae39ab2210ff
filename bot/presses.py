"""What a press on a take does: the child it makes, or the end of the take."""

from typing import TYPE_CHECKING

import discord

from bot.backlog import Backlog
from bot.engines import Engines
from bot.errors import RefusedError
from bot.limits import upload_limit
from bot.settings import Settings
from bot.stills import Stills
from bot.store import CANCELLABLE, Record, State, Store
from renderer.errors import MoodTooLongError
from renderer.job import MOOD_LIMIT, Action, Problem
from renderer.lineage import ACTIONS

if TYPE_CHECKING:
    from bot.client import Unstill


class Presses:
    """Buttons and forms end here, whatever brought them."""

    def __init__(self, settings: Settings, store: Store, stills: Stills, backlog: Backlog, engines: Engines) -> None:
        self._settings = settings
        self._store = store
        self._stills = stills
        self._backlog = backlog
        self._engines = engines

    async def make(
        self, interaction: "discord.Interaction[Unstill]", take_id: str, action: Action, words: str = ""
    ) -> None:
        """Make a child take in the parent's conversation."""
        parent = await self._take_here(interaction, take_id)
        words = checked_words(words)
        if action is Action.NUDGE and not words:
            raise RefusedError("nothing_said")
        child = ACTIONS[action](parent.take, str(interaction.id), words)
        self._engines.check(child.shot)
        if not await self._stills.has(child.shot.still):
            raise RefusedError("still_expired")
        await self._backlog.add(
            Record(
                take=child,
                state=State.WAITING,
                guild_id=parent.guild_id,
                channel_id=parent.channel_id,
                place_id=parent.place_id,
                member_id=interaction.user.id,
                byte_limit=upload_limit(self._settings, interaction.guild),
            )
        )

    async def cancel(self, interaction: "discord.Interaction[Unstill]", take_id: str) -> None:
        """Call a take off that waits or renders: for its author, or a moderator."""
        record = await self._take_here(interaction, take_id)
        if interaction.user.id != record.member_id and not interaction.permissions.manage_messages:
            raise RefusedError("not_yours")
        problem = Problem(code="cancelled", data={"by": str(interaction.user.id)})
        if not await self._backlog.end(record, CANCELLABLE, problem):
            raise RefusedError("too_late")

    async def _take_here(self, interaction: "discord.Interaction[Unstill]", take_id: str) -> Record:
        """The take, if it belongs to the conversation in which the press was made."""
        record = await self._store.get(take_id)
        if record is None:
            raise RefusedError("take_gone")
        if record.guild_id != interaction.guild_id or record.place_id != interaction.channel_id:
            raise RefusedError("elsewhere")
        return record


def checked_words(words: str) -> str:
    """A member's words without the white space around them. Raises `MoodTooLongError`."""
    words = words.strip()
    if len(words) > MOOD_LIMIT:
        raise MoodTooLongError(limit=MOOD_LIMIT)
    return words
