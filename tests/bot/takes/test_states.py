"""The state machine of a take, arrow by arrow: docs/reliability.md names the test of each."""

import asyncio
import threading
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from types import SimpleNamespace

import pytest

from bot.errors import RefusedError
from bot.record.farewells import Farewells
from bot.record.jam_store import JamStore
from bot.record.notice_log import Notice, NoticeLog
from bot.rules.blocks import Block, Kind
from bot.rules.jam import Jam, Phase, Terms, jam_id
from bot.rules.takes import CANCELLABLE, Record, State, in_conversation
from bot.takes.asker import Asker
from bot.takes.backlog import LEASE, LEASE_SECONDS, Look
from renderer.contract import lineage
from renderer.contract.job import Problem
from renderer.contract.shot import Beat, Shot
from tests.bot.takes import playground
from tests.bot.takes.playground import CHANNEL, GUILD, UNSURE, Held, Life, World, http, mp4, tick_by

SHOT = Shot(still="0" * 64, line=(Beat(mood="calm", seed=1),), engine="bars", size=480)
CANCELLED = Problem(code="cancelled", data={"by": "1"})
BROKEN = Problem(code="render_failed")
TOO_LARGE, FORBIDDEN = ("before", http(400, 40005)), ("before", http(403, 50013))
MALFORMED = ("before", http(400, 50035))


class Walk:
    """A bot on a small world, and the arrows that its takes went along."""

    def __init__(self, world, life) -> None:
        self.world, self.life = world, life
        self.arrows: list[tuple[str, str]] = []
        life.store._watcher = self

    def added(self, record) -> None:
        self.arrows.append(("", str(record.state)))

    def moved(self, record, changes) -> None:
        if "state" in changes and changes["state"] is not record.state:
            self.arrows.append((str(record.state), str(changes["state"])))

    async def ask(self) -> Record:
        record = await self.begin()
        await self.life.idle()
        return record

    async def begin(self) -> Record:
        """A member asks; nothing is waited for that they need not wait for."""
        record = Record(
            take=lineage.animate(SHOT, "1"),
            guild_id=GUILD,
            channel_id=CHANNEL,
            member_id=1,
            byte_limit=10**7,
            asked_at=self.world.clock.now,
        )
        await self.life.backlog.begin(record)
        return record

    async def tick(self, seconds=1.0) -> None:
        self.world.clock.now += seconds
        await self.life.backlog.tick()
        await self.life.idle()

    async def now(self) -> Record:
        (record,) = await self.life.store.family(lineage.animate(SHOT, "1").root)
        return record

    async def lose_status(self) -> None:
        """Nothing is known of the status line any more, nor is it there."""
        record = await self.now()
        self.world.messages[record.status_id].deleted = True
        await self.life.store.move(record, [State.QUEUED], status_id=None)
        self.world.clock.now += 200  # Discord has forgotten its nonce, too

    async def worked(self, problem=None) -> None:
        """A worker takes the job and ends it. What the bot was sending has gone out: a fault meets what comes next."""
        await self.life.idle()
        self.world.take_job()
        self.world.finish(problem)

    async def rendered(self, problem=None) -> None:
        """The same, and the bot looks."""
        await self.worked(problem)
        await self.tick()

    async def cancel(self) -> None:
        await self.life.backlog.end(await self.now(), CANCELLABLE, CANCELLED)
        await self.life.idle()


@pytest.fixture
async def walk(tmp_path, monkeypatch):
    world = World()
    tick_by(world.clock, monkeypatch)
    life = Life(world, tmp_path, 1)
    await life.database.migrate()
    life.stills.path_of(SHOT.still).parent.mkdir(parents=True)
    for path in (life.stills.path_of(SHOT.still), life.stills._preview_of(SHOT.still)):
        path.write_bytes(b"a picture")
    yield Walk(world, life)
    await life.backlog.close()
    await life.database.close()


async def test_the_straight_way(walk):
    """asked → waiting → queued → rendered → shown"""
    await walk.ask()
    await walk.rendered()
    await walk.tick()
    states = ["", "asked", "waiting", "queued", "rendered", "shown"]
    assert walk.arrows == [*pairwise(states)]
    assert (await walk.now()).status_id is None


async def test_asked_to_explained_where_nobody_is_there(walk):
    """The member is refused in private."""
    walk.world.faults.append(FORBIDDEN)
    with pytest.raises(RefusedError, match="not_here"):
        await walk.ask()
    assert walk.arrows[-1] == ("asked", "explained")


async def test_asked_to_failing_where_the_conversation_cannot_begin_later(walk):
    walk.world.faults += [("before", UNSURE), MALFORMED]
    await walk.ask()
    await walk.tick(5)
    assert ("asked", "failing") in walk.arrows


async def test_asked_to_failing_where_the_still_is_gone_before_the_conversation_begins(walk, caplog):
    """It is told, and no fault of the bot's."""
    walk.world.faults += [("before", UNSURE)] * 2
    await walk.ask()
    walk.life.stills._preview_of(SHOT.still).unlink()
    for _ in range(3):
        await walk.tick(5)
    assert walk.arrows[-2:] == [("asked", "failing"), ("failing", "explained")]
    assert (await walk.now()).problem.code == "still_expired"
    assert not [each for each in caplog.records if each.exc_info]


async def test_asked_to_failing_by_cancel(walk):
    walk.world.faults += [("before", UNSURE)] * 2  # when it is asked, and when it is tried again at once
    await walk.ask()
    await walk.cancel()
    await walk.tick(2)
    assert walk.arrows[-2:] == [("asked", "failing"), ("failing", "explained")]


async def test_waiting_to_failing_by_cancel(walk):
    walk.world.redis_away = True
    await walk.ask()
    assert (await walk.now()).state is State.WAITING
    await walk.cancel()
    assert walk.arrows[-2:] == [("waiting", "failing"), ("failing", "explained")]


async def test_waiting_to_failing_where_the_still_is_gone(walk):
    walk.world.redis_away = True
    await walk.ask()
    walk.life.stills.path_of(SHOT.still).unlink()
    walk.world.redis_away = False
    await walk.tick()
    assert ("waiting", "failing") in walk.arrows
    assert (await walk.now()).problem.code == "still_expired"


async def test_queued_to_waiting_where_redis_was_emptied(walk):
    """No worker is to blame."""
    await walk.ask()
    walk.world.flush()
    await walk.tick()
    await walk.tick(5)
    assert walk.arrows[-2:] == [("queued", "waiting"), ("waiting", "queued")]
    assert (await walk.now()).losses == 0


async def test_queued_to_waiting_where_the_worker_died(walk):
    await walk.ask()
    walk.world.take_job()
    walk.world.die()
    await walk.tick()
    await walk.tick(5)
    assert walk.arrows[-2:] == [("queued", "waiting"), ("waiting", "queued")]
    assert (await walk.now()).losses == 1


async def test_queued_to_failing_where_two_workers_died(walk):
    await walk.ask()
    for _ in range(2):
        walk.world.take_job()
        walk.world.die()
        await walk.tick()
        await walk.tick(5)
    await walk.tick()
    assert ("queued", "failing") in walk.arrows
    assert (await walk.now()).problem == Problem(code="worker_lost", data={"attempts": 2})


async def test_queued_to_failing_by_the_workers_word(walk):
    await walk.ask()
    await walk.rendered(BROKEN)
    await walk.tick()
    assert walk.arrows[-2:] == [("queued", "failing"), ("failing", "explained")]
    assert (await walk.now()).problem == BROKEN


async def test_queued_to_failing_by_cancel(walk):
    await walk.ask()
    walk.world.take_job()
    await walk.cancel()
    assert walk.arrows[-2:] == [("queued", "failing"), ("failing", "explained")]


async def test_queued_to_failing_where_the_clip_cannot_be_signed(walk):
    async def refuse(_record, _clip):
        raise RefusedError("unsigned")

    walk.life.workshop._seals.seal = refuse
    await walk.ask()
    await walk.rendered()
    assert ("queued", "failing") in walk.arrows
    assert (await walk.now()).problem.code == "unsigned"


async def test_a_full_disk_holds_up_no_other_take(walk, monkeypatch, caplog):
    """queued stays queued; it is tried again each second. The log says when it begins and when it is over."""
    caplog.set_level("INFO")
    keep = walk.life.clips.keep

    async def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(walk.life.clips, "keep", full)
    await walk.ask()
    await walk.rendered()
    await walk.tick()
    await walk.tick()
    assert (await walk.now()).state is State.QUEUED
    monkeypatch.setattr(walk.life.clips, "keep", keep)
    await walk.tick()
    await walk.tick()
    assert (await walk.now()).state is State.SHOWN
    told = [each for each in caplog.records if "the disk" in each.getMessage()]
    assert [each.levelname for each in told] == ["WARNING", "INFO"]
    assert not [each for each in caplog.records if each.exc_info]


async def test_rendered_to_waiting_where_discord_finds_it_too_large(walk):
    await walk.ask()
    await walk.worked()
    walk.world.faults.append(TOO_LARGE)
    await walk.tick()
    assert ("rendered", "waiting") in walk.arrows
    assert (await walk.now()).byte_limit < 10**7


async def test_rendered_to_failing_where_it_is_too_large_again(walk):
    await walk.ask()
    for _ in range(2):
        await walk.worked()
        walk.world.faults.append(TOO_LARGE)
        await walk.tick()
        await walk.tick()
    assert ("rendered", "failing") in walk.arrows
    assert (await walk.now()).problem.code == "too_large"


async def test_rendered_to_waiting_where_the_clip_is_gone_from_the_disk(walk):
    await walk.ask()
    await walk.worked()
    walk.world.faults.append(("before", UNSURE))
    await walk.tick()
    walk.life.clips.path_of((await walk.now()).id).unlink()
    await walk.tick(5)
    assert ("rendered", "waiting") in walk.arrows


async def test_rendered_to_failing_where_discord_rejects_it(walk):
    await walk.ask()
    await walk.worked()
    walk.world.faults.append(MALFORMED)
    await walk.tick()
    assert ("rendered", "failing") in walk.arrows


async def test_any_state_goes_on_in_the_channel_where_the_thread_is_gone(walk):
    await walk.ask()
    walk.world.threads.clear()
    await walk.rendered()
    await walk.tick()
    record = await walk.now()
    assert (record.state, record.place_id) == (State.SHOWN, CHANNEL)


async def bring_back(walk):
    asker = Asker(member_id=2, guild=None, press="3", locale="en-US")
    await walk.life.fates.bring_back(asker, await walk.now())
    await walk.tick()


async def test_a_clip_that_may_not_be_posted_is_kept_and_comes_when_it_is_brought_back(walk):
    """rendered → failing → explained → rendered → shown"""
    await walk.ask()
    await walk.worked()
    walk.world.no_files = True
    await walk.tick()
    await walk.tick()
    (line,) = said(walk, "⚠️ This clip is ready, but I am no longer allowed to attach files here.")
    assert line.buttons == (f"unstill:bring-back:{(await walk.now()).id}",)
    assert line.channel_id in walk.world.threads
    await bring_back(walk)  # too early
    await walk.tick()
    assert said(walk, "⚠️") == [line]
    walk.world.no_files = False
    await bring_back(walk)
    await walk.tick()
    assert walk.arrows[-2:] == [("explained", "rendered"), ("rendered", "shown")]
    assert not said(walk, "⚠️")


async def test_a_clip_that_was_held_back_stays_away_where_its_picture_was_shut_out_since(walk):
    await walk.ask()
    await walk.worked()
    walk.world.no_files = True
    await walk.tick()
    await walk.tick()
    walk.world.no_files = False
    await walk.life.blocks.add(GUILD, Block(kind=Kind.STILL, subject=SHOT.still), 3)
    with pytest.raises(RefusedError, match="blocked_still"):
        await bring_back(walk)
    await walk.tick()
    assert (await walk.now()).state is State.EXPLAINED


async def test_where_nothing_may_be_posted_any_more_the_opener_says_why(walk):
    """What the bot has posted it may edit."""
    await walk.ask()
    (line,) = said(walk, "⏳")
    line.deleted = True
    await walk.worked()
    walk.world.mute = True
    await walk.tick()
    await walk.tick()
    (opener,) = walk.world.standing()
    told = opener.content.splitlines()[-1]
    assert told.startswith("⚠️ This clip is ready, but I am no longer allowed to send messages here.")
    assert (await walk.now()).state is State.EXPLAINED
    walk.world.mute = False
    await bring_back(walk)
    await walk.tick()
    assert (await walk.now()).state is State.SHOWN
    assert "⚠️" not in opener.content
    assert opener.buttons == ()


async def test_a_take_whose_thread_is_locked_goes_on_in_the_channel(walk):
    await walk.ask()
    await walk.worked()
    walk.world.locked = set(walk.world.threads)
    walk.world.faults = [("", None)] * 2 + [("before", UNSURE)]  # when the status line in the thread is to go
    await walk.tick()
    await walk.tick(5)
    record = await walk.now()
    assert (record.state, record.place_id, record.status_id) == (State.SHOWN, CHANNEL, None)
    assert not said(walk, "⏳")
    assert len(walk.world.standing()) == 2  # the still and the clip


async def test_the_status_line_of_a_take_whose_thread_is_locked_stands_in_the_channel_and_goes(walk):
    await walk.ask()
    await walk.lose_status()
    walk.world.locked = set(walk.world.threads)
    await walk.tick()
    await walk.tick()
    (line,) = said(walk, "⏳")
    assert (line.channel_id, (await walk.now()).status_id) == (CHANNEL, line.id)
    await walk.rendered()
    await walk.tick()
    assert line.deleted
    record = await walk.now()
    assert (record.state, record.place_id, record.status_id) == (State.SHOWN, CHANNEL, None)


async def test_a_take_that_waits_where_nothing_may_be_posted_any_more_ends_told(walk, monkeypatch):
    """waiting → failing → explained"""
    walk.world.redis_away = True
    open_thread = walk.world.open_thread

    def open_the_last(message_id):
        walk.world.mute = True
        return open_thread(message_id)

    monkeypatch.setattr(walk.world, "open_thread", open_the_last)
    await walk.ask()
    await walk.tick()
    await walk.tick(5)
    (opener,) = walk.world.standing()
    assert "⚠️ I need to be allowed to send messages here." in opener.content
    assert (await walk.now()).state is State.EXPLAINED


async def test_asked_to_failing_where_files_may_no_longer_be_posted(walk):
    """asked → failing → explained: its member was told that it is on its way."""
    walk.world.faults.append(("before", UNSURE))
    walk.world.no_files = True
    await walk.ask()
    await walk.tick(5)
    await walk.tick(5)
    assert walk.arrows[-2:] == [("asked", "failing"), ("failing", "explained")]
    assert said(walk, "⚠️ I need to be allowed to attach files here.")


async def test_a_stale_hand_moves_nothing(walk):
    """Each arrow is a compare-and-set on state and attempt."""
    before = await walk.ask()
    await walk.tick()
    assert not await walk.life.store.move(before, [State.ASKED], state=State.FAILING)
    late = replace(await walk.now(), attempt=0)
    assert not await walk.life.store.move(late, [State.QUEUED], state=State.FAILING)


@pytest.fixture
def hung(walk, monkeypatch):
    """Redis hangs: what is asked of it comes back when the test is over."""
    go_on = threading.Event()
    survey = walk.life.workshop._renders.survey

    def hang(kinds):
        assert go_on.wait(60)
        return survey(kinds)

    monkeypatch.setattr(walk.life.workshop._renders, "survey", hang)
    yield
    go_on.set()


async def hands_down(walk):
    """Wait for what members are told; not for the round that asks Redis."""
    own = walk.life.backlog
    while busy := [*own._hands.values(), *filter(None, [own._soon._runs.get(Look.AT_TAKES)])]:
        await asyncio.gather(*busy)


def said(walk, beginning):
    return [each for each in walk.world.standing() if each.content.startswith(beginning)]


async def test_members_are_answered_while_redis_hangs(walk, hung):
    """A take is begun, continued and called off, and each is told of, while one question to Redis is open."""
    await walk.life.backlog.tick()
    await asyncio.sleep(0)
    assert Look.AT_WORKERS in walk.life.backlog._soon._runs
    await walk.begin()
    await hands_down(walk)
    assert len(said(walk, "⏳")) == 1
    begun = await walk.now()
    child = lineage.reroll(begun.take, "2")
    await walk.life.backlog.add(
        in_conversation(begun, child, member_id=1, byte_limit=10**7, asked_at=walk.world.clock.now)
    )
    await hands_down(walk)
    assert len(said(walk, "⏳")) == 2
    await walk.life.backlog.end(begun, CANCELLABLE, CANCELLED)
    await hands_down(walk)
    assert len(said(walk, "✖️")) == 1
    assert Look.AT_WORKERS in walk.life.backlog._soon._runs, "the question was answered before its time"


async def test_an_attempt_that_is_called_off_is_called_off_in_the_next_round(walk):
    await walk.ask()
    assert len(walk.world.queue) == 1
    await walk.cancel()
    assert not walk.world.queue


async def test_a_call_off_waits_for_a_redis_that_is_away(walk):
    await walk.ask()
    walk.world.redis_away = True
    await walk.cancel()
    assert walk.world.queue
    walk.world.redis_away = False
    await walk.tick()
    assert not walk.world.queue


async def test_that_another_bot_leads_is_logged_once_and_that_this_one_leads_again(walk, caplog):
    caplog.set_level("INFO", logger="bot.takes.backlog")
    store, backlog = walk.life.store, walk.life.backlog
    await store.hold_lease(LEASE, "the other", LEASE_SECONDS)
    for _ in range(3):
        await walk.tick(2)
    told = [line for line in caplog.messages if "lead" in line]
    assert len(told) == 1
    assert "the other, until 2001-09-09 01:46:50+00:00" in told[0]
    assert not backlog.leads
    walk.world.clock.now -= 3600  # it is found out that the other's clock was wrong
    await walk.tick()
    await walk.tick()
    assert backlog.leads
    assert [line for line in caplog.messages if "lead" in line] == [*told, "this bot leads"]


async def test_a_take_that_redis_lost_twice_is_not_called_a_killer_of_workers(walk):
    """Emptied while it was queued, emptied while it was rendered, and its clip gone before the bot had it."""
    await walk.ask()
    for begun in (False, True):
        if begun:
            walk.world.take_job()
            walk.world.alive.clear()  # its worker was started anew with Redis
        walk.world.flush()
        await walk.tick()
        await walk.tick(5)
    walk.world.clips_go = True
    for _ in range(2):
        await walk.rendered()
        await walk.tick()
    walk.world.clips_go = False
    record = await walk.now()
    assert (record.state, record.losses, record.mislaid) == (State.QUEUED, 0, 4)
    await walk.rendered()
    await walk.tick()
    assert (await walk.now()).state is State.SHOWN


@pytest.mark.parametrize("fault", ["redis_away", "redis_full"])
async def test_no_attempt_is_counted_while_redis_is_away_or_full(walk, fault):
    """Its worker renders on and cannot say so: not for a minute, and not right after it."""
    await walk.ask()
    walk.world.take_job()
    await walk.tick()
    for away in (True, False):
        setattr(walk.world, fault, away)
        walk.world.silent = True
        for _ in range(20 if away else 5):
            await walk.tick(3)
    walk.world.silent = False
    record = await walk.now()
    assert (record.state, record.attempt, record.losses, record.mislaid) == (State.QUEUED, 1, 0, 0)
    await walk.tick(9)
    walk.world.die()  # for this one there was a worker, and it is gone
    await walk.tick()
    await walk.tick(5)
    assert (await walk.now()).losses == 1


async def test_a_take_that_a_full_redis_does_not_take_in_is_not_counted_as_attempts(walk):
    """Else the first picture that is lost after it is said to be lost more than once."""
    walk.world.redis_full = True
    await walk.ask()
    for _ in range(60):
        await walk.tick()
    walk.world.redis_full = False
    await walk.tick()
    await walk.rendered(Problem(code="media_missing"))
    record = await walk.now()
    assert (record.state, record.attempt, record.mislaid) == (State.QUEUED, 2, 1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Problem(code="of_a_later_version", data={"why": 1.0}), Problem(code="unexpected")),
        (Problem(code="cancelled", data={"by": "7"}), Problem(code="cancelled")),
    ],
)
async def test_what_a_newer_worker_says_is_told_once_as_unexpected(walk, caplog, said, told):
    await walk.ask()
    await walk.rendered(said)
    for _ in range(3):
        await walk.tick()
    record = await walk.now()
    assert (record.state, record.problem) == (State.EXPLAINED, told)
    assert walk.arrows[-2:] == [("queued", "failing"), ("failing", "explained")]
    assert any("another version" in line for line in caplog.messages) == (told.code == "unexpected")


@pytest.mark.parametrize(
    "clip", [b"", b"<!DOCTYPE html>", mp4("x")[:-1], mp4("x" * (11 * 2**20)), mp4("another")], ids=len
)
async def test_what_is_no_clip_is_told_and_never_shown(walk, monkeypatch, clip):
    """Nothing, a page, one that is cut off, one that is larger than its job allows, another one than was spoken of."""
    await walk.ask()
    await walk.worked()
    (result,) = walk.world.results.values()
    if b"another" not in clip:
        walk.world.results = {
            result_id: replace(result, clip=sha256(clip).hexdigest()) for result_id in walk.world.results
        }
    monkeypatch.setattr(playground, "mp4", lambda _text: clip)
    await walk.tick()
    await walk.tick()
    record = await walk.now()
    assert (record.state, record.problem) == (State.EXPLAINED, Problem(code="bad_clip"))
    assert not [each for each in walk.world.standing() if any(name.endswith(".mp4") for name in each.files)]


POSTED = ["the still", "the status line", "the clip", "the explanation"]


async def on_its_way(walk, posted) -> tuple[Held, asyncio.Task[Record] | None]:
    """Something is being posted for a take; where it is held up, and who waits for the take to begin."""
    held = Held()
    if posted == "the still":
        walk.world.held = held
        begun = asyncio.create_task(walk.begin())
        await held.reached.wait()
        return held, begun
    await walk.ask()
    if posted != "the status line":
        await walk.worked(BROKEN if posted == "the explanation" else None)
    if posted != "the clip":
        await walk.lose_status()
    walk.world.held = held
    await walk.life.backlog.tick()
    await held.reached.wait()
    return held, None


@pytest.mark.parametrize("posted", POSTED)
async def test_what_is_posted_for_a_take_that_is_forgotten_meanwhile_is_taken_down_again(walk, posted):
    """Another bot forgets its member while this one's message is on its way."""
    held, begun = await on_its_way(walk, posted)
    before = walk.world.standing()
    await Farewells(walk.life.database).retire([lineage.animate(SHOT, "1").id])
    held.released.set()
    if begun is not None:
        with pytest.raises(RefusedError, match="being_forgotten"):
            await begun
    await walk.life.idle()
    assert [said for said in walk.world.standing() if said not in before] == []


@pytest.mark.parametrize("posted", POSTED)
async def test_forgetting_waits_for_what_is_being_posted(walk, posted):
    """And only then says that all is gone, which it is."""
    held, begun = await on_its_way(walk, posted)
    forgetting = asyncio.create_task(walk.life.forgetting.grant(1))
    await asyncio.wait({forgetting}, timeout=0.2)
    assert not forgetting.done()
    held.released.set()
    await asyncio.gather(*([begun] if begun else []), return_exceptions=True)
    assert (await forgetting).stills == 1
    assert walk.world.standing() == []


async def test_forgetting_finds_the_thread_of_a_take_that_went_on_in_the_channel(walk):
    await walk.ask()
    await walk.worked()
    (thread_id,) = walk.world.locked = set(walk.world.threads)
    await walk.tick()
    await walk.tick()
    assert (await walk.now()).place_id == CHANNEL
    walk.world.locked = set()
    for place_id, text in ((thread_id, "said of it"), (CHANNEL, f"started {thread_id}")):
        walk.world.post(place_id, text, None, None, None)
    await walk.life.forgetting.grant(1)
    assert walk.world.standing() == []


async def test_forgetting_finds_what_was_posted_in_the_channel_while_the_thread_was_the_place(walk):
    """The receipt was lost; a covered story names no take."""
    record = await walk.ask()
    for name in (f"unstill-{record.id}.mp4", "SPOILER_story.png"):
        walk.world.post(CHANNEL, "", SimpleNamespace(filename=name), None, None)
    await walk.life.forgetting.grant(1)
    assert walk.world.standing() == []


async def test_forgetting_finds_the_last_word_of_a_jam_in_the_channel(walk):
    """Who voted is named no more; with who began it, the word goes."""
    record = await walk.ask()
    word = walk.world.post(CHANNEL, "A jam by <@1>, voted for by <@2>", None, None, None)
    jam = Jam(id=jam_id("1"), guild_id=GUILD, root=record.id, host_id=1, terms=Terms(mood="calm"))
    jam = replace(jam, phase=Phase.ENDED, word_id=word.id)
    jams = JamStore(walk.life.database)
    await jams.add(jam)
    await jams.cast(jam, 2, record.id)
    await walk.life.forgetting.grant(2)
    assert "<@1>" in word.content
    assert "<@2>" not in word.content
    await walk.life.forgetting.grant(1)
    assert word.deleted
    assert await jams.get(jam.id) is None


async def test_who_called_a_take_off_is_unnamed_in_the_opener_too(walk):
    await walk.ask()
    await walk.lose_status()
    walk.world.mute = True
    await walk.life.backlog.end(await walk.now(), CANCELLABLE, Problem(code="cancelled", data={"by": "2"}))
    await walk.tick()
    (opener,) = walk.world.standing()
    opening = opener.content.splitlines()[0]
    assert "<@2>" in opener.content
    await walk.life.forgetting.grant(2)
    assert not opener.deleted
    assert "<@2>" not in opener.content
    await walk.life.delivery._posts.explain(await walk.now(), BROKEN)
    assert opener.content.splitlines()[0] == opening


async def test_a_notice_that_stays_is_tried_again_and_keeps_nobody_from_being_forgotten(walk):
    notices, farewells = NoticeLog(walk.life.database), Farewells(walk.life.database)
    said = [walk.world.post(CHANNEL, "<@9> no", None, None, None) for _ in range(2)]
    for each in said:
        await notices.add(Notice(CHANNEL, each.id), 9, walk.world.clock.now - 7200)
    await farewells.ask(3)
    walk.world.faults = [("before", UNSURE)]
    await walk.life.forgetting.tick()
    assert [each.deleted for each in said] == [False, True]
    assert await farewells.members() == []
    walk.world.clock.now += 61
    await walk.life.forgetting.tick()
    assert said[0].deleted
    assert await notices.left_over(walk.world.clock.now) == []
