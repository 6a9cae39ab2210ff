"""How long stills and clips stay."""

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RefusedError
from bot.media.sweep import STRAY, Media
from bot.rules.allowances import DAY
from bot.rules.retention import Held, plan
from bot.rules.takes import Fate

NOW = 1000 * DAY
held = st.builds(
    Held,
    take_id=st.uuids().map(str),
    still=st.sampled_from("abcd"),
    asked_at=st.floats(0, NOW),
    days=st.one_of(st.none(), st.floats(1, 1000)),
    pinned=st.booleans(),
)
families = st.lists(held, max_size=12, unique_by=lambda each: each.take_id)


@given(families, st.integers(1, 100), st.one_of(st.none(), st.integers(0, 600)))
def test_what_is_kept_or_under_way_stays_and_the_rest_fits(those, size, quota):
    sizes = {name: size for each in those for name in (each.take_id, each.still)}
    swept = plan(those, sizes, NOW, quota)
    left = [each for each in those if each.take_id not in swept.clips]
    assert all(each in left for each in those if each.pinned)
    assert not any(each.is_over(NOW) for each in left)
    assert swept.stills == {each.still for each in those} - {each.still for each in left}
    used = size * (len(left) + len({each.still for each in left}))
    assert quota is None or used <= quota or all(each.pinned for each in left)
    if quota is None:
        assert all(each.is_over(NOW) for each in those if each not in left)


@given(families, st.integers(0, 600))
def test_the_oldest_go_first(those, quota):
    free = [each for each in those if not each.pinned]
    gone = plan(those, {each.take_id: 50 for each in those}, NOW, quota).clips
    over = [each for each in free if each.is_over(NOW)]
    younger = [each.asked_at for each in free if each.take_id not in gone]
    older = [each.asked_at for each in free if each.take_id in gone and each not in over]
    assert not younger or not older or max(older) <= min(younger)


def files(stage):
    folder = stage.settings.data_dir
    return {path.name for name in ("stills", "clips") for path in (folder / name).glob("*")}


async def test_what_is_over_goes_what_is_kept_stays_and_a_press_says_so(stage):
    """The server's own days; the record stays, so the buttons still answer."""
    old = await stage.first_clip()
    await stage.bob.click(old, label="Reroll")
    clips = await stage.clips(stage.thread, 2)
    kept = next(clip for clip in clips if clip.id != old.id)
    await stage.bob.click(kept, label="Keep")
    await stage.alice.click(old, label="Toss")
    await stage.rule(media_days=2)
    bot = stage.env.bot
    first, second = await stage.family(old)
    await bot.services.media.sweep(time.time() + 3 * DAY)
    assert f"{first.id}.mp4" not in files(stage)
    assert {f"{second.id}.mp4", f"{first.take.shot.still}.png"} <= files(stage)  # the kept one's still is needed
    answer = await stage.alice.click(stage.reread(old), label="Bring back")
    assert "no longer kept here" in answer.followups[0].content
    await bot.services.store.decide(second.id, Fate.UNDECIDED, stage.bob.id)
    await bot.services.media.sweep(time.time() + 3 * DAY)
    assert files(stage) == set()
    answer = await stage.alice.click(kept, label="Reroll")
    assert "no longer kept here" in answer.followups[0].content


async def test_where_the_kept_fill_the_disk_new_takes_are_refused(stage):
    clip = await stage.first_clip()
    await stage.bob.click(clip, label="Keep")
    media = stage.services.media
    media._quota = 10
    await media.sweep(time.time())
    assert "full of what is kept" in (await stage.animate()).response.content
    assert files(stage)
    media._quota = 10**9
    await media.sweep(time.time())
    assert "on its way" in (await stage.animate()).response.content


async def test_strays_go_but_not_what_has_just_come(store, settings):
    media = Media(settings, store=store, houses=None)
    folder = settings.data_dir / "stills"
    folder.mkdir()
    for name, age in (("old", 2 * STRAY), ("new", 0)):
        (folder / f"{name}.png").write_bytes(b"x")
        os.utime(folder / f"{name}.png", (time.time() - age,) * 2)
    await media.sweep(time.time())
    assert [path.stem for path in folder.iterdir()] == ["new"]
    assert media.bytes == 1
    media.check_room()
    media._full = True
    with pytest.raises(RefusedError, match="no_room"):
        media.check_room()
