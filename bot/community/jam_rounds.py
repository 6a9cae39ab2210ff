"""Jams, from beginning to reel. Each arrow between phases is one compare-and-set, so they go on after any crash."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from bot.coalescing import Coalesced
from bot.errors import RefusedError
from bot.posts.discord_calls import NobodyThereError, PostError
from bot.posts.jam_posts import JamPosts
from bot.posts.renewals import Renewals
from bot.record.errors import RecordAwayError
from bot.record.house_rules import Houses
from bot.record.jam_store import JamStore
from bot.record.store import Store
from bot.rules.family import as_told, scenes
from bot.rules.house import may
from bot.rules.jam import Jam, Phase, Progress, Step, Terms, jam_id, next_step, number_of, round_takes, shown, winner
from bot.rules.pictures import Picture
from bot.rules.takes import Fate, Footprint, Record, State, Unread, in_conversation
from bot.takes.admission import Admission
from bot.takes.asker import Asker
from bot.takes.backlog import Backlog
from bot.takes.beginning import Animations, Brief
from bot.takes.reach import check_reach
from renderer.contract import lineage
from renderer.contract.errors import UnstillError
from renderer.contract.shot import SCENES

log = logging.getLogger(__name__)

ROOTLESS = 120.0  # seconds that a jam may be without its first take: a picture is fetched and read in 40
CLOSING = 5.0  # seconds that edits may take when the bot goes offline


class Vote(NamedTuple):
    """What became of a member's vote."""

    number: int  # of the take, in its round
    stands: bool  # False: it was taken back


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
        animations: Animations,
        houses: Houses,
        engine: tuple[str, str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._jams = jams
        self._admission = admission
        self._backlog = backlog
        self._renewals = renewals
        self._posts = posts
        self._animations = animations
        self._houses = houses
        self._engine = engine
        self._clock = clock
        self._tallies = Coalesced("the tally of a vote", self._tell_tally)
        self._waiting: set[tuple[str, int]] = set()  # jams and rounds that were told to wait
        self._rootless: dict[str, float] = {}  # jam id -> since when it is known to be without its take

    async def check_allowed(self, asker: Asker, terms: Terms) -> None:
        """Raise `RefusedError` where this member may not begin a jam, or the server's day is too short for it."""
        house = await self._houses.of(asker.guild_id)
        if not may(house.jam, author=False, moderator=asker.moderator):
            raise RefusedError("may_not_jam")
        if terms.total > house.server_seconds:
            raise RefusedError("jam_too_long", limit=house.server_seconds)

    async def begin(self, asker: Asker, picture: Picture, terms: Terms) -> int:
        """Write a jam down, then its first take, of this picture; return where its conversation goes on.

        What stops the take ends the jam. Raises what `Animations.begin` does.
        """
        jam = Jam(
            id=jam_id(asker.press),
            guild_id=asker.guild_id,
            root=lineage.animated(asker.press),
            host_id=asker.member_id,
            terms=terms,
        )
        await self._jams.add(jam)
        brief = Brief(mood=terms.mood, seconds=terms.seconds, size=terms.size, wish=f"{jam.wish}:1")
        try:
            return await self._animations.begin(asker, [picture], brief)
        except UnstillError:
            await self._jams.discard(jam.id)
            raise

    async def get(self, jam_id: str) -> Jam | None:
        return await self._jams.get(jam_id)

    async def tick(self) -> None:
        """Give every open jam what it needs next; called by the bot that leads, one run at a time."""
        for jam in await self._jams.open_ones():
            await self._safely(jam)

    async def find(self, asker: Asker, jam_id: str) -> Jam:
        """The jam that a button speaks of, if this member may reach it. Raises `RefusedError`."""
        jam = await self.get(jam_id)
        root = await self._store.footprint(jam.root) if jam else None
        if jam is None or root is None:
            raise RefusedError("jam_over")
        check_reach(asker, root)
        return jam

    async def vote(self, asker: Asker, jam: Jam, number: int, take_id: str) -> Vote:
        """Count a member's vote in a round, which may change; the same once more takes it back.

        Raises `RefusedError` where the round is over, or the take is no longer in it.
        """
        candidates = {each.id: each for each in await self.candidates(jam)}
        if jam.phase is not Phase.VOTING or jam.number != number or take_id not in candidates:
            raise RefusedError("vote_closed")
        stands = await self._jams.cast(jam, asker.member_id, take_id)
        self._tallies.ask(jam.id)
        return Vote(number=number_of(candidates[take_id]), stands=stands)

    async def stop(self, asker: Asker, jam: Jam) -> None:
        """End a jam before its last round; what has won so far makes the reel. Raises `RefusedError`."""
        if asker.member_id != jam.host_id and not asker.moderator:
            raise RefusedError("not_your_jam")
        if not await self._jams.move(jam, [Phase.RENDERING, Phase.VOTING], phase=Phase.ENDING):
            raise RefusedError("jam_over")

    async def candidates(self, jam: Jam) -> list[Record]:
        """The round's takes that can be voted for, in order."""
        return shown(await self._store.by_wish(jam.root, f"{jam.wish}:"))

    async def close(self) -> None:
        """Let what is being told be told."""
        await self._tallies.close(CLOSING)

    async def _safely(self, jam: Jam) -> None:
        """Serve one jam; whatever goes wrong holds up this jam alone, and is tried again."""
        try:
            await self._serve(jam)
        except PostError as error:
            log.info("jam %s has to wait: %s", jam.id, error)
        except RecordAwayError:
            raise  # it is away for all of them
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
        """Open, tell or close the vote on the round's takes.

        Without any that can be shown, or a place to ask in, the jam is over.
        """
        left = await self.candidates(jam)
        try:
            await self._go_on_with(jam, step, left)
        except NobodyThereError as error:
            log.info("jam %s ends, its conversation is closed: %s", jam.id, error)
            await self._jams.move(jam, [jam.phase], phase=Phase.ENDING)

    async def _go_on_with(self, jam: Jam, step: Step, left: list[Record]) -> None:
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
        start = await self._store.footprint(jam.winners[-1] if jam.winners else jam.root)
        if isinstance(start, Unread):  # a later version's, which cannot be continued here
            await self._jams.move(jam, [jam.phase], phase=Phase.ENDING)
            return
        if start is None:
            await self._bury(jam)
            return
        if start.state is State.ASKED:
            return  # its conversation is not open yet
        if start.place_id is None:  # and never was
            await self._jams.move(jam, [jam.phase], phase=Phase.ENDED)
            return
        told = as_told(start, await self._store.family_takes(jam.root))
        for number, take in enumerate(round_takes(jam, told), start=1):
            asked = {"member_id": jam.host_id, "byte_limit": start.byte_limit, "wish": f"{jam.wish}:{number}"}
            await self._admission.admit(in_conversation(start, take, **asked))
        self._backlog.wake()

    async def _bury(self, jam: Jam) -> None:
        """Drop a jam whose take never came, as where the bot was killed in between, unless it may still come."""
        since = self._rootless.setdefault(jam.id, self._clock())
        if self._clock() - since > ROOTLESS:
            log.info("jam %s never began and is dropped", jam.id)
            del self._rootless[jam.id]
            await self._jams.discard(jam.id)

    async def _open_vote(self, jam: Jam, left: list[Record]) -> None:
        """Open the vote, then ask for votes: nobody may press before they count."""
        closes_at = self._clock() + jam.terms.vote_seconds
        if await self._jams.move(jam, [Phase.RENDERING], phase=Phase.VOTING, closes_at=closes_at):
            await self._post_vote(replace(jam, phase=Phase.VOTING, closes_at=closes_at), left)

    async def _post_vote(self, jam: Jam, left: list[Record]) -> None:
        message_id = await self._posts.open_vote(jam, left)
        if not await self._jams.move(jam, [Phase.VOTING], message_id=message_id):  # ended, or its host forgotten
            await self._posts.drop_vote(replace(jam, message_id=message_id), left[0])

    async def _crown(self, jam: Jam, left: list[Record]) -> None:
        """Continue the winner, or end with it."""
        votes = await self._jams.votes(jam)
        chosen = winner(jam, [each.id for each in left], votes)
        await self._store.decide(chosen, Fate.KEPT, jam.host_id)
        self._renewals.renew(chosen)
        await self._posts.close_vote(jam, left, chosen, votes)
        over = jam.phase is Phase.ENDING or jam.number == jam.terms.rounds
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
        """Have the reel made of the winners, and say that it was the last round.

        Where it was ended in a vote, what leads has won first; the takes of a round all stay.
        """
        if jam.stopped_in_vote:
            await self._close_stopped_vote(jam)
            return
        root = await self._store.footprint(jam.root)
        if root is None:  # nobody is left to be told
            await self._jams.move(jam, [Phase.ENDING], phase=Phase.ENDED)
            return
        found = [await self._store.get(take_id) for take_id in jam.winners]
        won = [each for each in found if each and each.state is State.SHOWN]
        if len(won) >= SCENES[0]:
            engine, model = self._engine
            reel = lineage.reel(won[-1].take, f"jam:{jam.id}:reel", scenes(won), engine=engine, model=model)
            asked = {"member_id": jam.host_id, "byte_limit": won[-1].byte_limit, "wish": f"jam:{jam.id}:reel"}
            await self._admission.admit(in_conversation(root, reel, *won, **asked))
        word_id = await self._say_last_word(jam, root, won)
        moved = await self._jams.move(jam, [Phase.ENDING], phase=Phase.ENDED, word_id=word_id)
        if not moved and word_id is not None:
            await self._retract(jam, root, word_id)
        self._backlog.wake()

    async def _say_last_word(self, jam: Jam, root: Footprint, won: list[Record]) -> int | None:
        """Say that a jam is over; the message that says so, or None where nobody can be told."""
        left = (await self._jams.progress(jam)).under_way > 0 or bool(await self.candidates(jam))
        try:
            return await self._posts.last_word(jam, root, won, await self._jams.voters(jam), left=left)
        except NobodyThereError as error:
            log.info("nobody can be told that jam %s is over: %s", jam.id, error)
            return None

    async def _retract(self, jam: Jam, beside: Footprint, message_id: int) -> None:
        """Take down what was posted for a jam that is gone: its host was forgotten meanwhile."""
        if await self._jams.get(jam.id) is None:
            await self._posts.drop_word(beside, message_id)

    async def _close_stopped_vote(self, jam: Jam) -> None:
        """Let what leads win, or take the vote down where nobody has voted for what can still be shown."""
        left, votes = await self.candidates(jam), await self._jams.votes(jam)
        root = await self._store.footprint(jam.root)
        try:
            if set(votes.values()) & {each.id for each in left}:
                await self._crown(jam, left)
                return
            if beside := left[0] if left else root:
                await self._posts.drop_vote(jam, beside)
        except NobodyThereError as error:
            log.info("the vote of jam %s is gone: %s", jam.id, error)
        await self._jams.move(jam, [Phase.ENDING], closes_at=None, message_id=None)

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

    async def _tell_tally(self, jam_id: str) -> None:
        """Have the vote's message say how it stands."""
        jam = await self.get(jam_id)
        if jam is None or jam.phase is not Phase.VOTING:
            return
        try:
            await self._posts.tell_tally(jam, await self.candidates(jam), await self._jams.votes(jam))
        except PostError as error:
            log.info("the tally of jam %s is told later: %s", jam_id, error)
