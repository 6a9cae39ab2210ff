"""`/settings`."""

import discord
import pytest

from bot.rules.house import House, Who


@pytest.fixture
def boss(idle_stage):
    role = idle_stage.guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    return idle_stage.guild.add_member(idle_stage.env.create_user("boss"), roles=[role])


async def rules(stage):
    return await stage.services.houses.of(stage.guild.id)


@pytest.mark.parametrize(
    ("command", "options", "changed", "said"),
    [
        ("settings reroll", {"votes": 3}, {"reroll_votes": 3}, "**Rerolls and variations**: 3 members must agree."),
        ("settings who", {"deed": "toss", "who": "anyone"}, {"toss": Who.ANYONE}, "toss a clip: anyone"),
        ("settings reactions", {"on": False}, {"reactions": False}, "**Reactions**: I do not hear them."),
        (
            "settings reactions",
            {"on": True, "quiet_from": 22, "quiet_to": 7, "zone": "Europe/Berlin"},
            {"quiet_from": 22, "quiet_to": 7, "zone": "Europe/Berlin"},
            "not from 22:00 to 07:00 (Europe/Berlin)",
        ),
        ("settings emoji", {"emoji": "🎈", "wish": "lighter"}, {"emoji": {"🎈": "lighter"}}, "🎈 lighter"),
        ("settings emoji", {"emoji": "☀️"}, {"emoji": {"☀": ""}}, "☀ off"),
        (
            "settings emoji",
            {"emoji": "<:slow:123456789012345678>", "wish": "slow"},
            {"emoji": {"slow": "slow"}},
            "slow",
        ),
        (
            "settings allowances",
            {"member_at_once": 9, "cooldown": 20},
            {"member_at_once": 9, "cooldown": 20},
            "9 takes",
        ),
        ("settings language", {"language": "de"}, {"language": "de"}, "**In public I speak**: de."),
    ],
)
async def test_a_rule_is_changed_and_said(idle_stage, boss, command, options, changed, said):
    answer = await boss.slash(idle_stage.channel, command, **options)
    assert answer.ephemeral
    assert said in answer.response.content
    assert await rules(idle_stage) == House(**changed)


async def test_roles_are_lifted_and_bound_again(idle_stage, boss):
    role = idle_stage.guild.create_role("Patrons")
    answer = await boss.slash(idle_stage.channel, "settings lift", role=role)
    assert f"No member's allowance binds <@&{role.id}>." in answer.response.content
    await boss.slash(idle_stage.channel, "settings lift", role=role)
    assert (await rules(idle_stage)).lifted == frozenset()


async def test_a_channel_for_shared_clips_is_chosen_and_dropped(idle_stage, boss):
    answer = await boss.slash(idle_stage.channel, "settings gallery", channel=idle_stage.channel)
    assert f"<#{idle_stage.channel.id}>" in answer.response.content
    await boss.slash(idle_stage.channel, "settings gallery")
    assert (await rules(idle_stage)).gallery is None


async def test_an_emoji_gets_its_usual_meaning_again(idle_stage, boss):
    await boss.slash(idle_stage.channel, "settings emoji", emoji="🐢")
    await boss.slash(idle_stage.channel, "settings emoji", emoji="🐢", wish="-")
    assert (await rules(idle_stage)).emoji == {}


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("settings emoji", {"emoji": "abc"}, "That is no emoji."),
        ("settings reactions", {"on": True, "zone": "Middle/Earth"}, "I know no such time zone."),
    ],
)
async def test_what_makes_no_sense_is_refused(idle_stage, boss, command, options, said):
    answer = await boss.slash(idle_stage.channel, command, **options)
    assert answer.response.content.startswith(said)
    assert await rules(idle_stage) == House()


async def test_all_rules_are_shown(idle_stage, boss):
    answer = await boss.slash(idle_stage.channel, "settings show")
    assert answer.response.content.startswith("**The rules of this house**")


async def test_only_who_manages_the_server_sees_the_command(idle_stage, boss):
    assert "settings show" in boss.available_commands(idle_stage.channel)
    assert "settings show" not in idle_stage.alice.available_commands(idle_stage.channel)
