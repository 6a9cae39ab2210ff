"""A community plays, with Discord on the wire: every body is checked against Discord's own description."""

import pytest

from tests.acceptance.fake_discord import EDIT, SEND
from tests.acceptance.wire import STILL, animate, clips, labels, nth_clip, quiet, thread_of

pytestmark = pytest.mark.usefixtures("no_errors_logged")


@pytest.fixture
def grace(fake):
    return fake.member("grace")


async def first_clip(fake, member, channel):
    """The first clip of a new conversation, and where it stands."""
    await animate(fake, member, channel)
    thread = await thread_of(fake, channel)
    clip = await nth_clip(fake, thread, 1)
    await quiet(fake, thread)
    return thread, clip


async def test_votes_emoji_words_and_what_comes_after(fake, bot, square, ada, grace):
    thread, clip = await first_clip(fake, ada, square)
    said = await (await ada.slash(square, "settings reroll", votes=2)).reply()
    assert "2 members must agree" in said.content

    await ada.press(clip, "Reroll")
    await fake.until(lambda: "Reroll 1/2" in labels(clip))
    await grace.press(clip, "Reroll 1/2")
    rerolled = await nth_clip(fake, thread, 2)
    await quiet(fake, thread)
    assert ada.mention in rerolled.content
    assert grace.mention in rerolled.content
    await (await ada.slash(square, "settings reroll", votes=1)).reply()

    await grace.react(rerolled, "🐢")
    slower = await nth_clip(fake, thread, 3)
    await quiet(fake, thread)
    assert f"nudged by {grace.mention}: *slower*" in slower.content

    await ada.say(thread, "let it snow", to=slower)
    snowing = await nth_clip(fake, thread, 4)
    assert f"nudged by {ada.mention}: *let it snow*" in snowing.content

    form = await grace.press(snowing, "After…")
    await grace.submit(form, "night falls")
    await nth_clip(fake, thread, 5)
    await quiet(fake, thread)


async def test_kept_takes_become_a_tree_and_a_reel(fake, bot, square, ada, grace):
    thread, clip = await first_clip(fake, ada, square)
    form = await grace.press(clip, "After…")
    await grace.submit(form, "")
    after = await nth_clip(fake, thread, 2)
    await quiet(fake, thread)
    for each in (clip, after):
        await ada.press(each, "Keep")
        await fake.until(lambda each=each: "Let go" in labels(each))
        assert f"kept by {ada.mention}" in each.content
    tree = await (await grace.slash(thread, "story")).reply()
    assert tree.attachments[0].filename == "story.png"
    assert tree.attachments[0].data.startswith(b"\x89PNG")
    await ada.choose(tree, "dissolve")
    reel = await nth_clip(fake, thread, 3)
    await quiet(fake, thread)
    assert reel.content.startswith(f"2 takes, one story. With takes by {ada.mention} and {grace.mention}.")


async def test_an_archived_conversation_is_woken_before_it_changes(fake, bot, square, ada):
    thread, clip = await first_clip(fake, ada, square)
    thread.archived = True
    await ada.press(clip, "Toss")
    await fake.until(lambda: clip.content.startswith("🗑️"))
    assert not thread.archived
    assert [call.status for call in fake.calls_to(EDIT)][-2:] == [400, 200]
    assert clip.attachments == []
    await fake.until(lambda: len(fake.messages(thread)) == 2)  # how the thread began, and the line
    await ada.press(clip, "Bring back")
    await fake.until(lambda: clip.attachments)
    assert "Reroll" in labels(clip)


async def test_an_old_clip_is_taken_in_hand_again(fake, bot, square, ada, grace):
    thread, clip = await first_clip(fake, ada, square)
    thread.archived = True
    link = f"https://discord.com/channels/{square.guild.id}/{thread.id}/{clip.id}"
    controls = await (await grace.slash(square, "take", link=link)).reply()
    assert controls.ephemeral
    assert not thread.archived
    await grace.press(controls, "Reroll")
    await nth_clip(fake, thread, 2)
    await quiet(fake, thread)


async def test_the_gallery_shows_moving_clips(fake, bot, square, ada, grace):
    _, clip = await first_clip(fake, ada, square)
    await ada.press(clip, "Keep")
    await fake.until(lambda: "Let go" in labels(clip))
    wall = await (await grace.slash(square, "gallery")).reply()
    assert wall.ephemeral
    assert str(clip.attachments[0].url) in str(wall.components)


async def test_a_jam_of_one_round(fake, bot, square, ada, grace):
    asked = await ada.slash(
        square, "jam", image=STILL, mood="calm", rounds=1, minutes=1, takes=2, seconds=2.0, size=480
    )
    await asked.reply()
    thread = await thread_of(fake, square)
    vote = await fake.until(
        lambda: next((each for each in fake.messages(thread) if "Round 1" in each.content), None), 60
    )
    assert len(clips(fake, thread)) == 2
    pressed = await grace.press(vote, "Take 1 · 0")
    await fake.until(lambda: "Take 1 · 1" in labels(vote))
    assert pressed.followups[0].content.startswith("Your vote: take 1.")
    await ada.press(vote, "End the jam")
    await fake.until(lambda: any("jam" in (call.body.get("content") or "") for call in fake.calls_to(SEND)[-1:]))


async def test_a_clip_is_reported_and_settled_and_a_member_is_forgotten(fake, bot, square, ada, grace):
    office = fake.world.text_channel(square.guild, "office")
    await bot.services.houses.change(square.guild.id, reports=office.id)
    thread, clip = await first_clip(fake, ada, square)
    await grace.press(clip, "Report")
    (report,) = await fake.until(lambda: [said for said in fake.messages(office) if "reported" in said.content])
    await ada.press(report, "Nothing wrong")
    await fake.until(lambda: "found nothing wrong" in report.content)

    said = await (await grace.slash(square, "export")).reply()
    assert [file.filename for file in said.attachments] == [f"unstill-{grace.user.id}-1.zip"]

    sure = await (await ada.slash(square, "forget me")).reply()
    await ada.press(sure, "Forget all of it")
    await fake.until(lambda: "I removed 1 pictures, 1 clips" in sure.content)
    assert not [said for said in fake.messages(thread) if said.content or said.attachments]
    assert thread.name == "Forgotten"
    assert report.deleted
