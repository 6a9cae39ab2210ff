"""The bot against a model of what must be true, under every order of events that hypothesis can think of.

It dies at any step, before or after it took effect; Discord and Redis fail; workers die; members are forgotten in the
midst of it. Whatever happens: no take is shown or explained twice, and once all is well again, each one that was
written down is shown once or explained once, or has left nothing where its member was forgotten.
"""

import asyncio
import re
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.errors import RefusedError
from bot.posts.discord_calls import PostError
from bot.record.farewells import Farewells
from bot.rules.takes import CANCELLABLE, Record, State, in_conversation
from renderer.contract import lineage
from renderer.contract.job import Problem
from renderer.contract.shot import Beat, Shot
from tests.bot.record.rows import counts, every_take
from tests.bot.takes.playground import CHANNEL, GUILD, UNSURE, Crash, Held, Life, World, http, tick_by

BROKEN = Problem(code="render_failed")
MISSING = Problem(code="media_missing")
FAULTS = {
    "cut before": ("before", UNSURE),
    "cut after": ("after", UNSURE),
    "500": ("before", http(500, 0)),
    "40005": ("before", http(400, 40005)),
    "50013": ("before", http(403, 50013)),
    "10008": ("before", http(404, 10008)),
}
SAID = re.compile("^(⚠️|✖️)", re.MULTILINE)  # how an explanation begins: a message, or a line of the opener
SHOT = Shot(still="0" * 64, line=(Beat(mood="calm", seed=1),), engine="bars", size=480)


class Machine(RuleBasedStateMachine):
    """Members, workers, faults, and a bot that may die."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.folder = Path(tempfile.mkdtemp(prefix="unstill-machine-"))
        self.world = World()
        tick_by(self.world.clock, self.patch)
        self.runner = asyncio.Runner()
        self.lives = 0
        self.presses = 0
        self.promised: set[str] = set()
        self.asked: dict[str, tuple[int, str | None]] = {}  # take -> who asked, of which other take
        self.going: set[str] = set()  # takes whose members were promised that they go
        self.perhaps: set[str] = set()  # and where the bot died before it could promise that
        self.untold: set[str] = set()  # refused at once, or where nobody is there to be told

    def run(self, deed):
        """Let the bot do something; whether it lived on."""
        try:
            return self.runner.run(self._whole(deed))
        except (Crash, BaseExceptionGroup):
            self.world.tripwire.dead = True
            return None

    async def _whole(self, deed):
        answer = await deed
        await self.life.idle()
        if self.world.tripwire.dead:
            raise Crash
        return answer

    @property
    def dead(self) -> bool:
        return self.world.tripwire.dead

    @initialize()
    def begin(self) -> None:
        self.start()
        self.life.stills.path_of(SHOT.still).parent.mkdir(parents=True)
        for path in (self.life.stills.path_of(SHOT.still), self.life.stills._preview_of(SHOT.still)):
            path.write_bytes(b"a picture")

    def start(self) -> None:
        if self.lives:
            self.runner.run(self.life.database.close())  # a process takes its connections with it
        self.world.tripwire.dead, self.world.tripwire.left = False, -1
        self.world.clock.now += 11  # the lease of the life before is over
        self.lives += 1
        self.life = Life(self.world, self.folder, self.lives)
        self.run(self.life.database.migrate())

    # ------------------------------------------------------------------ members

    @precondition(lambda self: not self.dead)
    @rule(member=st.integers(1, 3))
    def ask(self, member) -> None:
        record = self.new_take(member)
        self._promised(record.take, self.life.backlog.begin(record))

    def new_take(self, member) -> Record:
        self.presses += 1
        take = lineage.animate(SHOT, str(self.presses))
        now = self.world.clock.now
        self.asked[take.id] = (member, None)
        return Record(take=take, guild_id=GUILD, channel_id=CHANNEL, member_id=member, byte_limit=10**7, asked_at=now)

    @precondition(lambda self: not self.dead)
    @rule(member=st.integers(1, 3))
    def reroll(self, member) -> None:
        shown = [each for each in self.run(every_take(self.life.database)) if each.state is State.SHOWN]
        if shown:
            self.presses += 1
            child = lineage.reroll(shown[0].take, str(self.presses))
            now = self.world.clock.now
            record = in_conversation(shown[0], child, member_id=member, byte_limit=10**7, asked_at=now)
            self.asked[child.id] = (member, record.parent)
            self._promised(child, self.life.backlog.add(record))

    def _promised(self, take, deed) -> None:
        async def told():
            try:
                await deed
            except RefusedError:
                self.untold.add(take.id)  # the member was told in private
                return False
            return True

        if self.run(told()):
            self.promised.add(take.id)

    @precondition(lambda self: not self.dead)
    @rule()
    def cancel(self) -> None:
        unfinished = self.run(self.life.store.unfinished())
        if unfinished:
            problem = Problem(code="cancelled", data={"by": "1"})
            self.run(self.life.backlog.end(unfinished[0], CANCELLABLE, problem))

    @precondition(lambda self: not self.dead)
    @rule(member=st.integers(1, 3), held_up=st.booleans())
    def forget(self, member, held_up) -> None:
        """`held_up`: while a clip, and the still of a take just asked for, are on their way to Discord."""
        if held_up:
            self.world.take_job()
            self.world.finish()
        granted = self.run(self._granted_meanwhile(member) if held_up else self._granted(member))
        theirs = self.of(member)
        (self.going if granted else self.perhaps).update(theirs)

    async def _granted(self, member) -> bool:
        with suppress(PostError):  # it goes on by itself
            await self.life.forgetting.grant(member)
        return True

    async def _granted_meanwhile(self, member) -> bool:
        self.world.held = held = Held()
        record = self.new_take(member)
        beginning = asyncio.create_task(self.life.backlog.begin(record))
        await self.life.backlog.tick()
        await first_of(beginning, asyncio.create_task(held.reached.wait()))
        granting, waits = asyncio.create_task(self._granted(member)), asyncio.Event()
        presence = self.life.forgetting._presence
        presence.rest = self._noticed(presence.rest, waits)
        self.life.backlog.let_go_of = self._noticed(self.life.backlog.let_go_of, waits)
        await first_of(granting, asyncio.create_task(waits.wait()))
        self.world.held = None
        held.released.set()
        held.reached.set()
        waits.set()
        await asyncio.gather(beginning, return_exceptions=True)
        return await granting

    @staticmethod
    def _noticed(deed, waits):
        """The deed; whoever wants to know is told where it does not end at once."""

        async def noticed(*arguments):
            done = asyncio.create_task(deed(*arguments))
            await asyncio.wait({done}, timeout=0)
            await asyncio.sleep(0)
            if not done.done():
                waits.set()
            return await done

        return noticed

    def of(self, member) -> list[str]:
        """What a member asked for, and all that goes on from it."""
        theirs: list[str] = []
        for take, (who, parent) in self.asked.items():
            if who == member or parent in theirs:
                theirs.append(take)
        return theirs

    # ------------------------------------------------------------------ time, workers, faults

    @precondition(lambda self: not self.dead)
    @rule(seconds=st.sampled_from((1.0, 1.0, 5.0, 20.0)))
    def tick(self, seconds) -> None:
        self.world.clock.now += seconds
        self.run(self.life.backlog.tick())

    @rule()
    def worker_takes(self) -> None:
        self.world.take_job()

    @rule(problem=st.sampled_from((None, None, BROKEN, MISSING)))
    def worker_finishes(self, problem) -> None:
        self.world.take_job()
        self.world.finish(problem)

    @rule()
    def worker_dies(self) -> None:
        self.world.take_job()
        self.world.die()

    @rule()
    def redis_is_flushed(self) -> None:
        self.world.flush()

    @rule(away=st.booleans())
    def redis_goes_or_comes(self, away) -> None:
        self.world.redis_away = away

    @rule(full=st.booleans())
    def redis_is_full_or_has_room(self, full) -> None:
        self.world.redis_full = full

    @rule(names=st.lists(st.sampled_from(sorted(FAULTS)), min_size=1, max_size=4))
    def discord_fails(self, names) -> None:
        if not self.world.faults:
            self.world.faults += [FAULTS[name] for name in names]

    @precondition(lambda self: not self.dead)
    @rule(steps=st.integers(0, 12))
    def the_bot_will_die(self, steps) -> None:
        """At this step out of the process, before or after it takes effect."""
        self.world.tripwire.left = steps

    @precondition(lambda self: self.dead)
    @rule()
    def it_is_started_again(self) -> None:
        self.start()

    # ------------------------------------------------------------------ what must be true

    def clips(self) -> Counter[str]:
        """Clips that stand in Discord, by take."""
        names = [name for said in self.world.standing() for name in said.files if name.endswith(".mp4")]
        return Counter(name.removeprefix("unstill-").removesuffix(".mp4") for name in names)

    def explanations(self, record) -> int:
        """How often it stands in Discord why there is no clip of a take."""
        said = [each for each in self.world.standing() if SAID.search(each.content)]
        nonces = {f"x{record.id}", f"s{record.id}", f"o{record.id}"}
        return sum(each.id == record.status_id or each.nonce in nonces for each in said)

    @invariant()
    def nothing_is_shown_twice(self) -> None:
        assert not [take for take, count in self.clips().items() if count > 1]

    def teardown(self) -> None:
        try:
            if self.lives:
                self._all_is_well_again()
        finally:
            self.run(self.life.database.close())
            self.runner.close()
            self.patch.undo()
            shutil.rmtree(self.folder)

    def _all_is_well_again(self) -> None:
        self.world.faults.clear()
        self.world.redis_away = self.world.redis_full = False
        if self.dead:
            self.start()
        self.world.tripwire.left = -1
        for _ in range(60):
            self.world.clock.now += 20
            self.run(self.life.backlog.tick())
            self.run(self.life.forgetting.tick())
            if not self.run(self.life.store.unfinished()) and not self.run(Farewells(self.life.database).members()):
                break
            self.world.take_job()
            self.world.finish()
        records = self.run(every_take(self.life.database))
        clips = self.clips()
        there = {record.id for record in records}
        assert self.run(counts(self.life.database, "takes", "farewells")) == [len(there), 0]
        assert self.promised - self.going - self.perhaps <= there
        assert not self.going & there
        self._nothing_is_left_of(self.asked.keys() - there)
        for record in records:
            shown = record.state is State.SHOWN
            assert shown or record.state is State.EXPLAINED, record
            assert clips[record.id] == shown, record
            assert not (shown and record.status_id), record
            assert record.losses <= self.world.deaths[record.id], record
            shut_out = record.opener_id is None and record.place_id in {None, CHANNEL}  # 50013: nobody can be told
            untold = record.id in self.untold or (shut_out and self.world.forbidden)
            assert self.explanations(record) == 1 or shown or untold, record
            assert self.explanations(record) == 0 or not shown, record

    def _nothing_is_left_of(self, gone) -> None:
        """Neither messages nor files of takes that were forgotten."""
        gone = gone & (self.going | self.perhaps)
        for said in self.world.standing():
            assert not {
                take for take in gone for each in (*said.files, *said.buttons, said.nonce or "") if take in each
            }
        assert not [path for path in (self.folder / "clips").glob("*") if path.stem in gone]


async def first_of(*tasks) -> None:
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
