"""A member named by what is others': takes they asked for together, kept, tossed or called off; reports; jams.

Each message is changed before its row: what a crash cuts off is found by the row again.
"""

from collections.abc import Iterator, Sequence

from bot.posts.discord_calls import AgainLaterError
from bot.posts.jam_posts import JamPosts
from bot.posts.places import may_stand_in, status_place
from bot.posts.renewals import Renewals
from bot.posts.traces import Traces
from bot.record.farewells import Farewells
from bot.record.jam_store import JamStore
from bot.record.report_store import Posted
from bot.record.store import Store
from bot.rules.jam import Jam, Phase, shown
from bot.rules.takes import Footprint, Record
from bot.takes.backlog import Backlog
from renderer.contract.logs import about

PATIENCE = 30.0  # seconds that whoever has a take in hand may need


class Unnaming:
    """Has what is others' no longer name a member. Raises `PostError` where Discord is away: ask again later."""

    def __init__(
        self,
        *,
        store: Store,
        farewells: Farewells,
        jams: JamStore,
        backlog: Backlog,
        jam_posts: JamPosts,
        renewals: Renewals,
        traces: Traces,
    ) -> None:
        self._store = store
        self._farewells = farewells
        self._jams = jams
        self._backlog = backlog
        self._jam_posts = jam_posts
        self._renewals = renewals
        self._traces = traces

    async def unname(self, member_id: int) -> None:
        """In Discord, then in the record."""
        await self._unname_takes(await self._farewells.naming(member_id), member_id)
        for take_id, post in await self._farewells.reports_naming(member_id):
            await self._unname_report(take_id, post, member_id)
        for jam_id in await self._farewells.jams_naming(member_id):
            await self._unname_jam(jam_id, member_id)

    async def _unname_takes(self, take_ids: Sequence[str], member_id: int) -> None:
        """First what is not on record in their conversations, each looked through once."""
        found = [record for take_id in take_ids if (record := await self._store.footprint(take_id)) is not None]
        for first in {tuple(may_stand_in(each)): each for each in reversed(found)}.values():
            await self._traces.look_through(first, member_id)
        for record in found:
            with about(take=record.id):
                await self._unname_take(record, member_id)

    async def _unname_take(self, before: Footprint, member_id: int) -> None:
        """Change what stands; then what is posted by a hand that had read the row before."""
        await self._unname_messages(before, member_id)
        await self._farewells.unname(before.id, member_id)
        if not await self._backlog.let_go_of([before.id], PATIENCE):
            raise AgainLaterError(f"take {before.id} is being posted")
        after = await self._store.footprint(before.id)
        if after is not None and [*_messages(after)] != [*_messages(before)]:
            await self._unname_messages(after, member_id)
        self._renewals.renew(before.id)

    async def _unname_messages(self, record: Footprint, member_id: int) -> None:
        copies = (await self._farewells.showing(record.id)).elsewhere
        for channel_id, message_id in [*_messages(record), *copies]:
            await self._traces.unname(record, channel_id, message_id, member_id)
        for reel in await self._reels_of(record):
            for channel_id, message_id in _messages(reel):
                await self._traces.unname(reel, channel_id, message_id, member_id)

    async def _reels_of(self, record: Footprint) -> list[Record]:
        """The reels that a take is in: they name who asked for it."""
        if not isinstance(record, Record):
            return []
        family = await self._store.family(record.take.root)
        return [each for each in family if any(scene.take == record.id for scene in each.take.shot.scenes)]

    async def _unname_report(self, take_id: str, post: Posted, member_id: int) -> None:
        record = await self._store.footprint(take_id)
        if record is not None:
            await self._traces.unname(record, post.channel_id, post.message_id, member_id)
        await self._farewells.unname_report(take_id, member_id)

    async def _unname_jam(self, jam_id: str, member_id: int) -> None:
        """Have the last word of a jam not thank them for their votes; an open vote counts the others'."""
        jam = await self._jams.get(jam_id)
        root = await self._store.footprint(jam.root) if jam else None
        if jam is not None and root is not None and jam.phase is Phase.ENDED:
            await self._unname_word(jam, root, member_id)
        await self._farewells.unname_jam(jam_id, member_id)
        if jam is not None and jam.phase is Phase.VOTING:
            takes = shown(await self._store.by_wish(jam.root, f"{jam.wish}:"))
            await self._jam_posts.tell_tally(jam, takes, await self._jams.votes(jam))

    async def _unname_word(self, jam: Jam, root: Footprint, member_id: int) -> None:
        if jam.word_id is not None:
            for place_id in may_stand_in(root):
                await self._traces.unname(root, place_id, jam.word_id, member_id)
        else:  # of an earlier version
            await self._traces.look_through(root, member_id)


def _messages(record: Footprint) -> Iterator[tuple[int, int]]:
    """What stands of a take in its conversation beside its still: channels and messages."""
    if record.message_id is not None:
        yield record.place_id or record.channel_id, record.message_id
    if record.status_id is not None:
        yield status_place(record), record.status_id
