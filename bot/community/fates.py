"""Keep and toss: what a community makes of a clip."""

from bot.coalescing import Turns
from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.posts.clip_posts import ClipPosts
from bot.posts.renewals import Renewals
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.rules.house import Who
from bot.rules.takes import Fate, Record, State
from bot.takes.asker import Asker
from bot.takes.gate import Gate


class Fates:
    """Decides on clips, and has Discord show it."""

    def __init__(
        self, *, store: Store, houses: Houses, gate: Gate, clips: Clips, clip_posts: ClipPosts, renewals: Renewals
    ) -> None:
        self._store = store
        self._houses = houses
        self._gate = gate
        self._clips = clips
        self._clip_posts = clip_posts
        self._renewals = renewals
        self._turns = Turns[str]()  # a clip is taken down and put back by one hand at a time

    async def keep(self, asker: Asker, record: Record) -> None:
        """Pin a take to its story and the server's gallery."""
        house = await self._houses.of(asker.guild_id)
        _check(record, house.keep, asker, "may_not_keep")
        if record.fate is Fate.TOSSED:
            raise RefusedError("is_tossed")
        await self._decide(record, Fate.KEPT, asker)
        self._renewals.renew(record.id)

    async def let_go(self, asker: Asker, record: Record) -> None:
        """Keep a take no longer. Whoever kept it may always do so."""
        house = await self._houses.of(asker.guild_id)
        if record.fate_by != asker.member_id:
            _check(record, house.keep, asker, "may_not_keep")
        if record.fate is Fate.TOSSED:
            raise RefusedError("is_tossed")
        await self._decide(record, Fate.UNDECIDED, asker)
        self._renewals.renew(record.id)

    async def toss(self, asker: Asker, record: Record) -> None:
        """Take a clip down; one line stays, from which it can be brought back."""
        house = await self._houses.of(asker.guild_id)
        _check(record, house.toss, asker, "may_not_toss")
        await self.take_down(asker, record)

    async def take_down(self, asker: Asker, record: Record) -> None:
        """Take a clip down as `toss` does, whatever the rules of the house: for moderators who settle a report."""
        async with self._turns.of(record.id):
            tossed = await self._decide(record, Fate.TOSSED, asker)
            await self._moved(tossed, await self._clip_posts.take_down(tossed))

    async def bring_back(self, asker: Asker, record: Record) -> None:
        """Show a tossed clip again, or one that the bot was not allowed to post.

        Raises `RefusedError` also where its picture was shut out since.
        """
        house = await self._houses.of(asker.guild_id)
        if not record.held_back and record.fate_by != asker.member_id:
            _check(record, house.toss, asker, "may_not_toss")
        await self._gate.let_still(record.take.shot.still, record.guild_id)
        clip = await self._clips.read(record.id)
        if clip is None:
            raise RefusedError("clip_gone")
        async with self._turns.of(record.id):
            if record.held_back:
                await self._store.move(record, [State.EXPLAINED], state=State.RENDERED, problem=None)
                return
            again = await self._decide(record, Fate.UNDECIDED, asker)
            await self._moved(again, await self._clip_posts.put_back(await self._renewals.card_of(again), clip))

    async def _moved(self, record: Record, message_id: int) -> None:
        """Remember the message that stands for a clip from now on, where it had to be another."""
        if message_id == record.message_id:
            return
        if not await self._store.write_message(record.id, message_id):
            await self._clip_posts.retract(record, message_id)
            raise RefusedError("take_gone")

    async def _decide(self, record: Record, fate: Fate, asker: Asker) -> Record:
        """Write the decision down; what was so already is not an error, so that a press can finish what a crash cut."""
        await self._store.decide(record.id, fate, asker.member_id)
        decided = await self._store.get(record.id)
        if decided is None or decided.state is not State.SHOWN:
            raise RefusedError("take_gone")
        return decided


def _check(record: Record, who: Who, asker: Asker, code: str) -> None:
    if not asker.may(who, record):
        raise RefusedError(code)
