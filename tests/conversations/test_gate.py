"""Who and what comes in."""

import discord
import pytest

from bot.commands.privacy import SURE
from bot.errors import RefusedError
from bot.rules.blocks import Block, Kind
from bot.takes.asker import Asker
from bot.takes.beginning import Brief
from bot.wiring import Parts, routes
from tests.pictures import encoded, hills
from tests.stage import SHORT, opened_stage


async def shut_out(stage, kind, subject, likeness=""):
    await stage.services.blocks.add(stage.guild.id, Block(kind=kind, subject=str(subject), likeness=likeness), 1)


async def test_a_member_who_is_shut_out_is_told_so_in_private_and_met_with_silence_elsewhere(stage):
    """Command, button and form have private answers; a reaction and a reply have none."""
    clip = await stage.first_clip()
    form = await stage.bob.click(clip, label="Nudge…")
    await shut_out(stage, Kind.MEMBER, stage.bob.id)
    refused = "asked not to take requests from you"
    assert refused in (await stage.animate(who=stage.bob)).response.content
    assert refused in (await stage.bob.slash(stage.thread, "story")).response.content
    assert refused in (await stage.bob.click(clip, label="Reroll")).response.content
    assert refused in (await stage.bob.click(clip, label="Keep")).response.content
    assert refused in (await stage.bob.submit_modal(form, {"words": "slower"})).response.content
    await stage.bob.react(clip, "🔁")
    await stage.bob.send(stage.thread, f"<@{stage.env.bot.user.id}> warmer", reply_to=clip)
    await stage.env.advance_time(2)
    assert not stage.said(stage.thread, f"<@{stage.bob.id}>")
    assert len(await stage.family(clip)) == 1
    await stage.alice.click(clip, label="Reroll")
    assert len(await stage.clips(stage.thread, 2)) == 2


async def test_every_press_but_the_yes_to_be_forgotten_asks_the_gate(idle_stage):
    unguarded = [route.pattern for route in routes(Parts(idle_stage.services)) if route.unguarded]
    assert unguarded == [SURE]


async def test_a_word_that_is_shut_out_begins_no_take_wherever_it_is_said(stage):
    clip = await stage.first_clip()
    await shut_out(stage, Kind.WORD, "heck*")
    refused = "not to be said to me"
    assert refused in (await stage.animate("what the H.e.c.k")).response.content
    form = await stage.bob.click(clip, label="Nudge…")
    answer = await stage.bob.submit_modal(form, {"words": "heckish"})
    assert refused in answer.followups[0].content
    assert len(await stage.family(clip)) == 1
    assert len(stage.channel.threads) == 1  # nothing was shown of it


async def test_the_operators_lists_hold_everywhere(settings):
    lists = {"blocked_words": ("heck",), "blocked_members": frozenset({10}), "blocked_servers": frozenset({20})}
    async with opened_stage(settings.model_copy(update=lists)) as stage:
        gate = stage.services.gate
        for asked, code in (
            (gate.let_in(10, None), "blocked_member"),
            (gate.let_in(1, 20), "blocked_server"),
            (gate.let_words(["oh heck"], None), "blocked_words"),
        ):
            with pytest.raises(RefusedError) as refused:
                await asked
            assert refused.value.code == code
        await gate.let_in(1, None)


async def test_a_picture_that_is_shut_out_comes_back_in_no_other_file(stage):
    picture = hills()
    await stage.animate(image=("hills.png", encoded(picture)), **SHORT)
    (record,) = await stage.services.store.unfinished() or [None]
    sha256 = record.take.shot.still
    await shut_out(stage, Kind.STILL, sha256, await stage.services.gate.likeness(sha256))
    smaller = encoded(picture.resize((400, 267)), "JPEG", quality=60)
    for name, data in (("hills.png", encoded(picture)), ("hills.jpg", smaller)):
        answer = await stage.animate(image=(name, data))
        assert "shut out here" in answer.response.content
    other = await stage.animate(image=("other.png", encoded(hills(seed=3))))
    assert "on its way" in other.response.content


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/attachments/1/2/a.png",
        "https://169.254.169.254/latest/meta-data",
        "https://cdn.discordapp.com.evil.example/a.png",
        "https://cdn.discordapp.com@evil.example/a.png",
        "file:///etc/passwd",
    ],
)
async def test_no_other_address_is_ever_read(idle_stage, url):
    """Only what Discord keeps of what members attached."""
    asker = Asker(member_id=idle_stage.alice.id, guild=None, channel_id=1, press="1", locale="en-US")
    with pytest.raises(RefusedError, match="cannot_fetch"):
        await idle_stage.services.animations.begin(asker, url, Brief(mood="calm"))
    assert not [call for call in idle_stage.env.http_requests if "evil" in call.path]


async def test_settings_block_turns_members_and_words_on_and_off(stage):
    role = stage.guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    boss = stage.guild.add_member(stage.env.create_user("boss"), roles=[role])
    answer = await boss.slash(stage.channel, "settings block", member=stage.bob, word="Heck*")
    assert f"Members: <@{stage.bob.id}>" in answer.response.content
    assert "heck" in answer.response.content
    answer = await boss.slash(stage.channel, "settings block", member=stage.bob)
    assert "Members: none" in answer.response.content


async def test_a_take_of_a_still_that_was_shut_out_meanwhile_is_not_begun(stage):
    clip = await stage.first_clip()
    (record,) = await stage.family(clip)
    await shut_out(stage, Kind.STILL, record.take.shot.still)
    answer = await stage.bob.click(clip, label="Reroll")
    assert "shut out here" in answer.followups[0].content
