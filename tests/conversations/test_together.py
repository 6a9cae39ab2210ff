"""Members ask together: ballots on buttons, from any number of hands at once."""

import asyncio

import pytest

from bot.rules.takes import Fate, State
from tests.stage import buttons


@pytest.fixture
async def voting_stage(stage):
    """Three members have to agree."""
    await stage.rule(reroll_votes=3)
    stage.carol = stage.guild.add_member(stage.env.create_user("carol"))
    return stage


async def test_a_ballot_is_counted_on_the_button_and_a_second_press_withdraws_it(voting_stage):
    stage = voting_stage
    clip = await stage.first_clip()
    answer = await stage.alice.click(clip, label="Reroll")
    assert answer.followups[0].content == "Counted: 1 of 3 want a **Reroll**. Press again to withdraw."
    assert "Reroll 1/3" in await stage.labels(clip, "Reroll 1/3")
    await stage.bob.click(clip, label="Reroll 1/3")
    assert "Reroll 2/3" in await stage.labels(clip, "Reroll 2/3")
    answer = await stage.alice.click(clip, label="Reroll 2/3")
    assert answer.followups[0].content == "Withdrawn. 1 of 3 want a **Reroll**."
    assert "Reroll 1/3" in await stage.labels(clip, "Reroll 1/3")
    assert len(await stage.family(clip)) == 1


async def test_the_last_ballot_starts_one_take_and_its_caption_credits_all(voting_stage):
    stage = voting_stage
    clip = await stage.first_clip()
    for member in (stage.alice, stage.bob, stage.carol):
        await member.click(clip, custom_id=stage.custom_id(clip, "reroll"))
    _, child = await stage.clips(stage.thread, 2)
    names = [f"<@{member.id}>" for member in (stage.alice, stage.bob, stage.carol)]
    assert f"rerolled by {names[0]}, {names[1]} and {names[2]}" in child.content
    assert buttons(stage.reread(clip))[0] == "Reroll"  # the next round is empty


async def test_ballots_outlive_a_restart(voting_stage):
    stage = voting_stage
    clip = await stage.first_clip()
    await stage.alice.click(clip, label="Vary subtle")
    await stage.bob.click(clip, custom_id=stage.custom_id(clip, "subtle"))
    await stage.restart()
    await stage.carol.click(clip, custom_id=stage.custom_id(clip, "subtle"))
    _, child = await stage.clips(stage.thread, 2)
    assert "varied a little by" in child.content


async def test_a_hundred_presses_at_once_start_one_take(idle_stage, redis_server, start_worker):
    """Whoever is late is told that it is on its way; it waits for a worker until all have pressed."""
    stage = idle_stage
    await stage.rule(reroll_votes=3)
    clip = await stage.posed_clip()
    (record,) = await stage.family(clip)
    asked = await stage.ask_at_once(record, range(1000, 1100))
    assert len(await stage.family(clip)) == 2
    assert sum(1 for each in asked if getattr(each, "code", "") == "on_its_way") == 97
    start_worker(redis_server.url)
    assert len(await stage.clips(stage.thread, 1)) == 1


async def test_a_hundred_members_ballots_are_counted_exactly(stage):
    await stage.rule(reroll_votes=100)
    clip = await stage.first_clip()
    record = (await stage.family(clip))[0]
    asked = await stage.ask_at_once(record, range(1000, 1099))
    assert sorted(each.have for each in asked) == list(range(1, 100))
    assert len(await stage.family(clip)) == 1
    (last,) = await stage.ask_at_once(record, [1099])
    assert last.complete
    child = (await stage.family(clip))[1]
    assert sorted(child.credits) == list(range(1000, 1100))
    _, shown = await stage.clips(stage.thread, 2)
    assert "and 88 others" in shown.content


async def test_where_one_is_enough_a_second_press_is_told_that_the_first_still_waits(idle_stage):
    stage = idle_stage
    await stage.animate()
    record = (await stage.services.store.unfinished())[0]
    await stage.services.store.move(record, [record.state], state=State.SHOWN)
    first, second = await stage.ask_at_once(record, [5, 5])
    codes = sorted(getattr(each, "code", "begun") for each in (first, second))
    assert codes == ["begun", "still_waits"]
    assert len(await stage.services.store.family(record.take.root)) == 2


async def test_who_may_overrule_starts_it_alone(voting_stage):
    stage = voting_stage
    await stage.rule(overrule="author")
    clip = await stage.first_clip()
    answer = await stage.alice.click(clip, label="Reroll")
    await stage.alice.click(answer.followups[0], label="Start now")
    _, child = await stage.clips(stage.thread, 2)
    assert f"rerolled by <@{stage.alice.id}>" in child.content
    answer = await stage.bob.click(clip, label="Reroll")
    assert answer.followups[0].components == []


async def test_a_clip_that_can_no_longer_be_edited_has_a_tally_of_its_own(voting_stage):
    stage = voting_stage
    clip = await stage.first_clip()
    stage.env.inject_error("PATCH", f"/channels/*/messages/{clip.id}", status=400, code=30046, times=None)
    await stage.alice.click(clip, label="Reroll")
    await stage.bob.click(clip, label="Reroll")
    await stage.eventually(lambda: stage.said(stage.thread, "🔁 **Reroll**: 2 of 3"))
    await stage.carol.click(clip, label="Reroll")
    await stage.clips(stage.thread, 2)
    await stage.eventually(lambda: not stage.said(stage.thread, "🔁 **Reroll**"))


async def test_a_reroll_is_led_by_what_was_kept_and_tossed(stage):
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Reroll")
    _, second = await stage.clips(stage.thread, 2)
    await stage.alice.click(clip, label="Keep")
    await stage.bob.click(second, label="Toss")
    await stage.bob.click(clip, label="Reroll")
    await stage.eventually_family(clip, 3)
    first, tossed, third = await stage.family(clip)
    assert (first.fate, tossed.fate) == (Fate.KEPT, Fate.TOSSED)
    steer = third.take.shot.beat.steer
    assert steer.toward == (first.report.direction,)
    assert steer.away == (tossed.report.direction,)
    await asyncio.sleep(0)
