"""Jams, from beginning to reel. Each arrow between phases is one compare-and-set, so they go on after any crash."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from bot.errors import RefusedError
from bot.posts.discord_calls import PostError
from bot.posts.jam_posts import JamPosts
from bot.posts.renewals import Renewals
from bot.record.database import insert_new
from bot.record.store import Store
from bot.record.tables import jam_votes, jams
from bot.rules.family import scenes
from bot.rules.jam import Jam, Phase, Step, Terms, next_step, round_takes, shown, winner
from bot.rules.takes import Fate, Record, State, in_conversation
from bot.takes.admission import Admission
from bot.takes.backlog import Backlog
from renderer.contract import lineage
from renderer.contract.shot import SCENES

log = logging.getLogger(__name__)

OPEN = (Phase.RENDERING, Phase.VOTING, Phase.ENDING)


class Jams:
    """All jams of the record."""

    def __init__(
        self,
        *,
        store: Store,
        admission: Admission,
        backlog: Backlog,
        renewals: Renewals,
        posts: JamPosts,
        engine: tuple[str, str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
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
        async with self._store.database.writing() as connection:
            await connection.execute(insert_new(connection, jams).values(_to_row(jam)))

    async def discard(self, jam: Jam) -> None:
        """Forget a jam whose first take was refused."""
        async with self._store.database.writing() as connection:
            await connection.execute(jams.delete().where(jams.c.id == jam.id))

    async def get(self, jam_id: str) -> Jam | None:
        found = await self._fetch(jams.c.id == jam_id)
        return found[0] if found else None

    async def tick(self) -> None:
        """Give every open jam what it needs next; called by the bot that leads."""
        if self._ticking.locked():
            return
        async with self._ticking:
            for jam in await self._fetch(jams.c.phase.in_(OPEN)):
                try:
                    await self._serve(jam)
                except RefusedError as error:
                    await self._say_waiting(jam, error)
                except PostError as error:
                    log.info("jam %s has to wait: %s", jam.id, error)

    async def vote(self, jam: Jam, member_id: int, take_id: str) -> bool:
        """Write a member's vote down, which may change; the same once more takes it back (False)."""
        key = (jam_votes.c.jam_id == jam.id, jam_votes.c.number == jam.number, jam_votes.c.member_id == member_id)
        async with self._store.database.writing() as connection:
            same = await connection.execute(jam_votes.delete().where(*key, jam_votes.c.take_id == take_id))
            if not same.rowcount:
                await connection.execute(jam_votes.delete().where(*key))
                row = {"jam_id": jam.id, "number": jam.number, "member_id": member_id, "take_id": take_id}
                await connection.execute(insert_new(connection, jam_votes).values(row))
        self._tell_tally(jam.id)
        return not same.rowcount

    async def stop(self, jam: Jam) -> bool:
        """End a jam before its last round; what has won so far makes the reel."""
        return await self._move(jam, [Phase.RENDERING, Phase.VOTING], phase=Phase.ENDING)

    async def candidates(self, jam: Jam) -> list[Record]:
        """The round's takes that can be voted for, in order."""
        return shown(await self._round(jam))

    async def close(self) -> None:
        """Let what is being told be told."""
        if self._tallies:
            await asyncio.wait(self._tallies.values(), timeout=5)

    async def _serve(self, jam: Jam) -> None:
        if jam.phase is Phase.ENDING:
            await self._end(jam)
            return
        records = await self._round(jam)
        if jam.phase is Phase.RENDERING and len(records) < jam.terms.takes:
            await self._ask(jam)
            return
        if jam.phase is Phase.VOTING and jam.message_id is None and shown(records):
            await self._post_vote(jam, records)
            return
        serve = {Step.VOTE: self._open_vote, Step.CROWN: self._crown, Step.END: self._give_up}
        step = next_step(jam, records, self._clock())
        if step in serve:
            await serve[step](jam, records)

    async def _round(self, jam: Jam) -> list[Record]:
        """The takes of the jam's round that are written down, in order; the first round's first is the root."""
        family = await self._store.family(jam.root)
        own = [each for each in family if each.wish.startswith(f"{jam.wish}:")]
        return sorted(own, key=lambda each: each.wish)

    async def _ask(self, jam: Jam) -> None:
        """Write the round's takes down. Raises `RefusedError` where the server has no room just now."""
        start = await self._store.get(jam.winners[-1] if jam.winners else jam.root)
        if start is None or start.state is State.ASKED:
            return  # its conversation is not open yet
        if start.place_id is None:  # and never was
            await self._move(jam, [jam.phase], phase=Phase.ENDED)
            return
        for number, take in enumerate(round_takes(jam, start.take), start=1):
            asked = {"member_id": jam.host_id, "byte_limit": start.byte_limit, "wish": f"{jam.wish}:{number}"}
            await self._admission.admit(in_conversation(start, take, **asked))
        await self._backlog.tick()

    async def _open_vote(self, jam: Jam, records: list[Record]) -> None:
        """Open the vote, then ask for votes: nobody may press before they count."""
        closes_at = self._clock() + 60 * jam.terms.minutes
        if await self._move(jam, [Phase.RENDERING], phase=Phase.VOTING, closes_at=closes_at):
            await self._post_vote(replace(jam, phase=Phase.VOTING, closes_at=closes_at), records)

    async def _post_vote(self, jam: Jam, records: list[Record]) -> None:
        message_id = await self._posts.open_vote(jam, shown(records))
        await self._move(jam, [Phase.VOTING], message_id=message_id)

    async def _crown(self, jam: Jam, records: list[Record]) -> None:
        """Continue the winner, or end with it."""
        left = shown(records)
        if not left:  # tossed while the vote was open
            await self._give_up(jam, records)
            return
        votes = await self._votes(jam)
        chosen = winner(jam, [each.id for each in left], votes)
        await self._store.decide(chosen, Fate.KEPT, jam.host_id)
        self._renewals.renew(chosen)
        await self._posts.close_vote(jam, left, chosen, votes)
        over = jam.number == jam.terms.rounds
        await self._move(
            jam,
            [jam.phase],
            phase=Phase.ENDING if over else Phase.RENDERING,
            number=jam.number if over else jam.number + 1,
            winners=json.dumps([*jam.winners, chosen]),
            closes_at=None,
            message_id=None,
        )

    async def _give_up(self, jam: Jam, _records: list[Record]) -> None:
        await self._move(jam, [jam.phase], phase=Phase.ENDING)

    async def _end(self, jam: Jam) -> None:
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
        await self._posts.last_word(jam, root, won, await self._voters(jam))
        await self._move(jam, [Phase.ENDING], phase=Phase.ENDED)
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

    async def _votes(self, jam: Jam) -> dict[int, str]:
        """The votes of the jam's round, by member."""
        query = sa.select(jam_votes.c.member_id, jam_votes.c.take_id)
        query = query.where(jam_votes.c.jam_id == jam.id, jam_votes.c.number == jam.number)
        async with self._store.database.reading() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    async def _voters(self, jam: Jam) -> list[int]:
        """All who voted in any round."""
        query = sa.select(jam_votes.c.member_id).where(jam_votes.c.jam_id == jam.id).distinct()
        async with self._store.database.reading() as connection:
            return sorted(await connection.scalars(query))

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
            await self._posts.tell_tally(jam, await self.candidates(jam), await self._votes(jam))
        except PostError as error:
            log.info("the tally of jam %s is told later: %s", jam_id, error)

    async def _move(self, jam: Jam, phases: list[Phase], **changes: Any) -> bool:
        query = jams.update().where(jams.c.id == jam.id, jams.c.phase.in_(phases), jams.c.number == jam.number)
        async with self._store.database.writing() as connection:
            return (await connection.execute(query.values(**changes))).rowcount == 1

    async def _fetch(self, condition: sa.ColumnElement[bool]) -> list[Jam]:
        async with self._store.database.reading() as connection:
            return [_to_jam(row) for row in await connection.execute(jams.select().where(condition))]


def _to_row(jam: Jam) -> dict[str, Any]:
    row = {field.name: getattr(jam, field.name) for field in fields(jam)}
    return row | {"terms": jam.terms.to_json(), "winners": json.dumps(jam.winners)}


def _to_jam(row: sa.Row[Any]) -> Jam:
    values: dict[str, Any] = dict(zip(jams.columns.keys(), row, strict=True))
    values["terms"] = Terms.from_json(values["terms"])
    values["phase"] = Phase(values["phase"])
    values["winners"] = tuple(json.loads(values["winners"]))
    return Jam(**values)
