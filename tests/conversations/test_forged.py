"""What a client of a member's own making may send: any `custom_id` from any message of the bot's that they see."""

import discord
import pytest
from simcord.actors import _dispatch_actor_interaction, _visible_message
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.enums import ComponentType, InteractionType

from bot.language.fluent import language
from bot.rules.takes import Fate
from tests.stage import buttons

ENGLISH = language("en")
NINES = "9" * 19


async def forge(actor, message, custom_id):
    """Send a press of a button that does not stand on the message."""
    stored = _visible_message(actor, message)
    backend = actor._env.backend
    channel = ChannelHandle(actor._env, actor.guild, backend.get_channel(stored.channel_id))
    return await _dispatch_actor_interaction(
        actor,
        InteractionType.MESSAGE_COMPONENT,
        channel,
        {"custom_id": custom_id, "component_type": ComponentType.BUTTON},
        extra={"message": dict(serializers.message_payload(backend, stored))},
        source_message_id=stored.id,
    )


@pytest.mark.parametrize(
    "custom_id", ["unstill:forget:{bob}", "unstill:gallery:older:0:0:{take}", "unstill:keep:{take}"]
)
async def test_a_press_that_does_not_stand_on_its_message_changes_nothing(idle_stage, custom_id):
    """Else it would write over whatever message it is said to come from."""
    clip = await idle_stage.posed_clip()
    (record,) = await idle_stage.family(clip)
    before = len(idle_stage.env.http_requests)
    await forge(idle_stage.bob, clip, custom_id.format(bob=idle_stage.bob.id, take=record.id))
    assert len(idle_stage.env.http_requests) == before
    assert idle_stage.reread(clip).content == clip.content
    assert [each.fate for each in await idle_stage.family(clip)] == [Fate.UNDECIDED]


async def test_a_toss_is_not_undone_by_who_may_only_keep(stage):
    """The private controls of `/take` outlive a moderator's toss."""
    clip = await stage.first_clip()
    mods = stage.guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
    mod = stage.guild.add_member(stage.env.create_user("mod"), roles=[mods])
    await stage.bob.click(clip, label="Keep")
    (record,) = await stage.family(clip)
    controls = await stage.bob.slash(stage.channel, "take", link=record.id)
    await mod.click(clip, label="Toss")
    answer = await stage.bob.click(controls.response, label="Let go")
    assert answer.followups[0].content == ENGLISH.say("problem-is-tossed")
    assert [each.fate for each in await stage.family(clip)] == [Fate.TOSSED]


async def test_a_moderator_of_one_channel_has_no_say_in_another(stage):
    clip = await stage.first_clip()
    (record,) = await stage.family(clip)
    rights = {stage.bob: discord.PermissionOverwrite(manage_messages=True)}
    own = stage.guild.create_text_channel("bobs-own", overwrites=rights)
    controls = await stage.bob.slash(own, "take", link=record.id)
    answer = await stage.bob.click(controls.response, label="Toss")
    assert answer.followups[0].content == ENGLISH.say("problem-may-not-toss")
    assert "Toss" in buttons(stage.reread(clip))


async def test_numbers_beyond_discords_find_nothing(stage):
    link = f"https://discord.com/channels/1/1/{NINES}"
    for command, option in (("take", "link"), ("story", "take")):
        answer = await stage.bob.slash(stage.channel, command, **{option: link})
        assert ENGLISH.say("problem-no-such-take") in answer.response.content
