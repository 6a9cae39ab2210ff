"""What stands in Discord for a take: the still and its thread, the status line, the clip or why there is none.

Each is posted once, whatever breaks in between: Discord drops a repeated nonce for some minutes, an edit may be
repeated, and after any doubt the conversation is searched for the file that bears the take's id.
"""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import aiohttp
import discord

from bot import wording
from bot.buttons import EMOJI, bring_back_button, cancel_button, clip_view
from bot.changes import what_changed
from bot.face import Face
from bot.language import Language
from bot.store import Fate, Record
from bot.wishes import words_of
from renderer.job import Action, Problem

log = logging.getLogger(__name__)

THREAD_SECONDS = 8.0  # opening a thread may be rate-limited for minutes: then the channel itself will do
ARCHIVE_MINUTES = 7 * 24 * 60
TOO_LARGE, EDITED_TOO_OFTEN, ARCHIVED = 40005, 30046, 50083
UNSURE = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError, TimeoutError, OSError)
SEARCHED = 500  # messages
COVERED = "SPOILER_"  # discord.py puts it before the name of a file behind a cover, which is how Discord knows
CLOCKS_DIFFER = 60.0  # seconds

_Answer = TypeVar("_Answer")


class PostError(Exception):
    """Discord did not do what was asked."""


class TooLargeError(PostError):
    """Discord refuses the clip for its size."""


class NobodyThereError(PostError):
    """The conversation is gone, or closed to the bot."""


class ArchivedError(NobodyThereError):
    """The thread is archived: it can be woken by a message, unless it is locked."""


class UneditableError(PostError):
    """Discord takes no more edits of this message, which is too old or was edited too often."""


class RejectedError(PostError):
    """Discord will never take this; the fault is ours."""


class AgainLaterError(PostError):
    """Discord is away or busy; what was asked may or may not have happened."""


class Posts:
    """Posts, edits and finds what members see of a take."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def _place(self, channel_id: int, guild_id: int | None) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id, guild_id=guild_id)

    async def opener(self, record: Record, preview: bytes, *, again: bool) -> discord.Message:
        """Show the still and who asked, in the channel where it was asked. `again`: it may be there already."""
        channel = self._place(record.channel_id, record.guild_id)
        if again and (found := await self._find(channel, _still_name(record), record)):
            return found
        text = wording.opener(record.language, f"<@{record.member_id}>", record.take.shot.beat.mood)
        return await _certain(channel.send(text, file=_still_file(record, preview), nonce=f"o{record.id}"))

    async def thread(self, record: Record, opener: discord.Message) -> int:
        """Open the conversation and return where it goes on: the new thread, or the channel where there can be none."""
        if record.guild_id is None or not await self._may_have_threads(record.channel_id):
            return record.channel_id
        name = wording.thread_name(record.language, record.take.shot.beat.mood)
        try:
            async with asyncio.timeout(THREAD_SECONDS):
                return (await opener.create_thread(name=name, auto_archive_duration=ARCHIVE_MINUTES)).id
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.info("Discord did not say that the thread of take %s is open: %s", record.id, error)
        return opener.id if await self._exists(opener.id) else record.channel_id

    async def _exists(self, thread_id: int) -> bool:
        """Whether a thread is there after all: an earlier try may have opened it. A thread has its message's id."""
        try:
            await _certain(self._client.fetch_channel(thread_id))
        except NobodyThereError:
            return False
        return True

    async def status(self, record: Record, text: str, *, again: bool) -> int:
        """Post the status line. `again`: it may be there already."""
        if again and (found := await self._status_line(record)):
            return found.id
        place = self._place_of(record)
        message = await _certain(place.send(text, view=cancel_button(record), nonce=f"s{record.id}", silent=True))
        return message.id

    async def edit_status(self, record: Record, text: str) -> None:
        if record.status_id is not None:
            message = self._place_of(record).get_partial_message(record.status_id)
            await _certain(message.edit(content=text))

    async def clear_status(self, record: Record) -> None:
        """Take the status line down; one that is gone already is well."""
        status = await self._status_line(record)
        if status is None:
            return
        try:
            await _certain(status.delete())
        except NobodyThereError:
            log.info("the status line of take %s was gone already", record.id)

    async def clip(self, face: Face, clip: bytes) -> int:
        """Post the clip with its buttons, once. Raises `TooLargeError`, `NobodyThereError`, `AgainLaterError`."""
        record = face.record
        place, file = self._place_of(record), _clip_file(face, clip)
        if record.posting and (found := await self._find(place, f"unstill-{record.id}.mp4", record)):
            return found.id
        asked = [discord.Object(member) for member in (record.credits or (record.member_id,))]
        message = await _certain(
            place.send(
                face_text(face),
                file=file,
                view=clip_view(face),
                nonce=f"c{record.id}",
                allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=asked),
            )
        )
        return message.id

    async def share(self, face: Face, channel_id: int, clip: bytes) -> int:
        """Post a clip once more, in another channel of its server; the message that shows it there."""
        record = face.record
        place, file = self._place(channel_id, record.guild_id), _clip_file(face, clip)
        return (await _certain(place.send(face_text(face, home=True), file=file, nonce=f"g{record.id}"))).id

    async def clip_url(self, record: Record) -> str | None:
        """Where Discord keeps the clip just now; its addresses are good for a day. None where it has it no longer."""
        message = await self._clip_message(record)
        clips = [file for file in message.attachments if file.filename.endswith(".mp4")] if message else []
        return clips[0].url if clips else None

    async def stands(self, record: Record) -> bool:
        """Whether the clip's message is still there."""
        return await self._clip_message(record) is not None

    async def wake(self, record: Record, text: str) -> None:
        """Wake the conversation of a clip with a message, if it sleeps."""
        place_id = record.place_id or record.channel_id
        try:
            channel = await _certain(self._client.fetch_channel(place_id))
        except NobodyThereError:
            return
        if isinstance(channel, discord.Thread) and channel.archived:
            await _certain(self._place_of(record).send(text, silent=True))

    async def _clip_message(self, record: Record) -> discord.Message | None:
        if record.message_id is None:
            return None
        try:
            return await _certain(self._place_of(record).fetch_message(record.message_id))
        except NobodyThereError:
            return None

    async def renew_clip(self, face: Face) -> None:
        """Have the clip's message say what is so now. Raises `UneditableError` where Discord takes no more edits."""
        await self._change(face.record, content=face_text(face), view=clip_view(face))

    async def take_down(self, record: Record) -> int:
        """Leave one line of a tossed clip; the message that says so."""
        text = record.language.say("tossed", member=f"<@{record.fate_by}>")
        return await self._replace(record, text, [], bring_back_button(record))

    async def put_back(self, face: Face, clip: bytes) -> int:
        """Show a tossed clip again; the message that does."""
        return await self._replace(face.record, face_text(face), [_clip_file(face, clip)], clip_view(face))

    async def tally(self, record: Record, wish: str, have: int, need: int, known: int | None) -> int:
        """Say how the ballots for a wish stand, in a message of its own: the known one or a new one."""
        text = tally_text(record.language, wish, have, need)
        place = self._place_of(record)
        if known is not None:
            try:
                await _certain(place.get_partial_message(known).edit(content=text))
            except (NobodyThereError, UneditableError) as error:
                log.info("a tally of take %s is posted anew: %s", record.id, error)
            else:
                return known
        return (await _certain(place.send(text, silent=True))).id

    async def beside(
        self, record: Record, text: str, view: discord.ui.View | None, *, nonce: str, button: str = ""
    ) -> int:
        """Post a message in a take's conversation, once: the nonce, or the button that tells it from others, say so."""
        place = self._place_of(record)
        if button and (found := await self._search(place, record, lambda message: button in _custom_ids(message))):
            return found.id
        shown = view or discord.utils.MISSING
        return (await _certain(place.send(text, view=shown, nonce=nonce, suppress_embeds=True))).id

    async def edit_beside(self, record: Record, message_id: int, **changes: Any) -> None:
        """Edit a message in a take's conversation."""
        message = self._place_of(record).get_partial_message(message_id)
        await self._awake(record, lambda: message.edit(**changes))

    async def drop(self, record: Record, message_id: int) -> None:
        """Take a message beside a clip down; one that is gone already is well."""
        message = self._place_of(record).get_partial_message(message_id)
        try:
            await self._awake(record, message.delete)
        except NobodyThereError:
            log.info("message %s was gone already", message_id)

    async def notice(self, record: Record, text: str, seconds: float) -> None:
        """Say something beside a clip that goes again."""
        await _certain(self._place_of(record).send(text, silent=True, delete_after=seconds))

    async def _replace(self, record: Record, text: str, files: list[discord.File], view: discord.ui.View) -> int:
        """Have the clip's message show something else, or a new one in its place where it cannot be edited."""
        try:
            await self._change(record, content=text, attachments=files, view=view)
        except UneditableError as error:
            log.info("the message of take %s is replaced: %s", record.id, error)
            if record.message_id is not None:
                await self.drop(record, record.message_id)
        except NobodyThereError as error:
            log.info("the message of take %s is gone: %s", record.id, error)
        else:
            return record.message_id or 0
        return (await _certain(self._place_of(record).send(text, files=files, view=view, silent=True))).id

    async def _change(self, record: Record, **changes: Any) -> None:
        if record.message_id is None:
            raise NobodyThereError("no message")
        message = self._place_of(record).get_partial_message(record.message_id)
        try:
            await self._awake(record, lambda: message.edit(**changes))
        except AgainLaterError as error:
            if isinstance(error.__cause__, discord.RateLimited):  # for longer than we wait
                raise UneditableError(str(error)) from error
            raise

    async def _awake(self, record: Record, request: Callable[[], Awaitable[_Answer]]) -> _Answer:
        """Do what Discord does not do in an archived thread, which a message wakes."""
        try:
            return await _certain(request())
        except ArchivedError:
            waking = await _certain(self._place_of(record).send(record.language.say("waking"), silent=True))
        answer = await _certain(request())
        await _certain(waking.delete())
        return answer

    async def cover_still(self, record: Record, preview: bytes) -> None:
        """Put the still that opens a conversation behind a cover, as its clip is."""
        await self._change_opener(record, [_still_file(record, preview, covered=True)])

    async def take_still_down(self, record: Record) -> None:
        """Take the still out of the message that opens a conversation."""
        await self._change_opener(record, [])

    async def _change_opener(self, record: Record, files: list[discord.File]) -> None:
        """Let the opener have these files instead of its own. Children have no opener."""
        if record.opener_id is None:
            return
        opener = self._place(record.channel_id, record.guild_id).get_partial_message(record.opener_id)
        try:
            await _certain(opener.edit(attachments=files))
        except NobodyThereError:
            log.info("the still of take %s was gone already", record.id)

    async def explain(self, record: Record, problem: Problem) -> None:
        """Say why there is no clip: in the status line, or as a message where there is none."""
        text = wording.explanation(record.language, problem.code, problem.data)
        status = await self._status_line(record)
        if status is not None:
            try:
                await self._awake(record, lambda: status.edit(content=text, view=None))
            except NobodyThereError:
                log.info("the status line of take %s is gone; saying it anew", record.id)
            else:
                return
        await _certain(self._place_of(record).send(text, nonce=f"x{record.id}"))

    def _place_of(self, record: Record) -> discord.PartialMessageable:
        return self._place(record.place_id or record.channel_id, record.guild_id)

    async def _may_have_threads(self, channel_id: int) -> bool:
        channel = self._client.get_channel(channel_id)
        if channel is None:
            channel = await _certain(self._client.fetch_channel(channel_id))
        return isinstance(channel, discord.TextChannel)

    async def _status_line(self, record: Record) -> discord.PartialMessage | discord.Message | None:
        """The status line: the one we know of, or one whose receipt was lost."""
        place = self._place_of(record)
        if record.status_id is not None:
            return place.get_partial_message(record.status_id)
        button = f"unstill:cancel:{record.id}"
        return await self._search(place, record, lambda message: button in _custom_ids(message))

    async def _find(self, place: discord.PartialMessageable, filename: str, record: Record) -> discord.Message | None:
        """Our message that carries `filename`, covered or not, if it is there."""
        names = {filename, f"{COVERED}{filename}"}
        return await self._search(
            place, record, lambda message: any(file.filename in names for file in message.attachments)
        )

    async def _search(
        self, place: discord.PartialMessageable, record: Record, fits: Callable[[discord.Message], bool]
    ) -> discord.Message | None:
        """Look through what was said since the take was asked for."""
        try:
            async for message in place.history(limit=SEARCHED, after=_at(record.asked_at)):
                if message.author == self._client.user and fits(message):
                    return message
        except discord.Forbidden:
            log.info("may not read the history of %s: the nonce alone guards against a second post", place.id)
        except discord.NotFound as error:
            raise NobodyThereError(str(error)) from error
        except UNSURE as error:
            raise AgainLaterError(str(error)) from error
        return None


def _still_file(record: Record, preview: bytes, *, covered: bool = False) -> discord.File:
    description = wording.thread_name(record.language, record.take.shot.beat.mood)
    return discord.File(io.BytesIO(preview), _still_name(record), description=description, spoiler=covered)


def _clip_file(face: Face, clip: bytes) -> discord.File:
    record = face.record
    description = wording.alt_text(record.language, record.report) if record.report else None
    return discord.File(io.BytesIO(clip), f"unstill-{record.id}.mp4", description=description, spoiler=face.covered)


def face_text(face: Face, *, home: bool = False) -> str:
    """What a clip's message says above its buttons; `home`: with a link to its conversation, for elsewhere."""
    record, report = face.record, face.record.report
    if report is None:
        raise ValueError(f"take {record.id} has no report yet")
    members, kept_by = record.credits or (record.member_id,), record.fate_by if record.fate is Fate.KEPT else None
    origin = jump_link(record if home else face.parent)
    if record.take.shot.scenes:
        authors = [member for scene in face.scenes for member in (scene.credits or (scene.member_id,))]
        distinct = list(dict.fromkeys(authors))
        return wording.reel_caption(record.language, len(record.take.shot.scenes), distinct, members, origin, kept_by)
    before = face.parent.report if face.parent and record.take.action is Action.NUDGE else None
    changed = what_changed(record.language, before, report) if before and not home else ""
    return wording.caption(
        record.language, report, record.take.action, members, origin, changed=changed, kept_by=kept_by
    )


def tally_text(language: Language, wish: str, have: int, need: int) -> str:
    """How the ballots for a wish stand."""
    action, words = wish.partition(":")[0], words_of(wish)
    label = f"*{wording.quote(words)}*" if words else f"**{language.say(f'label-{action}')}**"
    return language.say("tally", label=f"{EMOJI[action]} {label}", have=have, need=need)


def _still_name(record: Record) -> str:
    return f"still-{record.id}.jpg"


def _custom_ids(message: discord.Message) -> set[str | None]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return {child.custom_id for row in rows for child in row.children}


def _at(moment: float) -> discord.Object:
    """The snowflake of a moment, a little before it: clocks differ."""
    return discord.Object(discord.utils.time_snowflake(datetime.fromtimestamp(moment - CLOCKS_DIFFER, UTC)))


def jump_link(record: Record | None) -> str | None:
    """A link to a take's clip."""
    if record is None or record.message_id is None or record.place_id is None:
        return None
    return link_to(record.guild_id, record.place_id, record.message_id)


def link_to(guild_id: int | None, channel_id: int, message_id: int) -> str:
    return f"https://discord.com/channels/{guild_id or '@me'}/{channel_id}/{message_id}"


async def _certain(request: Awaitable[_Answer]) -> _Answer:
    """Await a request to Discord; what can go wrong comes as one of the errors above."""
    try:
        return await request
    except UNSURE as error:
        raise AgainLaterError(str(error)) from error
    except discord.HTTPException as error:
        if error.code == EDITED_TOO_OFTEN:
            raise UneditableError(str(error)) from error
        if error.status == 429 or error.status >= 500:  # discord.py gave up trying
            raise AgainLaterError(str(error)) from error
        if error.code == TOO_LARGE or error.status == 413:
            raise TooLargeError from error
        if error.code == ARCHIVED:
            raise ArchivedError(str(error)) from error
        if error.status in {403, 404}:
            raise NobodyThereError(str(error)) from error
        raise RejectedError(str(error)) from error
