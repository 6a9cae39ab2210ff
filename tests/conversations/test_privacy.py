"""`/forget me`, `/export`."""

import asyncio
import io
import json
import math
import time
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.client import Duty
from bot.posts.discord_calls import AgainLaterError
from bot.privacy.exporting import OVERHEAD, shared_out
from bot.record.belongings import descended
from bot.record.promise_store import PromiseStore
from bot.record.reaction_log import ClipMessage
from bot.rules.promises import Request
from renderer.contract.shot import Action
from tests.bot.record.rows import counts
from tests.bot.record.test_promise_store import PROMISE
from tests.stage import buttons


async def played(stage):
    """Alice's clip, and bob's reroll of it; another picture of bob's, voted for by alice."""
    clip = await stage.first_clip("alice's secret")
    await stage.bob.click(clip, label="Reroll")
    await stage.clips(stage.thread, 2)
    await stage.animate("bob's own", who=stage.bob)
    other = next(thread for thread in stage.channel.threads if thread.name == "bob's own")
    (own,) = await stage.clips(other, 1)
    await stage.rule(reroll_votes=3)
    await stage.alice.click(own, label="Reroll")
    return clip, own


async def count(stage, table):
    (number,) = await counts(stage.services.database, table)
    return number


async def test_a_member_is_forgotten_everywhere(stage):
    clip, own = await played(stage)
    asked = await stage.alice.slash(stage.channel, "forget me")
    assert asked.ephemeral
    assert "2 takes of yours with 1 pictures" in asked.response.content
    assert "1 of these were made by others" in asked.response.content
    assert "1 votes" in asked.response.content
    await stage.restart()
    done = await stage.alice.click(asked.response, label="Forget all of it")
    assert "I removed 1 pictures, 2 clips" in done.response.content
    thread = next(thread for thread in stage.channel.threads if thread.name != "bob's own")
    assert thread.name == "Forgotten"
    assert not thread.history()
    said = [each for place in (stage.channel, *stage.channel.threads) for each in place.history()]
    assert not [each.content for each in said if not each.is_system() and "secret" in each.content]
    assert await count(stage, "takes") == 1
    for table in ("ballots", "reactions", "farewells", "reports"):
        assert await count(stage, table) == 0, table
    assert len(list((stage.settings.data_dir / "clips").glob("*.mp4"))) == 1
    assert stage.reread(own).attachments
    assert stage.reread(clip) is None


async def test_what_a_fault_interrupts_goes_on_by_itself(stage, monkeypatch):
    await stage.first_clip()
    asked = await stage.alice.slash(stage.channel, "forget me")
    forgetting = stage.services.forgetting

    async def away(_record):
        raise AgainLaterError("away")

    monkeypatch.setattr(forgetting, "_drop_messages", away)
    answer = await stage.alice.click(asked.response, label="Forget all of it")
    assert "It is written down" in answer.response.content
    await stage.restart()
    await stage.env.advance_time(3)
    assert await count(stage, "takes") == 0


async def test_a_take_under_way_is_forgotten_too(idle_stage):
    await idle_stage.animate("alice's secret")
    asked = await idle_stage.alice.slash(idle_stage.channel, "forget me")
    await idle_stage.alice.click(asked.response, label="Forget all of it")
    assert await count(idle_stage, "takes") == 0
    await idle_stage.env.advance_time(3)
    assert not idle_stage.thread.history()


class Hold:
    """An answer of Discord's that is on its way: whether it was asked for, and when it comes."""

    def __init__(self, answer):
        self.asked, self.comes, self._answer = asyncio.Event(), asyncio.Event(), answer

    async def __call__(self, *arguments):
        self.asked.set()
        await self.comes.wait()
        return await self._answer(*arguments)


async def acknowledged(_promise):
    return True


async def promised(stage, clip, monkeypatch):
    """A bot that is gone has promised bob a reroll; where Discord is asked whether he was told to wait."""
    hold = Hold(acknowledged)
    monkeypatch.setattr(stage.services.promises._words, "was_acknowledged", hold)
    (parent,) = await stage.family(clip)
    asked = {"request": Request(take=parent.id, action=Action.REROLL), "member_id": stage.bob.id, "at": time.time()}
    where = {"guild_id": stage.guild.id, "channel_id": stage.thread.id}
    await PromiseStore(stage.services.database).add(replace(PROMISE, **asked, **where))
    stage.services.promises._next = 0.0
    return hold


async def missed(stage, clip, monkeypatch):
    """Bob reacted while no bot was there; where the clip is looked at."""
    missed = stage.services.missed_reactions
    hold = Hold(missed._houses.of)
    with monkeypatch.context() as away:
        away.setattr(stage.services.reactions, "added", acknowledged)
        await stage.bob.react(clip, "🐢")
    monkeypatch.setattr(missed, "_houses", SimpleNamespace(of=hold))
    missed._left.append(ClipMessage(clip.id, stage.thread.id, stage.guild.id))
    return hold


@pytest.mark.parametrize(("duty", "left"), [(Duty.PROMISES, promised), (Duty.REACTIONS, missed)])
async def test_what_was_left_behind_and_is_taken_up_brings_nobody_back(idle_stage, monkeypatch, duty, left):
    """It was read before its member asked to be forgotten: forgetting waits for it."""
    stage = idle_stage
    clip = await stage.posed_clip()
    await stage.env.advance_time(1)
    stage.env.bot._tick.cancel()  # the duty is done when the test says so, by its clock
    stage.services.backlog._lease_until = math.inf
    hold = await left(stage, clip, monkeypatch)
    under_way = asyncio.create_task(stage.env.bot._see_to(duty))
    await asyncio.wait_for(hold.asked.wait(), 10)
    forgetting = asyncio.create_task(stage.services.forgetting.grant(stage.bob.id))
    await asyncio.wait({forgetting}, timeout=0.3)
    hold.comes.set()
    await asyncio.gather(under_way, forgetting)
    assert [each.member_id for each in await stage.family(clip)] == [stage.alice.id]
    assert await count(stage, "reactions") == await count(stage, "promises") == 0


async def test_an_export_has_pictures_clips_words_and_votes(stage):
    await played(stage)
    answer = await stage.alice.slash(stage.channel, "export")
    assert answer.ephemeral
    assert "part 1 of 1" in answer.response.content
    archive = zipfile.ZipFile(io.BytesIO(await answer.response.attachments[0].read()))
    data = json.loads(archive.read("data.json"))
    assert [take["mood"] for take in data["takes"]] == ["alice's secret"]
    assert data["made_after_yours_by_others"] == 1
    assert [ballot["wish"] for ballot in data["votes"]["ballots"]] == ["reroll"]
    names = archive.namelist()
    assert sum(name.startswith("stills/") for name in names) == 1
    assert f"clips/unstill-{data['takes'][0]['id']}.mp4" in names
    assert "bob's own" not in archive.read("data.json").decode()


async def test_about_says_what_becomes_of_pictures(idle_stage):
    answer = await idle_stage.alice.slash(idle_stage.channel, "about")
    for said in ("nothing is used for training", "/forget me", "/export"):
        assert said in answer.response.content


@pytest.mark.parametrize(
    ("sizes", "expected"), [([10], [1]), ([50, 50], [1, 1]), ([10, 10, 10], [3]), ([500, 10], [1])]
)
def test_an_export_is_shared_out_in_parts_that_fit(tmp_path, sizes, expected):
    def made():
        for number, size in enumerate(sizes):
            path = tmp_path / f"{number}.mp4"
            path.write_bytes(b"x" * size)
            yield f"{number}.mp4", path

    parts = shared_out(made(), 3 * OVERHEAD + 40 if len(sizes) == 3 else OVERHEAD + 60)
    assert [len(part) for part in parts if part] == expected


async def test_words_go_on_to_what_is_made_after_them(stage):
    """Bob's nudge of alice's clip is hers by the picture; what follows it would have bob's words."""
    clip = await stage.first_clip()
    form = await stage.bob.click(clip, label="Nudge…")
    await stage.bob.submit_modal(form, {"words": "slower"})
    nudged = (await stage.clips(stage.thread, 2))[-1]
    await stage.alice.click(nudged, label="Reroll")
    await stage.clips(stage.thread, 3)
    family = await stage.family(clip)
    assert [each.id for each in descended(family, stage.bob.id)] == [each.id for each in family[1:]]
    assert len(descended(family, stage.alice.id)) == 3
    assert "Reroll" in buttons(nudged)
