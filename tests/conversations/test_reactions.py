"""An emoji on a clip asks for a take in that mood."""

import pytest

from bot.commands.reactions import MOST
from bot.rules.takes import Fate, State
from renderer.contract.shot import Action
from tests.statements import on, statements_to


async def test_a_reaction_asks_for_a_take_in_its_mood(stage):
    clip = await stage.first_clip()
    await stage.bob.react(clip, "🐢")
    _, child = await stage.clips(stage.thread, 2)
    assert f"nudged by <@{stage.bob.id}>: *slower*" in child.content


@pytest.mark.parametrize(
    ("emoji", "action"), [("🔁", Action.REROLL), ("⏩", Action.AFTER), ("⏪", Action.BEFORE), ("🥀", Action.NUDGE)]
)
async def test_emoji_stand_for_actions(stage, emoji, action):
    clip = await stage.first_clip()
    await stage.bob.react(clip, emoji)
    await stage.clips(stage.thread, 2)
    assert (await stage.family(clip))[1].take.action is action


async def test_any_other_emoji_goes_by_its_name(stage):
    clip = await stage.first_clip()
    await stage.bob.react(clip, "🥀")
    await stage.clips(stage.thread, 2)
    assert (await stage.family(clip))[1].take.shot.beat.words == ("wilted flower",)


async def test_a_servers_own_emoji_goes_by_theirs(stage):
    clip = await stage.first_clip()
    own = stage.guild.create_emoji("slow_morning")
    await stage.bob.react(clip, f"slow_morning:{own.id}")
    await stage.clips(stage.thread, 2)
    assert (await stage.family(clip))[1].take.shot.beat.words == ("slow morning",)


async def test_old_clips_hear_reactions_after_a_restart_and_none_counts_twice(stage):
    clip = await stage.first_clip()
    await stage.bob.react(clip, "🐢")
    await stage.clips(stage.thread, 2)
    await stage.restart()
    await stage.repeat_reaction(clip, "🐢", stage.bob)
    await stage.alice.react(clip, "🐇")
    await stage.clips(stage.thread, 3)
    assert [each.wish for each in await stage.family(clip)] == ["", "nudge:slower", "nudge:faster"]


async def test_a_reaction_taken_back_before_its_take_begins_withdraws_it_and_made_again_it_does_not_count_anew(
    idle_stage,
):
    stage = idle_stage
    clip = await stage.posed_clip()
    await stage.bob.react(clip, "🐢")
    await stage.eventually_family(clip, 2)
    await stage.bob.unreact(clip, "🐢")
    child = (await stage.family(clip))[1]
    assert child.state in {State.FAILING, State.EXPLAINED}
    await stage.eventually(lambda: stage.said(stage.thread, f"✖️ Withdrawn by <@{stage.bob.id}>."))
    for _ in range(3):
        await stage.bob.react(clip, "🐢")
        await stage.bob.unreact(clip, "🐢")
    assert len(await stage.family(clip)) == 2
    assert len(stage.said(stage.thread, "has counted already")) == 1


async def test_a_ballot_by_emoji_may_be_taken_back_and_cast_again_while_its_round_is_open(idle_stage):
    stage = idle_stage
    await stage.rule(reroll_votes=2)
    clip = await stage.posed_clip()
    (record,) = await stage.family(clip)
    await stage.bob.react(clip, "🔁")
    await stage.bob.unreact(clip, "🔁")
    assert await stage.services.presses._ballots.open_counts(record.id) == {}
    await stage.bob.react(clip, "🔁")
    await stage.alice.react(clip, "🔁")
    assert [each.wish for each in await stage.family(clip)] == ["", "reroll"]


async def test_many_refused_reactions_of_one_member_are_answered_once_and_cost_little(idle_stage):
    stage = idle_stage
    clip = await stage.posed_clip()
    await stage.rule(member_at_once=1)
    names = [chr(0x1F400 + number) for number in range(200)]  # animals and more, each a nudge of its own
    posts = len(stage.requests("POST", "/messages"))
    with statements_to(stage.services.database) as said:
        for name in names:
            await stage.repeat_reaction(clip, name, stage.bob)
    assert len(on(said, "reactions")) < 3 * MOST  # the rest were not even written down
    assert len(stage.said(stage.thread, f"<@{stage.bob.id}> ")) == 1
    assert len(stage.requests("POST", "/messages")) - posts <= 3  # a take's status line, the answer
    await stage.repeat_reaction(clip, "🐢", stage.alice)
    assert len(await stage.family(clip)) == 3  # others are heard meanwhile


async def test_the_quorum_counts_distinct_members_and_no_bots(stage):
    await stage.rule(reroll_votes=3)
    clip = await stage.first_clip()
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    carol = stage.guild.add_member(stage.env.create_user("carol"))
    await stage.bob.react(clip, "🌧️")
    await robot.react(clip, "🌧️")
    await stage.alice.react(clip, "🌧️")
    await stage.eventually(lambda: stage.said(stage.thread, ": 2 of 3"))
    assert len(await stage.family(clip)) == 1
    await carol.react(clip, "🌧️")
    _, child = await stage.clips(stage.thread, 2)
    assert all(f"<@{member.id}>" in child.content for member in (stage.alice, stage.bob, carol))


async def test_a_button_and_an_emoji_count_together(stage):
    await stage.rule(reroll_votes=2)
    clip = await stage.first_clip()
    await stage.bob.react(clip, "🔁")
    await stage.labels(clip, "Reroll 1/2")
    await stage.alice.click(clip, custom_id=stage.custom_id(clip, "reroll"))
    assert len(await stage.clips(stage.thread, 2)) == 2


async def test_stars_keep_and_bins_toss(stage):
    clip = await stage.first_clip()
    await stage.bob.react(clip, "⭐")
    assert (await stage.family(clip))[0].fate is Fate.KEPT
    await stage.bob.unreact(clip, "⭐")
    assert (await stage.family(clip))[0].fate is Fate.UNDECIDED
    await stage.alice.react(clip, "🗑️")
    assert (await stage.family(clip))[0].fate is Fate.TOSSED


async def test_a_reaction_that_cannot_be_granted_is_answered_in_the_thread(stage):
    clip = await stage.first_clip()
    await stage.bob.react(clip, "🗑️")
    said = await stage.eventually(lambda: stage.said(stage.thread, f"<@{stage.bob.id}>"))
    assert said[0].content.endswith("Only the one who asked for this take, or a moderator, can toss it.")


async def test_a_server_can_switch_reactions_off_and_map_its_own(stage):
    clip = await stage.first_clip()
    await stage.rule(emoji={"🎈": "lighter, floating up", "🐢": ""})
    await stage.bob.react(clip, "🐢")
    await stage.bob.react(clip, "🎈")
    await stage.clips(stage.thread, 2)
    assert (await stage.family(clip))[1].take.shot.beat.words == ("lighter, floating up",)
    await stage.rule(reactions=False)
    await stage.bob.react(clip, "🐇")
    assert len(await stage.family(clip)) == 2


async def test_reactions_work_in_private_messages(stage):
    carol = stage.env.create_user("carol")
    await carol.slash("animate", image=stage.photo, mood="calm", seconds=2.0, size=480)
    (clip,) = await stage.clips(carol.dm_channel, 1)
    await carol.set_reaction(clip, "🐢", reacted=True)
    assert len(await stage.clips(carol.dm_channel, 2)) == 2


async def test_in_quiet_hours_reactions_are_not_heard_and_it_says_until_when(stage):
    clip = await stage.first_clip()
    hour = stage.env.now().hour
    await stage.rule(quiet_from=hour, quiet_to=(hour + 2) % 24)
    await stage.bob.react(clip, "🐢")
    await stage.eventually(lambda: stage.said(stage.thread, "quiet hours"))
    assert len(await stage.family(clip)) == 1


async def test_what_was_not_heard_takes_nothing_back(stage):
    """A ballot that was cast by button stays where an emoji came and went in quiet hours."""
    await stage.rule(reroll_votes=2)
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Reroll")
    await stage.labels(clip, "Reroll 1/2")
    hour = stage.env.now().hour
    await stage.rule(quiet_from=hour, quiet_to=(hour + 2) % 24)
    await stage.bob.react(clip, "🔁")
    await stage.bob.unreact(clip, "🔁")
    record = (await stage.family(clip))[0]
    assert await stage.services.presses._ballots.open_counts(record.id) == {"reroll": 1}
