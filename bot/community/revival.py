"""Old clips brought back to hand: their conversation woken, the clip posted anew where it is gone."""

import io
from typing import TYPE_CHECKING

import discord

from bot.commands.answers import own_language
from bot.commands.buttons import bring_back_button, clip_view
from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.posts.clip_posts import ClipPosts, card_text
from bot.posts.renewals import Renewals
from bot.posts.side_posts import SidePosts
from bot.record.store import Store
from bot.rules.takes import Fate, Record, State
from bot.takes.reach import reachable

if TYPE_CHECKING:
    from bot.client import Unstill


class Revival:
    """Brings old clips back to hand."""

    def __init__(
        self, *, store: Store, clips: Clips, clip_posts: ClipPosts, side: SidePosts, renewals: Renewals
    ) -> None:
        self._store = store
        self._clips = clips
        self._clip_posts = clip_posts
        self._side = side
        self._renewals = renewals

    async def find(self, interaction: "discord.Interaction[Unstill]", link: str) -> Record:
        """The take that a link speaks of. Raises `RefusedError`."""
        record = await self._store.linked(link)
        if record is None or record.state is not State.SHOWN:
            raise RefusedError("no_such_take")
        await reachable(interaction, record)
        return record

    async def wake(self, record: Record, member_id: int) -> Record:
        """Wake the conversation, and see that the clip stands in it; the take as it is then."""
        await self._side.wake(record, record.language.say("take-revived", member=f"<@{member_id}>"))
        if record.fate is Fate.TOSSED or await self._clip_posts.stands(record):
            return record
        clip = await self._clips.read(record.id)
        if clip is None:
            raise RefusedError("clip_gone")
        message_id = await self._clip_posts.clip(await self._renewals.card_of(record), clip)
        await self._store.write_message(record.id, message_id)
        return await self._store.get(record.id) or record

    async def answer(self, interaction: "discord.Interaction[Unstill]", record: Record) -> None:
        """Hand the controls over, privately."""
        card, poster = await self._renewals.card_of(record), await self._clips.poster(record.id)
        if record.fate is Fate.TOSSED:
            text = own_language(interaction).say("tossed", member=f"<@{record.fate_by}>")
            await interaction.edit_original_response(content=text, view=bring_back_button(record))
            return
        files = [discord.File(io.BytesIO(poster), "poster.jpg", spoiler=card.covered)] if poster else []
        await interaction.edit_original_response(
            content=card_text(card, home=True), attachments=files, view=clip_view(card)
        )
