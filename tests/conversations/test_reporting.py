"""Members report, moderators settle."""

import discord
import pytest

from bot.rules.blocks import Kind
from bot.rules.takes import Fate
from tests.stage import buttons


@pytest.fixture
async def reported(stage):
    """A clip on a server with a moderators' channel, reported by bob."""
    stage.office = stage.guild.create_text_channel("office")
    role = stage.guild.create_role("Mod", permissions=discord.Permissions(manage_messages=True))
    stage.mod = stage.guild.add_member(stage.env.create_user("mod"), roles=[role])
    await stage.rule(reports=stage.office.id)
    clip = await stage.first_clip("a *nasty* @everyone mood")
    assert "Report" in buttons(clip)
    answer = await stage.bob.click(clip, label="Report")
    assert answer.followups[0].content.startswith("Thank you.")
    (report,) = stage.office.history()
    return stage, clip, report


async def test_a_report_reaches_the_moderators_once(reported):
    stage, clip, report = reported
    assert clip.jump_url in report.content
    assert f"<@{stage.bob.id}>" in report.content
    assert "@\u200beveryone" in report.content
    again = await stage.bob.click(clip, label="Report")
    assert "already" in again.followups[0].content
    await stage.restart()
    await stage.alice.click(clip, label="Report")
    (report,) = stage.office.history()
    assert f"<@{stage.bob.id}> and <@{stage.alice.id}>" in report.content


async def test_only_moderators_settle(reported):
    stage, _, report = reported
    answer = await stage.bob.click(report, label="Shut the member out")
    assert "Only who may manage messages" in answer.followups[0].content
    await stage.mod.click(report, label="Nothing wrong")
    (report,) = stage.office.history()
    assert "found nothing wrong" in report.content
    assert not buttons(report)


async def test_a_picture_is_shut_out_with_all_that_was_made_of_it(reported):
    stage, clip, report = reported
    await stage.bob.click(clip, label="Reroll")
    await stage.clips(stage.thread, 2)
    await stage.mod.click(report, label="Shut the picture out")
    assert not stage._clips(stage.thread, 2)
    assert [each.fate for each in await stage.family(clip)] == [Fate.TOSSED] * 2
    (opener,) = [said for said in stage.channel.history() if said.id == stage.thread.id]
    assert not opener.attachments
    answer = await stage.alice.click(stage.reread(clip), label="Bring back")
    assert "shut out here" in answer.followups[0].content
    assert not stage.reread(clip).attachments
    assert "shut out here" in (await stage.animate()).response.content


async def test_a_member_is_shut_out(reported):
    stage, _, report = reported
    await stage.mod.click(report, label="Shut the member out")
    (block,) = await stage.services.blocks.of(stage.guild.id)
    assert (block.kind, block.subject) == (Kind.MEMBER, str(stage.alice.id))


async def test_where_the_channel_is_gone_the_report_may_be_made_later(stage):
    await stage.rule(reports=1)
    clip = await stage.first_clip()
    for _ in range(2):
        answer = await stage.alice.click(clip, label="Report")
        assert "cannot write where reports are read" in answer.followups[0].content


async def test_without_a_channel_there_is_no_button(stage):
    clip = await stage.first_clip()
    assert "Report" not in buttons(clip)
