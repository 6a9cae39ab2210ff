"""Jams, from beginning to reel. Each arrow between phases is one compare-and-set, so they go on after any crash."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace

from bot.errors import RefusedError
from bot.posts.discord_calls import PostError
from bot.posts.jam_posts import JamPosts
from bot.posts.renewals import Renewals
from bot.record.jam_store import JamStore
from bot.record.store import Store
from bot.rules.family import scenes
from bot.rules.jam import Jam, Phase, Progress, Step, next_step, round_takes, shown, winner
from bot.rules.takes import Fate, Record, State, in_conversation
from bot.takes.admission import Admission
from bot.takes.backlog import Backlog
from renderer.contract import lineage
from renderer.contract.shot import SCENES

log = logging.getLogger(__name__)


class Jams:
    """All jams of the record."""

    def __init__(
        self,
        *,
        store: Store,
        jams: JamStore,
        admission: Admission,
        backlog: Backlog,
        renewals: Renewals,
        posts: JamPosts,
        engine: tuple[str, str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._jams = jams
        self._admission = admission
        self._backlog = backlog
        self._renewals = renewals
        self._posts = posts
        self._engine = engine
        self._clock = clock
        self._ticking = asyncio.Lock()
        self._tallies: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._waiting: set[tuple[str, int]] = set()  # jams and rounds that were told to wait

    async def begin(self, jam: Jam) -> None:
        """Write a jam down whose first take is asked for."""
        await self._jams.add(jam)

    async def discard(self, jam: Jam) -> None:
        """Forget a jam whose first take was refused."""
        await self._jams.discard(jam.id)

    async def get(self, jam_id: str) -> Jam | None:
        return await self._jams.get(jam_id)

    async def tick(self) -> None:
        """Give every open jam what it needs next; called by the bot that leads."""
        if self._ticking.locked():
            return
        async with self._ticking:
            for jam in await self._jams.open_ones():
                await self._safely(jam)

    async def vote(self, jam: Jam, member_id: int, take_id: str) -> bool:
        """Write a member's vote down, which may change; the same once more takes it back (False)."""
        stands = await self._jams.cast(jam, member_id, take_id)
        self._tell_tally(jam.id)
        return stands

    async def stop(self, jam: Jam) -> bool:
        """End a jam before its last round; what has won so far makes the reel."""
        return await self._jams.move(jam, [Phase.RENDERING, Phase.VOTING], phase=Phase.ENDING)

    async def candidates(self, jam: Jam) -> list[Record]:
        """The round's takes that can be voted for, in order."""
        return shown(await self._store.by_wish(jam.root, f"{jam.wish}:"))

    async def close(self) -> None:
        """Let what is being told be told."""
        if self._tallies:
            await asyncio.wait(self._tallies.values(), timeout=5)

    async def _safely(self, jam: Jam) -> None:
        """Serve one jam; whatever goes wrong holds up this jam alone, and is tried again."""
        try:
            await self._serve(jam)
        except PostError as error:
            log.info("jam %s has to wait: %s", jam.id, error)
        except Exception:
            log.exception("jam %s is seen to again at the next tick", jam.id)

    async def _serve(self, jam: Jam) -> None:
        """Give a jam what it needs next, or say that the server has no room for it just now."""
        try:
            await self._go_on(jam)
        except RefusedError as error:
            await self._say_waiting(jam, error)

    async def _go_on(self, jam: Jam) -> None:
        """Do what is next. The round's takes are read only where something is to be done with them."""
        progress = await self._jams.progress(jam) if jam.phase is Phase.RENDERING else Progress()
        step = next_step(jam, progress, self._clock())
        if step is Step.ASK:
            await self._ask(jam)
        elif step is Step.FINISH:
            await self._finish(jam)
        elif step is not Step.WAIT:
            await self._serve_vote(jam, step)

    async def _serve_vote(self, jam: Jam, step: Step) -> None:
        """Open, tell or close the vote on the round's takes. Without any that can be shown the jam is over."""
        left = await self.candidates(jam)
        if not left:
            await self._jams.move(jam, [jam.phase], phase=Phase.ENDING)
        elif step is Step.POST:
            await self._post_vote(jam, left)
        elif step is Step.JUDGE and len(left) > 1:
            await self._open_vote(jam, left)
        else:
            await self._crown(jam, left)

    async def _ask(self, jam: Jam) -> None:
        """Write the round's takes down. Raises `RefusedError` where the server has no room just now."""
        start = await self._store.get(jam.winners[-1] if jam.winners else jam.root)
        if start is None or start.state is State.ASKED:
            return  # its conversation is not open yet
        if start.place_id is None:  # and never was
            await self._jams.move(jam, [jam.phase], phase=Phase.ENDED)
            return
        for number, take in enumerate(round_takes(jam, start.take), start=1):
            asked = {"member_id": jam.host_id, "byte_limit": start.byte_limit, "wish": f"{jam.wish}:{number}"}
            await self._admission.admit(in_conversation(start, take, **asked))
        await self._backlog.tick()

    async def _open_vote(self, jam: Jam, left: list[Record]) -> None:
        """Open the vote, then ask for votes: nobody may press before they count."""
        closes_at = self._clock() + 60 * jam.terms.minutes
        if await self._jams.move(jam, [Phase.RENDERING], phase=Phase.VOTING, closes_at=closes_at):
            await self._post_vote(replace(jam, phase=Phase.VOTING, closes_at=closes_at), left)

    async def _post_vote(self, jam: Jam, left: list[Record]) -> None:
        message_id = await self._posts.open_vote(jam, left)
        await self._jams.move(jam, [Phase.VOTING], message_id=message_id)

    async def _crown(self, jam: Jam, left: list[Record]) -> None:
        """Continue the winner, or end with it."""
        votes = await self._jams.votes(jam)
        chosen = winner(jam, [each.id for each in left], votes)
        await self._store.decide(chosen, Fate.KEPT, jam.host_id)
        self._renewals.renew(chosen)
        await self._posts.close_vote(jam, left, chosen, votes)
        over = jam.number == jam.terms.rounds
        await self._jams.move(
            jam,
            [jam.phase],
            phase=Phase.ENDING if over else Phase.RENDERING,
            number=jam.number if over else jam.number + 1,
            winners=(*jam.winners, chosen),
            closes_at=None,
            message_id=None,
        )

    async def _finish(self, jam: Jam) -> None:
        """Have the reel made of the winners, and say that it was the last round."""
        root = await self._store.get(jam.root)
        if root is None:
            return
        found = [await self._store.get(take_id) for take_id in jam.winners]
        won = [each for each in found if each and each.state is State.SHOWN]
        if len(won) >= SCENES[0]:
            engine, model = self._engine
            reel = lineage.reel(won[-1].take, f"jam:{jam.id}:reel", scenes(won), engine=engine, model=model)
            asked = {"member_id": jam.host_id, "byte_limit": root.byte_limit, "wish": f"jam:{jam.id}:reel"}
            await self._admission.admit(in_conversation(root, reel, **asked))
        await self._posts.last_word(jam, root, won, await self._jams.voters(jam))
        await self._jams.move(jam, [Phase.ENDING], phase=Phase.ENDED)
        await self._backlog.tick()

    async def _say_waiting(self, jam: Jam, error: RefusedError) -> None:
        """The server has no room just now: say so once, and try again."""
        root = await self._store.get(jam.root)
        if root is None or (jam.id, jam.number) in self._waiting:
            return
        self._waiting.add((jam.id, jam.number))
        log.info("jam %s has to wait: %s", jam.id, error)
        try:
            await self._posts.say_waiting(jam, root, error)
        except PostError as fault:
            log.info("jam %s waits untold: %s", jam.id, fault)

    def _tell_tally(self, jam_id: str) -> None:
        """Have the vote's message say how it stands, soon: one edit at a time, the last state always told."""
        if jam_id in self._tallies:
            self._again.add(jam_id)
            return
        task = asyncio.create_task(self._told_tally(jam_id))
        self._tallies[jam_id] = task
        task.add_done_callback(lambda _: self._tally_told(jam_id))

    def _tally_told(self, jam_id: str) -> None:
        del self._tallies[jam_id]
        if jam_id in self._again:
            self._again.discard(jam_id)
            self._tell_tally(jam_id)

    async def _told_tally(self, jam_id: str) -> None:
        jam = await self.get(jam_id)
        if jam is None or jam.phase is not Phase.VOTING:
            return
        try:
            await self._posts.tell_tally(jam, await self.candidates(jam), await self._jams.votes(jam))
        except PostError as error:
            log.info("the tally of jam %s is told later: %s", jam_id, error)
