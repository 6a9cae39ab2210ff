"""Old clips brought back to hand: their conversation woken, the clip posted anew where it is gone."""

from bot.coalescing import Turns
from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.posts.clip_posts import ClipPosts
from bot.posts.renewals import Renewals
from bot.posts.side_posts import SidePosts
from bot.record.store import Store
from bot.rules.clip_card import ClipCard
from bot.rules.takes import Fate, Record, State
from bot.takes.asker import Asker
from bot.takes.reach import check_reach


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
        self._turns = Turns[str]()  # a clip is posted anew by one hand at a time

    async def find(self, asker: Asker, link: str) -> Record:
        """The take that a link speaks of. Raises `RefusedError`."""
        record = await self._store.linked(link)
        if record is None or record.state is not State.SHOWN:
            raise RefusedError("no_such_take")
        check_reach(asker, record)
        return record

    async def wake(self, record: Record) -> ClipCard:
        """Wake the conversation, and see that the clip stands in it; what the clip's message says then."""
        async with self._turns.of(record.id):
            record = await self._store.get(record.id) or record
            await self._side.wake(record, record.language.say("take-revived"))
            if record.fate is not Fate.TOSSED and not await self._clip_posts.stands(record):
                record = await self._post_again(record)
            return await self._renewals.card_of(record)

    async def poster(self, record: Record) -> bytes | None:
        """The clip's poster as JPEG, where there is one."""
        return await self._clips.poster(record.id)

    async def _post_again(self, record: Record) -> Record:
        clip = await self._clips.read(record.id)
        if clip is None:
            raise RefusedError("clip_gone")
        message_id = await self._clip_posts.clip(await self._renewals.card_of(record), clip)
        if not await self._store.write_message(record.id, message_id):
            await self._clip_posts.retract(record, message_id)
            raise RefusedError("take_gone")
        return await self._store.get(record.id) or record
