"""The message of a clip: posted once, kept as it should look, taken down and put back, and shown elsewhere."""

import io
import logging
from collections.abc import Callable
from typing import Any

import discord

from bot.media.clips import clip_name
from bot.media.provenance import origin_of
from bot.posts.controls import bring_back_button, clip_view
from bot.posts.discord_calls import AgainLaterError, NobodyThereError, UneditableError, certain
from bot.posts.places import Places, jump_link
from bot.rules.clip_card import ClipCard
from bot.rules.takes import Fate, Record
from bot.wording import sentences
from bot.wording.changes import what_changed
from renderer.contract.shot import Action

log = logging.getLogger(__name__)

GetFiles = Callable[[], list[discord.File]]  # asked anew for each try: a file that was sent is read to its end


class ClipPosts:
    """Posts and edits clips."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def clip(self, card: ClipCard, clip: bytes) -> int:
        """Post the clip with its buttons, once. Raises `TooLargeError`, `NobodyThereError`, `AgainLaterError`."""
        record = card.record
        place, file = self._places.of(record), _clip_file(card, clip)
        if record.posting and (found := await self._places.find(place, clip_name(record.id), record)):
            return found.id
        asked = [discord.Object(member) for member in record.members]
        message = await certain(
            place.send(
                card_text(card),
                file=file,
                view=clip_view(card),
                nonce=f"c{record.id}",
                suppress_embeds=True,
                allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=asked),
            )
        )
        return message.id

    async def retract(self, record: Record, message_id: int, channel_id: int | None = None) -> None:
        """Take down a clip that was posted for a take that has gone meanwhile."""
        await self._places.drop(record, message_id, channel_id)

    async def share(self, card: ClipCard, channel_id: int, clip: bytes) -> int:
        """Post a clip once more, in another channel of its server; the message that shows it there."""
        record = card.record
        place, file = self._places.place(channel_id, record.guild_id), _clip_file(card, clip)
        text = card_text(card, home=True)
        return (await certain(place.send(text, file=file, nonce=f"g{record.id}", suppress_embeds=True))).id

    async def clip_url(self, record: Record) -> str | None:
        """Where Discord keeps the clip just now; its addresses are good for a day. None where it has it no longer."""
        message = await self._clip_message(record)
        clips = [file for file in message.attachments if file.filename.endswith(".mp4")] if message else []
        return clips[0].url if clips else None

    async def stands(self, record: Record) -> bool:
        """Whether the clip's message is still there."""
        return await self._clip_message(record) is not None

    async def _clip_message(self, record: Record) -> discord.Message | None:
        if record.message_id is None:
            return None
        try:
            return await certain(self._places.of(record).fetch_message(record.message_id))
        except NobodyThereError:
            return None

    async def renew_clip(self, card: ClipCard) -> None:
        """Have the clip's message say what is so now. Raises `UneditableError` where Discord takes no more edits."""
        await self._change(card.record, lambda: {"content": card_text(card), "view": clip_view(card)})

    async def take_down(self, record: Record) -> int:
        """Leave one line of a tossed clip; the message that says so."""
        text = sentences.tossed(record.language, record.fate_by)
        return await self._replace(record, text, list, bring_back_button(record), nonce="t")

    async def put_back(self, card: ClipCard, clip: bytes) -> int:
        """Show a tossed clip again; the message that does."""
        record, text, view = card.record, card_text(card), clip_view(card)
        return await self._replace(record, text, lambda: [_clip_file(card, clip)], view, nonce="b")

    async def _replace(self, record: Record, text: str, files: GetFiles, view: discord.ui.View, *, nonce: str) -> int:
        """Have the clip's message show something else, or a new one in its place where it cannot be edited.

        The new one's nonce follows from what it is (`nonce`) and the message in whose place it stands.
        """
        try:
            await self._change(record, lambda: {"content": text, "attachments": files(), "view": view})
        except UneditableError as error:
            log.info("the message of take %s is replaced: %s", record.id, error)
            if record.message_id is not None:
                await self._places.drop(record, record.message_id)
        except NobodyThereError as error:
            log.info("the message of take %s is gone: %s", record.id, error)
        else:
            return record.message_id or 0
        place, nonce = self._places.of(record), f"{nonce}{record.message_id or record.id}"
        new = place.send(text, files=files(), view=view, nonce=nonce, silent=True, suppress_embeds=True)
        return (await certain(new)).id

    async def _change(self, record: Record, changes: Callable[[], dict[str, Any]]) -> None:
        if record.message_id is None:
            raise NobodyThereError("no message")
        message = self._places.of(record).get_partial_message(record.message_id)
        try:
            await self._places.awake(record, lambda: message.edit(**changes()))
        except AgainLaterError as error:
            if isinstance(error.__cause__, discord.RateLimited):  # for longer than we wait
                raise UneditableError(str(error)) from error
            raise


def _clip_file(card: ClipCard, clip: bytes) -> discord.File:
    record = card.record
    description = sentences.alt_text(record.language, record.report) if record.report else None
    return discord.File(io.BytesIO(clip), clip_name(record.id), description=description, spoiler=card.covered)


def card_text(card: ClipCard, *, home: bool = False) -> str:
    """What a clip's message says above its buttons; `home`: with a link to its conversation, for elsewhere."""
    record, report = card.record, card.record.report
    if report is None:
        raise ValueError(f"take {record.id} has no report yet")
    members, kept_by = record.members, record.fate_by if record.fate is Fate.KEPT else None
    origin = jump_link(record if home else card.parent)
    if record.take.shot.scenes:
        authors = [member for scene in card.scenes for member in scene.members]
        distinct = list(dict.fromkeys(authors))
        count, made = len(record.take.shot.scenes), origin_of(record, card.scenes)
        return sentences.reel_caption(record.language, count, distinct, members, origin, kept_by, made)
    before = card.parent.report if card.parent and record.take.action is Action.NUDGE else None
    changed = what_changed(record.language, before, report) if before and not home else ""
    return sentences.caption(
        record.language,
        report,
        record.take.action,
        members,
        origin,
        changed=changed,
        kept_by=kept_by,
        covered=card.covered,
    )
