"""What each state of a take owes its members, paid and written down in SQL.

A take may be gone by the time that something is posted for it: its member is being forgotten. Whoever posted finds
that when the receipt is written down, and takes the message down again.
"""

import logging
from dataclasses import replace

from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.media.stills import Stills
from bot.posts.clip_posts import ClipPosts
from bot.posts.conversations import Posts
from bot.posts.discord_calls import AgainLaterError, NobodyThereError, PostError, RejectedError, TooLargeError
from bot.posts.places import Places, where_open
from bot.posts.renewals import Renewals
from bot.record.store import Store
from bot.rules.clip_card import ClipCard
from bot.rules.takes import HELD_BACK, Record, State, Unread
from bot.takes.upload_limits import UploadLimits
from renderer.contract.job import Place, Problem

log = logging.getLogger(__name__)

UNNAMED = "post_clips"  # what is not allowed where Discord has not said which permission is missing
MAX_REFUSALS = 2  # times Discord may find a clip too large


class Delivery:
    """Opens conversations, shows clips, explains failures."""

    def __init__(
        self,
        *,
        store: Store,
        stills: Stills,
        clips: Clips,
        places: Places,
        posts: Posts,
        clip_posts: ClipPosts,
        renewals: Renewals,
        limits: UploadLimits,
    ) -> None:
        self._store = store
        self._places = places
        self._stills = stills
        self._posts = posts
        self._clip_posts = clip_posts
        self._renewals = renewals
        self._clips = clips
        self._limits = limits

    async def open(self, record: Record, *, again: bool = True) -> int:
        """Open a new take's conversation; return where it goes on. Raises `NobodyThereError`, `AgainLaterError`."""
        preview = await self._stills.preview(record.take.shot.still)
        if preview is None:
            await self._cannot_open(record, Problem(code="still_expired"), again=again)
            raise RefusedError("still_expired")
        try:
            opener = await self._posts.opener(record, preview, again=again)
        except NobodyThereError:
            await self._cannot_open(record, self._shut_out(record), again=again)
            raise
        except (RejectedError, TooLargeError):
            await self._cannot_open(record, Problem(code="unexpected"), again=again)
            raise
        place_id = await self._posts.thread(record, opener)
        if not await self._store.write_opening(record.id, opener.id, place_id):
            await self._posts.retract_opening(record, opener.id, place_id)
            raise RefusedError("being_forgotten")
        await self._store.move(record, [State.ASKED], state=State.WAITING)
        return place_id

    async def _cannot_open(self, record: Record, problem: Problem, *, again: bool) -> None:
        """A conversation that cannot begin: the member is told at once in private, or later in the channel."""
        state = State.FAILING if again else State.EXPLAINED
        await self._store.move(record, [State.ASKED], state=state, problem=problem)

    async def announce(self, record: Record, text: str, *, again: bool) -> None:
        """Post the status line. `again`: it may be there already."""
        try:
            status_id = await self._posts.status(record, text, again=again)
        except NobodyThereError:
            await self._elsewhere(record)
        else:
            if not await self._store.write_status(record.id, status_id):
                await self._posts.retract(record, status_id)

    async def show(self, record: Record) -> None:
        """Post the clip, then take the status line down."""
        clip = await self._clips.read(record.id)
        if clip is None or record.report is None:
            log.warning("the clip of take %s is gone from the disk; rendering it again", record.id)
            await self._store.move(record, [State.RENDERED], state=State.WAITING)
            return
        card = await self._renewals.card_of(record)
        flagged = card.covered and not record.spoiler  # else the still was covered when it was posted
        preview = await self._stills.preview(record.take.shot.still) if flagged else None
        await self._store.move(record, [State.RENDERED], posting=True)
        try:
            if preview is not None:
                await self._posts.cover_still(record, preview)
            place_id, message_id = await self._post(card, clip)
        except TooLargeError:
            await self._shrink(record, len(clip))
        except RejectedError:
            log.exception("Discord rejects the clip of take %s", record.id)
            problem = Problem(code="unexpected")
            await self._store.move(record, [State.RENDERED], state=State.FAILING, problem=problem)
        except NobodyThereError:
            problem = Problem(code=HELD_BACK, data=_named(self._places.lacking(record) or [UNNAMED]))
            await self._store.move(record, [State.RENDERED], state=State.FAILING, problem=problem)
        else:
            if place_id != record.place_id:  # the status line stands in the old place, and would be looked for here
                await self._posts.clear_status(record)
                record = replace(record, status_id=None)
            shown = {"message_id": message_id, "place_id": place_id, "status_id": record.status_id}
            moved = await self._store.move(record, [State.RENDERED], state=State.SHOWN, **shown)
            if not moved and await self._store.is_gone(record.id):
                await self._clip_posts.retract(record, message_id, place_id)
            else:
                await self.clear(record)

    async def _post(self, card: ClipCard, clip: bytes) -> tuple[int, int]:
        """Post a clip in its conversation, or in the channel where that is closed; place and message.

        Raises `NobodyThereError` where both are closed.
        """
        record = card.record
        return await where_open(
            record,
            lambda place_id: self._clip_posts.clip(replace(card, record=replace(record, place_id=place_id)), clip),
        )

    async def clear(self, record: Record) -> None:
        """Take the status line of a shown take down."""
        await self._posts.clear_status(record)
        await self._store.move(record, [State.SHOWN], status_id=None)

    async def explain(self, record: Record) -> None:
        """Say why there is no clip. A still that is flagged does not stay."""
        problem = record.problem or Problem(code="unexpected")
        try:
            if problem.code == "unsafe" and problem.data.get("where") == Place.STILL:
                await self._posts.take_still_down(record)
            said = await self._posts.explain(await self._with_status(record), problem)
        except NobodyThereError:
            log.warning("take %s ends untold: %s", record.id, problem.code)
            await self._store.move(record, [State.FAILING], state=State.EXPLAINED, problem=problem)
        else:
            there = {"place_id": said.place_id, "status_id": said.message_id}
            moved = await self._store.move(record, [State.FAILING], state=State.EXPLAINED, **there)
            if not moved and await self._store.is_gone(record.id):
                await self._posts.retract(replace(record, place_id=said.place_id), said.message_id)

    async def set_aside(self, unread: Unread) -> None:
        """End a take that only a later version of the bot can read, and say so; one that is shown stays as it is."""
        problem = Problem(code="unreadable")
        try:
            if unread.state == State.SHOWN:
                await self._posts.clear_status(unread)
            else:
                await self._posts.explain(unread, problem)
        except AgainLaterError:
            raise
        except PostError as error:
            log.warning("nobody could be told that take %s is set aside: %s", unread.id, error)
        await self._store.set_aside(unread, problem)

    async def _with_status(self, record: Record) -> Record:
        """The take with its status line, written down where its receipt was lost: without its button none finds it."""
        if record.status_id is not None:
            return record
        found = await self._posts.lost_status(record)
        if found is None:
            return record
        await self._store.write_status(record.id, found)
        return replace(record, status_id=found)

    async def _shrink(self, record: Record, size: int) -> None:
        """Have the clip made smaller, once."""
        refusals = record.refusals + 1
        if refusals == MAX_REFUSALS:
            problem = Problem(code="too_large")
            await self._store.move(record, [State.RENDERED], state=State.FAILING, problem=problem)
            return
        log.info("Discord refused take %s at %d bytes; making it smaller", record.id, size)
        await self._store.move(
            record,
            [State.RENDERED],
            state=State.WAITING,
            byte_limit=self._limits.shrink(record.guild_id, size),
            refusals=refusals,
            posting=False,
        )

    async def _elsewhere(self, record: Record) -> None:
        """The thread is closed: go on in the channel where it was asked; where that is closed too, it ends."""
        if record.place_id not in {None, record.channel_id}:
            log.info("the thread of take %s is gone; going on in its channel", record.id)
            await self._store.move(record, [record.state], place_id=record.channel_id, status_id=None)
        else:
            await self._store.move(record, [record.state], state=State.FAILING, problem=self._shut_out(record))

    def _shut_out(self, record: Record) -> Problem:
        """Why nothing can be posted where a take was asked for: what the bot may no longer do there, if that is it."""
        lacking = self._places.lacking(record)
        return Problem(code="missing_permissions", data=_named(lacking)) if lacking else Problem(code="nobody_there")


def _named(permissions: list[str]) -> dict[str, str | float]:
    return {"lacking": ",".join(permissions)}
