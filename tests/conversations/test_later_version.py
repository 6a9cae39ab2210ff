"""A rollback: takes that a later version wrote down are set aside, and all others go on."""

import json
import logging
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.community.gallery import Filter
from bot.record.tables import jams, takes
from bot.rules.jam import Phase
from bot.rules.takes import State
from bot.takes import backlog
from bot.takes.asker import Asker
from renderer.contract import lineage
from tests.stage import SHORT, buttons


async def write_as_later_version(stage, take_id):
    """Have a take's shot say something that this version has never heard of."""
    async with stage.services.database.writing() as connection:
        text = await connection.scalar(sa.select(takes.c.take).where(takes.c.id == take_id))
        take = json.loads(text)
        take["shot"]["gravity"] = 0.5
        await connection.execute(takes.update().where(takes.c.id == take_id).values(take=json.dumps(take)))


async def state_of(stage, take_id):
    async with stage.services.database.reading() as connection:
        return await connection.scalar(sa.select(takes.c.state).where(takes.c.id == take_id))


@pytest.fixture
def impatient(monkeypatch):
    """No bot of a later version is waited for."""
    monkeypatch.setattr(backlog, "UNREAD_SECONDS", 0.0)


@pytest.mark.usefixtures("impatient")
async def test_a_take_that_cannot_be_read_is_set_aside_and_the_others_go_on(
    idle_stage, redis_server, start_worker, caplog
):
    """One sentence to its member, one line in the log; its neighbour in the line is shown."""
    stage = idle_stage
    await stage.animate("of a later version")
    await stage.animate("of this one", who=stage.bob)
    old, new = await stage.services.store.unfinished()
    first, second = stage.channel.threads
    await stage.eventually(lambda: stage.said(first, "⏳") and stage.said(second, "⏳"))
    with caplog.at_level(logging.WARNING, "bot.record.store"):
        await write_as_later_version(stage, old.id)
        await stage.eventually(lambda: stage.said(first, "A newer version of me"))
        start_worker(redis_server.url)
        await stage.clips(second, 1)
    told = [each for each in caplog.records if "cannot be read" in each.message]
    assert [old.id in each.message for each in told] == [True]
    (said,) = stage.said(first, "⚠️")
    assert buttons(said) == []
    assert not stage.said(first, "⏳")
    assert await state_of(stage, old.id) == State.EXPLAINED
    assert await state_of(stage, new.id) == State.SHOWN


async def test_a_take_is_left_to_a_bot_of_a_later_version_that_is_about_to_lead(idle_stage, monkeypatch):
    """As in a rolling restart: this bot leads to its end, and the other takes up what only it can read."""
    monkeypatch.setattr(backlog, "UNREAD_SECONDS", 30.0)
    await idle_stage.animate()
    (record,) = await idle_stage.services.store.unfinished()
    await write_as_later_version(idle_stage, record.id)
    await idle_stage.env.advance_time(20)
    assert await state_of(idle_stage, record.id) == record.state
    assert not idle_stage.said(idle_stage.thread, "A newer version of me")
    await idle_stage.eventually(lambda: idle_stage.said(idle_stage.thread, "A newer version of me"))


@pytest.mark.usefixtures("impatient")
async def test_a_clip_that_stands_stays_and_its_status_line_goes(stage):
    """A bot that was killed between the clip and the line's end, then went back a version."""
    clip = await stage.first_clip()
    (record,) = await stage.family(clip)
    line = await stage.env.bot.get_partial_messageable(stage.thread.id, guild_id=stage.guild.id).send("⏳ …")
    await write_as_later_version(stage, record.id)
    await stage.services.store.write_status(record.id, line.id)
    await stage.eventually(lambda: not stage.said(stage.thread, "⏳"))
    assert stage.reread(clip).attachments
    assert await state_of(stage, record.id) == State.SHOWN
    answer = await stage.alice.click(clip, label="Reroll")
    assert "I don't know that take any more" in answer.followups[0].content


async def test_a_member_is_forgotten_with_what_cannot_be_read(stage):
    clip = await stage.first_clip()
    (record,) = await stage.family(clip)
    await stage.animate("another", who=stage.bob, **SHORT)
    await write_as_later_version(stage, record.id)
    await stage.services.forgetting._farewells.ask(stage.alice.id)
    await stage.eventually(lambda: stage.reread(clip) is None)
    assert await state_of(stage, record.id) is None
    assert not (stage.settings.data_dir / "clips" / f"{record.id}.mp4").exists()


async def test_newer_takes_that_cannot_be_read_hide_no_older_ones(idle_stage):
    """Neither in the gallery nor from `/story`."""
    stage = idle_stage
    clip = await stage.posed_clip()
    (record,) = await stage.family(clip)
    for number in range(40):
        take = lineage.animate(record.take.shot, f"later {number}")
        await stage.services.store.add(replace(record, take=take, asked_at=record.asked_at + 1 + number))
        await write_as_later_version(stage, take.id)
    page = await stage.services.gallery.page(asker_at(stage), Filter(kept=False))
    assert [each.id for each in page.records] == [record.id]
    assert (await stage.services.store.newest_in(record.place_id)).id == record.id


def asker_at(stage):
    guild = stage.env.bot.get_guild(stage.guild.id)
    return Asker(member_id=stage.bob.id, guild=guild, channel_id=stage.thread.id, press="1", locale="en-US")


@pytest.mark.usefixtures("impatient")
async def test_a_jam_whose_takes_cannot_be_read_ends_with_a_word(idle_stage):
    stage = idle_stage
    await stage.alice.slash(stage.channel, "jam", image=stage.photo, mood="calm", rounds=2, takes=2, **SHORT)
    await stage.eventually(lambda: stage.said(stage.thread, "⏳"))
    for record in await stage.services.store.unfinished():
        await write_as_later_version(stage, record.id)
    await stage.eventually(lambda: stage.said(stage.thread, "No take came through"))
    async with stage.services.database.reading() as connection:
        assert await connection.scalar(sa.select(jams.c.phase)) == Phase.ENDED
