"""After `/forget me` nothing of a member is left: in Discord, in the record, on the disk."""

from dataclasses import replace

import discord
import sqlalchemy as sa

from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.record.jam_store import JamStore
from bot.record.tables import metadata
from bot.rules.blocks import Block, Kind
from bot.rules.jam import Jam, Terms, jam_id
from bot.rules.pictures import Picture
from bot.rules.takes import State
from bot.takes.asker import Asker
from tests.conversations.test_jam import close_vote, vote
from tests.pictures import encoded, quarters
from tests.stage import POSED, SHORT

WORDS = "adassecret", "adaswords"
POSTER = encoded(quarters(), "JPEG")
OTHER = ("other.png", encoded(quarters(96, 64)))


async def rendered(stage, place, count):
    """The clips in `place`: those that wait are made without a worker, and posted by the bot itself."""
    await stage.eventually(lambda: stage.said(place, "⏳"))
    for _ in range(20):  # one that is just being handed out has another number by then
        await render_all(stage)
        await stage.env.advance_time(1)
        if found := stage._clips(place, count):
            return found
    raise AssertionError(stage.env.transcript())


async def render_all(stage):
    clips, store = Clips(stage.settings.data_dir / "clips"), stage.services.store
    for record in await store.unfinished():
        await clips.keep(record.id, b"a clip", POSTER)
        report = replace(POSED, shot=record.take.shot)
        await store.move(record, [State.WAITING, State.QUEUED], state=State.RENDERED, report=report)


def thread_called(stage, name):
    return next(each for each in stage.channel.threads if each.name == name)


async def pressed(stage, who, clip, label):
    await stage.labels(clip, label)
    return await who.click(stage.reread(clip), label=label)


def asker(member):
    return Asker(member_id=member.id, guild=None, press=f"{member.id}", locale="en-US")


async def with_a_family_of_her_own(stage, ada):
    """Ada's clip, kept, shared, reported and rerolled by others, drawn as a story."""
    await stage.animate("adassecret harbour", who=ada)
    hers = stage.thread
    (own,) = await rendered(stage, hers, 1)
    await pressed(stage, stage.bob, own, "Keep")
    await pressed(stage, ada, own, "Share")
    await pressed(stage, stage.bob, own, "Report")
    await pressed(stage, stage.bob, own, "Reroll")
    await rendered(stage, hers, 2)
    await stage.bob.slash(hers, "story")
    return hers


async def in_the_family_of_another(stage, ada):
    """Ada nudges, tosses, calls off, keeps, votes, reports and settles beside bob's clip."""
    await stage.animate("a plain lake", who=stage.bob)
    his = thread_called(stage, "a plain lake")
    (lake,) = await rendered(stage, his, 1)
    form = await pressed(stage, ada, lake, "Nudge…")
    await ada.submit_modal(form, {"words": "adaswords"})
    await rendered(stage, his, 2)
    await stage.bob.slash(his, "story")
    await pressed(stage, stage.bob, lake, "Reroll")
    *_, tossed = await rendered(stage, his, 3)
    await pressed(stage, ada, tossed, "Toss")
    await pressed(stage, stage.bob, lake, "Vary subtle")
    (status,) = await stage.eventually(lambda: stage.said(his, "⏳"))
    await ada.click(status, label="Cancel")
    await stage.eventually(lambda: stage.said(his, "Cancelled by"))
    await stage.rule(reroll_votes=2)
    await pressed(stage, ada, lake, "Vary strong")
    await pressed(stage, stage.bob, lake, "Vary strong 1/2")
    *_, together = await rendered(stage, his, 3)
    await pressed(stage, stage.bob, together, "Keep")
    await pressed(stage, stage.bob, together, "Share")
    await pressed(stage, ada, lake, "Keep")
    await pressed(stage, ada, lake, "Reroll")
    await ada.react(together, "🐢")
    await pressed(stage, ada, together, "Report")
    await pressed(stage, stage.bob, lake, "Report")
    await ada.click(stage.office.history()[-1], label="Nothing wrong")
    await ada.slash(his, "take", link=lake.jump_url)
    record = await stage.services.store.shown_as(lake.id)
    await stage.services.reactions._notices.refuse(record, asker(ada), RefusedError("still_waits"))
    return his, lake, together


async def at_a_jam(stage, ada):
    """Bob's jam, for which ada votes; and one of ada's that the bot was killed in the beginning of."""
    await stage.bob.slash(stage.channel, "jam", image=stage.photo, mood="calm", rounds=1, minutes=1, takes=2, **SHORT)
    jam_thread = thread_called(stage, "calm")
    await stage.eventually(lambda: len(stage.said(jam_thread, "⏳")) == 2)
    await rendered(stage, jam_thread, 2)
    stage_of_jam = VoteAt(stage, jam_thread)
    await ada.click(await vote(stage_of_jam), label="Take 1 · 0")
    await close_vote(stage_of_jam)
    await stage.eventually(lambda: stage.said(jam_thread, f"With the votes of <@{ada.id}>"))
    begun = Jam(id=jam_id("1"), guild_id=1, root="0" * 20, host_id=ada.id, terms=Terms(mood="adassecret"))
    await JamStore(stage.services.database).add(begun)
    return jam_thread


class VoteAt:
    """A stage whose thread is one of several."""

    def __init__(self, stage, thread):
        self.thread = thread
        self.services, self.eventually, self.said = stage.services, stage.eventually, stage.said


async def and_elsewhere(stage, ada):
    """Offers, tries, pictures that were refused, what waits, what ada shut out."""
    offering = replace(asker(ada), press="77")
    secret = Picture(url="https://cdn.discordapp.com/attachments/1/2/adassecret.png")
    await stage.services.animations.offer(offering, [secret])
    await stage.animate("adassecret in line", who=ada)
    await stage.rule(member_at_once=1)
    refused = await stage.animate("adassecret too much", who=ada, image=OTHER)
    assert "as many as one member may" in refused.response.content
    await stage.services.blocks.add(stage.guild.id, Block(kind=Kind.WORD, subject="rude"), ada.id)


def said_by_the_bot(stage):
    """All that stands in Discord in the bot's name, as text; and what threads are called."""
    places = [stage.channel, stage.office, stage.wall, *stage.channel.threads]
    for place in places:
        yield place.name
        for message in place.history():
            if message.author == stage.env.bot.user:
                parts = [part for row in message.components for part in getattr(row, "children", [row])]
                yield message.content
                yield from (f"{file.filename} {file.description}" for file in message.attachments)
                yield from (str(embed.to_dict()) for embed in message.embeds)
                yield from (f"{getattr(part, 'custom_id', '')} {getattr(part, 'label', '')}" for part in parts)


async def rows(database):
    """Every row of every table that the database has."""
    async with database.reading() as connection:
        found = sa.MetaData()
        await connection.run_sync(found.reflect)
        assert found.tables.keys() >= metadata.tables.keys()
        for table in found.sorted_tables:
            for row in await connection.execute(table.select()):
                yield f"{table.name}: {tuple(row)}"


def files(folder):
    """The names and the bytes of all files, SQLite's own and its log of writes among them."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name.encode() + b" " + path.read_bytes()


async def test_nothing_is_left_of_a_member_who_is_forgotten(idle_stage):
    stage = idle_stage
    stage.office, stage.wall = (stage.guild.create_text_channel(name) for name in ("office", "wall"))
    role = stage.guild.create_role("Mod", permissions=discord.Permissions(manage_messages=True))
    ada = stage.guild.add_member(stage.env.create_user("ada"), roles=[role])
    await stage.rule(reports=stage.office.id, gallery=stage.wall.id)
    hers = await with_a_family_of_her_own(stage, ada)
    his, lake, together = await in_the_family_of_another(stage, ada)
    jam_thread = await at_a_jam(stage, ada)
    await and_elsewhere(stage, ada)
    traces = (str(ada.id), *WORDS)
    raw = (*(each.encode() for each in traces), ada.id.to_bytes(8, "big"))

    assert all(any(each in said for said in said_by_the_bot(stage)) for each in traces)
    written = [row async for row in rows(stage.services.database)]
    assert all(any(each in row for row in written) for each in traces)
    assert all(any(each in file for file in files(stage.settings.data_dir)) for each in raw)

    asked = await ada.slash(stage.channel, "forget me")
    done = await ada.click(asked.response, label="Forget all of it")
    assert done.response.content.startswith("Done.")
    await stage.env.advance_time(2)

    assert [said for said in said_by_the_bot(stage) if any(each in said for each in traces)] == []
    assert [row async for row in rows(stage.services.database) if any(each in row for each in traces)] == []
    assert [file[:80] for file in files(stage.settings.data_dir) if any(each in file for each in raw)] == []
    assert not [each for each in hers.history() if each.author == stage.env.bot.user and not each.is_system()]
    assert len(stage._clips(his, 2)) == 2  # bob's own go on, and say so without her
    assert stage.reread(together).content.count("@") == 2
    assert stage.said(his, "🗑️ Tossed by somebody.")
    assert stage.said(jam_thread, "🎉")
    assert len(list((stage.settings.data_dir / "stills").glob("*.png"))) == 1
    assert stage.reread(lake).attachments
