"""Workers of several kinds: takes go to their own, members choose among them, and hear at once where none lives."""

import asyncio
from collections import Counter

import pytest
from pydantic import SecretStr
from redis import Redis

from bot.language.fluent import language
from bot.rules import fleet
from bot.rules.takes import Record, State
from bot.wording import sentences
from bot.workers.news import MOST
from renderer.contract import lineage
from renderer.contract.abilities import Abilities, Offer
from renderer.contract.job import Event, Phase
from renderer.contract.redis_keys import EVENTS, OFFERS, offer_key
from tests.bot.rules.test_fleet import WEAK, offer
from tests.pretender import KIND, LABEL, MODEL, Pretender
from tests.processes import eventually
from tests.stage import opened_stage

ENGLISH = language("en")


@pytest.fixture
def redis(redis_server):
    with Redis.from_url(redis_server.url) as redis:
        yield redis


@pytest.fixture
def pretend(redis_server, tmp_path):
    """Start workers of the kind `KIND`."""
    started = []

    def start(**environment):
        started.append(Pretender(redis_server.url, tmp_path / f"pretender-{len(started)}.log", **environment))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


@pytest.fixture
def impatient(monkeypatch):
    """A kind that is out of sight is gone."""
    monkeypatch.setattr(fleet, "HEAD_START", 0.0)
    monkeypatch.setattr(fleet, "BLINK", 0.0)


async def sees(stage, *kinds):
    """Wait until the bot sees a worker of each kind, ready, and of no other."""
    roster = stage.services.roster
    await stage.eventually(lambda: {each.kind for each in roster.fleet.offers if each.ready} == set(kinds))


def line_of(stage):
    """The status line in the newest conversation."""
    lines = [said.content for said in stage.channel.threads[-1].history() if said.content.startswith(("⏳", "🎞️"))]
    return lines[-1] if lines else ""


async def test_each_take_goes_to_a_worker_of_its_kind(idle_stage, redis_server, start_worker, pretend):
    bars, pretender = start_worker(redis_server.url), pretend()
    await sees(idle_stage, "bars", KIND)
    for number in range(3):
        await idle_stage.animate(f"mine {number}", engine=KIND)
        await idle_stage.animate(f"his {number}", who=idle_stage.bob)
    for thread in idle_stage.channel.threads:
        await idle_stage.clips(thread, 1)
    asked = Counter(take.take.shot.kind for take in [await record(idle_stage, each) for each in clips(idle_stage)])
    assert asked == {"bars": 3, KIND: 3}
    assert (bars.log.count("bytes in"), pretender.log.count("bytes in")) == (3, 3)


def clips(stage):
    said = [message for thread in stage.channel.threads for message in thread.history()]
    return [message for message in said if any(file.filename.endswith(".mp4") for file in message.attachments)]


async def record(stage, clip):
    return await stage.services.store.get(clip.attachments[0].filename.removeprefix("unstill-").removesuffix(".mp4"))


@pytest.fixture
async def ambitious_stage(redis_server, settings):
    """A stage whose usual engine is that of `KIND`."""
    ours = {"redis_url": SecretStr(redis_server.url), "engine": "diffusion", "model": MODEL}
    async with opened_stage(settings.model_copy(update=ours)) as stage:
        yield stage


async def test_the_only_worker_of_a_kind_dies_and_another_comes(ambitious_stage, redis, pretend, impatient):
    stage, first = ambitious_stage, pretend()
    await sees(stage, KIND)
    first.kill()
    await asyncio.to_thread(lambda: redis.delete(*redis.keys(f"{OFFERS}*")))  # which would expire in some seconds
    await sees(stage)
    await stage.animate()
    assert line_of(stage).startswith(f"⏳ No worker for **{LABEL}** is running just now. This take keeps its place")
    last = pretend(PRETENDER_SECONDS="2")
    await stage.eventually(lambda: "still warming up" in line_of(stage))
    await stage.clips(stage.thread, 1)
    await stage.env.advance_time(5)
    assert len(clips(stage)) == 1
    assert last.log.count("bytes in") == 1


async def test_a_waiting_take_hears_that_its_worker_has_gone(idle_stage, redis, impatient):
    """Also where Discord is busy at that moment."""
    await asyncio.to_thread(redis.set, offer_key("x"), offer().to_json())
    await sees(idle_stage, "bars")
    await idle_stage.animate()
    assert "ready about" in line_of(idle_stage)
    idle_stage.env.inject_error("PATCH", f"/channels/{idle_stage.thread.id}/messages/*", status=503)
    await asyncio.to_thread(redis.delete, offer_key("x"))
    await idle_stage.eventually(lambda: "No worker for **bars**" in line_of(idle_stage))
    answer = await idle_stage.alice.slash(idle_stage.channel, "queue")
    assert "1. in line, when a worker for bars comes" in answer.response.content


async def test_one_kinds_line_holds_up_no_other(idle_stage, redis):
    await asyncio.to_thread(redis.set, offer_key("x"), offer("parallax").to_json())
    await sees(idle_stage, "parallax")
    for number in range(3):
        await idle_stage.animate(f"mine {number}")
    await idle_stage.animate("his", who=idle_stage.bob, engine="parallax")
    answer = await idle_stage.bob.slash(idle_stage.channel, "queue")
    assert "*his*: 1. in line" in answer.response.content
    assert answer.response.content.endswith("4 takes wait in all.")


async def test_members_choose_from_what_lives_and_the_default(idle_stage, redis):
    answer = await idle_stage.alice.autocomplete(idle_stage.channel, "animate", "engine", "")
    assert answer == [{"name": "bars", "value": "bars"}]
    await asyncio.to_thread(redis.set, offer_key("a"), WEAK.to_json())
    await asyncio.to_thread(redis.set, offer_key("b"), offer("diffusion", model="mine:draft", ready=False).to_json())
    for name, raw in {"c": b"{}", "d": b"\xff", "e": Offer(engine="magic", abilities=Abilities()).to_json()}.items():
        await asyncio.to_thread(redis.set, offer_key(name), raw)
    await sees(idle_stage, "diffusion:svd-xt")

    async def suggested(typed):
        choices = await idle_stage.alice.autocomplete(idle_stage.channel, "animate", "engine", typed)
        return {choice["name"]: choice["value"] for choice in choices}

    assert await suggested("") == {"bars": "bars", LABEL: KIND, "diffusion · svd-xt": "diffusion:svd-xt"}
    assert list(await suggested("SVD")) == ["diffusion · svd-xt"]
    assert await suggested("nothing like it") == {}
    about = await idle_stage.alice.slash(idle_stage.channel, "about")
    assert "with the **bars** engine." in about.response.content
    assert "**diffusion · svd-xt**" in about.response.content


async def test_an_engine_that_nobody_offers_is_refused_naming_the_choices(idle_stage):
    answer = await idle_stage.animate(engine="*magic*")
    assert answer.ephemeral
    assert r"No engine here is called \*magic\*. Choose **bars**, or leave it out." in answer.response.content
    assert idle_stage.channel.history() == []


@pytest.mark.parametrize("said", ["diffusion:svd-xt", "Diffusion · SVD-XT"])
async def test_what_the_chosen_model_cannot_do_is_refused_before_the_queue(idle_stage, redis, said):
    await asyncio.to_thread(redis.set, offer_key("a"), WEAK.to_json())
    await sees(idle_stage, WEAK.kind)
    answer = await idle_stage.animate(engine=said, loop=True)
    assert answer.response.content == sentences.problem(ENGLISH, "cannot", {"engine": WEAK.kind, "what": "loop"})
    assert "diffusion · svd-xt" in answer.response.content
    assert idle_stage.channel.history() == []
    assert await idle_stage.services.store.unfinished() == []


async def test_a_child_that_its_workers_cannot_make_is_refused(stage, workshop):
    await stage.animate(loop=True)
    (clip,) = await stage.clips(stage.thread, 1)
    with Redis.from_url(workshop) as redis:
        weak = offer(abilities=Abilities())  # of a worker that came later
        await asyncio.to_thread(redis.set, offer_key("weak"), weak.to_json(), ex=60)
        await stage.eventually(lambda: weak in stage.services.roster.fleet.offers)
        answer = await stage.bob.click(clip, label="Reroll")
        await asyncio.to_thread(redis.delete, offer_key("weak"))
    assert answer.followups[0].content == sentences.problem(ENGLISH, "cannot", {"engine": "bars", "what": "loop"})
    assert await stage.services.store.unfinished() == []


async def test_a_continued_take_travels_with_its_neighbours_clip(idle_stage, pretend):
    pretender = pretend()
    await sees(idle_stage, KIND)
    await idle_stage.animate(engine=KIND)
    (clip,) = await idle_stage.clips(idle_stage.thread, 1)
    parent = await record(idle_stage, clip)
    await go_on(idle_stage, parent, lineage.after)
    await idle_stage.clips(idle_stage.thread, 2)
    assert "was shown 16 frames" in pretender.log

    for kept in (idle_stage.settings.data_dir / "clips").iterdir():
        kept.unlink()
    await go_on(idle_stage, parent, lineage.before)  # its joint is the still
    await idle_stage.clips(idle_stage.thread, 3)
    assert pretender.log.count("was shown 0 frames") == 2
    await go_on(idle_stage, parent, lineage.after, press="again")
    sentence = f"⚠️ {ENGLISH.say('problem-clip-expired')}"
    await idle_stage.eventually(lambda: sentence in [said.content for said in idle_stage.thread.history()])


async def go_on(stage, parent, action, press="press"):
    """Ask for what comes after or before a take, as a press would."""
    own = {name: getattr(parent, name) for name in ("guild_id", "channel_id", "member_id", "byte_limit", "place_id")}
    await stage.services.backlog.add(Record(take=action(parent.take, press), state=State.WAITING, **own))


async def test_a_flood_of_news_reaches_the_bot_as_one_and_help_is_answered(idle_stage, redis, monkeypatch):
    """The loop is held while 20,000 events come: what waits for it is bounded, and so is what it is asked to do."""
    await idle_stage.animate()
    (record,) = await idle_stage.services.store.unfinished()
    heard, asked, loop = [], [], asyncio.get_running_loop()
    read, ask = Event.from_json, loop.call_soon_threadsafe
    monkeypatch.setattr(Event, "from_json", lambda raw: (heard.append(raw), read(raw))[1])
    monkeypatch.setattr(loop, "call_soon_threadsafe", lambda *a, **kw: (asked.append(a), ask(*a, **kw))[1])
    with redis.pipeline(transaction=False) as pipe:
        for number in range(20_000):
            take = record.id if number % 3 else f"{number:020x}"
            pipe.publish(EVENTS, Event(take=take, attempt=1, phase=Phase.FRAMES, done=number, total=20_000).to_json())
        pipe.execute()
    eventually(lambda: len(heard) == 20_000)
    assert len(asked) < 100
    assert len(idle_stage.env.bot._news._waiting) <= MOST
    answer = await idle_stage.alice.slash(idle_stage.channel, "help")
    assert "/animate" in answer.response.content
    await idle_stage.eventually(lambda: not idle_stage.env.bot._news._waiting)
