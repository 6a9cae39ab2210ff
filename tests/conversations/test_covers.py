"""What a member posts behind a cover stays behind one, whichever way it comes and wherever it is shown."""

from tests.stage import PHOTO

COVERED = ("SPOILER_ending.png", PHOTO[1])


def files(stage, *places):
    """The bot's files in some places, or in the channel and its threads: name by name, whether it is covered."""
    own = [
        message
        for place in places or (stage.channel, *stage.channel.threads)
        for message in place.history()
        if message.author == stage.env.bot.user
    ]
    return {file.filename: file.is_spoiler() for message in own for file in message.attachments}


def spoilers(components):
    """Of each picture in a layout, whether it is covered."""
    for part in components:
        yield from (item["spoiler"] for item in part.get("items", []))
        yield from spoilers(part.get("components", []))


async def test_what_was_covered_stays_covered_wherever_it_is_shown(stage):
    """The still, the clip, what goes on from it, the tree, the reel, the gallery, the shared copy, the poster."""
    wall = stage.guild.create_text_channel("wall")
    await stage.rule(gallery=wall.id)
    await stage.animate(image=COVERED)
    (clip,) = await stage.clips(stage.thread, 1)
    assert [*files(stage).values()] == [True, True]
    assert clip.content.startswith("||")

    form = await stage.bob.click(clip, label="After…")
    await stage.bob.submit_modal(form, {"words": ""})
    for each in await stage.clips(stage.thread, 2):
        await stage.bob.click(each, label="Keep")
    assert len(files(stage)) == 3

    told = await stage.bob.slash(stage.thread, "story")
    await stage.bob.click(told.response, label="Cut the reel")
    await stage.clips(stage.thread, 3)
    assert len(files(stage)) == 5
    assert all(files(stage).values())

    answer = await stage.bob.slash(stage.channel, "gallery")
    assert [*spoilers(answer.response.components)] == [True, True]
    await stage.bob.click(stage.reread(clip), label="Share")
    assert [*files(stage, wall).values()] == [True]
    answer = await stage.bob.slash(stage.channel, "take", link=clip.jump_url)
    assert [file.is_spoiler() for file in answer.response.attachments] == [True]

    await stage.alice.click(stage.reread(clip), label="Toss")
    await stage.alice.click(stage.reread(clip), label="Bring back")
    assert stage.reread(clip).attachments[0].is_spoiler()


async def test_a_cover_comes_along_by_every_way_in(idle_stage):
    """Attached, flagged, forwarded, as a link behind bars, for a jam; and what nobody covered is shown openly."""
    stage = idle_stage
    await stage.rule(member_at_once=10)

    async def animate_this(message):
        form = await stage.alice.context_menu(stage.channel, "Animate this", message)
        await stage.alice.submit_modal(form, {"words": "gentle"})

    named = await stage.bob.send(stage.channel, attachments=[COVERED])
    await animate_this(named)
    await animate_this(await stage.bob.forward(named, stage.channel))
    flagged = await stage.bob.send(stage.channel, attachments=[PHOTO])
    as_stored(stage, flagged).attachments[0]["flags"] = 1 << 3
    await animate_this(flagged)
    linked = await stage.bob.send(stage.channel, "the end: ||https://example.com/a.png||", attachments=[PHOTO])
    as_stored(stage, linked).embeds = [{"thumbnail": {"url": as_stored(stage, linked).attachments.pop()["url"]}}]
    await animate_this(linked)
    await stage.alice.slash(stage.channel, "jam", image=COVERED, mood="calm")
    assert [*files(stage).values()] == [True] * 5
    await stage.animate()
    assert [*files(stage).values()] == [True] * 5 + [False]


def as_stored(stage, message):
    """A message as the offline Discord keeps it."""
    return stage.env.backend.get_message(message.channel.id, message.id)
