"""The same press twice, or by several at once: it makes one thing, and who pressed is told where that is."""

import asyncio

from bot.rules.takes import Fate
from bot.takes.asker import Asker


def asker(stage, member, **changes):
    guild = stage.env.bot.get_guild(stage.guild.id)
    return Asker(**{"member_id": member.id, "guild": guild, "press": "1", "locale": "en-US"} | changes)


async def test_a_form_that_is_sent_several_times_begins_one_take_and_says_where_it_is(idle_stage):
    stage = idle_stage
    message = await stage.bob.send(stage.channel, "look", attachments=[stage.photo])
    form = await stage.alice.context_menu(stage.channel, "Animate this", message)
    alice = asker(stage, stage.alice, channel_id=stage.channel.id)
    offer = form.modal["custom_id"].rpartition(":")[2]
    take_up = stage.services.animations.take_up
    places = await asyncio.gather(*(take_up(alice, offer, "gentle") for _ in range(3)))  # none is written down yet
    later = await stage.alice.submit_modal(form, {"words": "gentle"})
    assert places == [stage.thread.id] * 3
    assert later.response.content == f"Your moment is on its way: <#{stage.thread.id}>"
    assert len(await stage.services.store.unfinished()) == 1
    assert len(stage.said(stage.channel, "asks for *gentle*")) == 1


async def test_a_clip_that_several_share_and_toss_at_once_is_shared_and_tossed_once(idle_stage):
    stage, clip = idle_stage, await idle_stage.posed_clip()
    services, (record,) = stage.services, await stage.family(clip)
    wall = stage.guild.create_text_channel("wall")
    await stage.rule(gallery=wall.id)
    await services.store.decide(record.id, Fate.KEPT, stage.alice.id)
    await services.share._clips.keep(record.id, b"a clip")
    (record,) = await stage.family(clip)
    both = [asker(stage, member) for member in (stage.alice, stage.bob)]
    links = await asyncio.gather(*(services.share.share(each, record) for each in (*both, *both)))
    assert len(wall.history()) == len(set(links)) == 1

    stage.env.inject_error("PATCH", f"/channels/*/messages/{clip.id}", status=400, code=30046, times=None)
    await asyncio.gather(*(services.fates.take_down(each, record) for each in both))
    assert len(stage.said(stage.thread, "Tossed by")) == 1


async def test_two_moderators_settle_a_report_by_one_deed(idle_stage):
    stage, clip = idle_stage, await idle_stage.posed_clip()
    services, (record,) = stage.services, await stage.family(clip)
    office = stage.guild.create_text_channel("office")
    await stage.rule(reports=office.id)
    reporters = (stage.alice, stage.bob)
    await asyncio.gather(*(services.reports.report(asker(stage, member), record) for member in reporters))
    (report,) = office.history()
    assert all(f"<@{member.id}>" in report.content for member in reporters)

    moderator = asker(stage, stage.bob, moderator=True)
    deeds = (services.reports.settle(moderator, record, deed) for deed in ("toss", "member"))
    said = await asyncio.gather(*deeds, return_exceptions=True)
    assert sorted(getattr(each, "code", "done") for each in said) == ["done", "report_settled"]
    (record,) = await stage.family(clip)
    tossed, shut_out = record.fate is Fate.TOSSED, bool(await services.blocks.of(stage.guild.id))
    assert tossed != shut_out
