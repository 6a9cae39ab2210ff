"""How long stills and clips stay."""

import os
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RefusedError
from bot.media import sweep
from bot.media.sweep import STRAY, Media
from bot.record import holdings
from bot.record.attempts import Attempts
from bot.record.holdings import Holdings
from bot.record.house_rules import Houses
from bot.record.reaction_log import Mark, ReactionLog
from bot.record.store import Store
from bot.rules.allowances import DAY
from bot.rules.retention import Held, plan
from bot.rules.takes import Fate, State
from bot.settings import Settings
from renderer.contract import lineage
from tests.bot.record.rows import counts
from tests.bot.record.test_store import SHOT, record
from tests.statements import on, statements_to

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
    swept = plan(those, sizes, NOW, total=sum(sizes.values()), quota=quota)
    left = [each for each in those if each.take_id not in swept.clips]
    assert all(each in left for each in those if each.pinned)
    assert not any(each.is_over(NOW) for each in left)
    assert swept.stills == {each.still for each in those} - {each.still for each in left}
    used = size * (len(left) + len({each.still for each in left}))
    assert swept.left == used
    assert quota is None or used <= quota or all(each.pinned for each in left)
    if quota is None:
        assert all(each.is_over(NOW) for each in those if each not in left)


@given(families, st.integers(0, 600))
def test_the_oldest_go_first(those, quota):
    free = [each for each in those if not each.pinned]
    gone = plan(those, {each.take_id: 50 for each in those}, NOW, total=50 * len(those), quota=quota).clips
    over = [each for each in free if each.is_over(NOW)]
    younger = [each.asked_at for each in free if each.take_id not in gone]
    older = [each.asked_at for each in free if each.take_id in gone and each not in over]
    assert not younger or not older or max(older) <= min(younger)


@given(families, st.floats(0, NOW))
def test_for_room_alone_nothing_goes_that_was_asked_for_later_than_said(those, until):
    gone = plan(those, {}, NOW, total=10**6, quota=0, until=until).clips
    expected = {each.take_id for each in those if not each.pinned and (each.asked_at <= until or each.is_over(NOW))}
    assert gone == expected


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


class Disk:
    """A data folder with stills and clips of known ages, and the record that speaks of them."""

    def __init__(self, database, folder, **settings):
        self.database = database
        self.store = Store(database)
        self.houses = Houses(database)
        self.folder = folder
        for name in ("stills", "clips"):
            (folder / name).mkdir(exist_ok=True)
        self.media = Media(
            Settings(_env_file=None, data_dir=folder, **settings),
            holdings=Holdings(database),
            houses=self.houses,
            reactions=ReactionLog(database),
            attempts=Attempts(database),
        )

    def write(self, folder, name, age, size=10):
        """A file of so many days."""
        path = self.folder / folder / name
        path.write_bytes(b"x" * size)
        os.utime(path, (NOW - age * DAY,) * 2)

    async def take(self, name, age, *, still="a", **changes):
        """A shown take of so many days, its clip and its still on disk; its id."""
        shot = replace(SHOT, still=still * 64)
        asked_at = NOW - age * DAY
        values = {"guild_id": 1, "state": State.SHOWN, "asked_at": asked_at}
        made = replace(record(name, **(values | changes)), take=lineage.animate(shot, name))
        await self.store.add(made)
        self.write("clips", f"{made.id}.mp4", age)
        if not (self.folder / "stills" / f"{still * 64}.png").exists():
            self.write("stills", f"{still * 64}.png", age)
        return made.id

    async def sweep(self):
        """Sweep; the statements on takes that it took."""
        with statements_to(self.database) as said:
            await self.media.sweep(NOW)
        return on(said, "takes")

    def left(self):
        return {path.stem for path in self.paths()}

    def paths(self):
        return [path for name in ("stills", "clips") for path in (self.folder / name).iterdir()]


@pytest.fixture
def disk(database, tmp_path):
    return Disk(database, tmp_path)


async def test_where_nothing_is_due_no_take_is_read(disk):
    """Each name is asked for once, to know strays by: the second sweep asks nothing."""
    await disk.take("1", age=100)
    disk.media._next_thorough = NOW + DAY
    assert len(await disk.sweep()) == 2
    assert await disk.sweep() == []
    await disk.houses.change(1, media_days=200)
    assert await disk.sweep() == []
    await disk.houses.change(2, media_days=50)  # another server's: the takes have to be looked at, and stay
    assert await disk.sweep()
    assert len(disk.left()) == 2


async def test_only_files_that_may_be_due_are_looked_into(disk):
    old = await disk.take("1", age=30, still="a")
    young = await disk.take("2", age=5, still="b")
    disk.media._next_thorough = NOW + DAY
    await disk.sweep()
    await disk.houses.change(1, media_days=10)
    with statements_to(disk.database) as said:
        await disk.media.sweep(NOW)
    asked = {value for _, values in said for value in values if isinstance(value, str)}
    assert old in asked
    assert not asked & {young, "b" * 64}
    assert disk.left() == {young, "b" * 64}


async def test_once_a_day_all_files_are_looked_into(disk):
    """One that was copied here, or whose clock ran ahead, looks younger than its take."""
    await disk.houses.change(1, media_days=10)
    await disk.sweep()
    old = await disk.take("1", age=30)
    for path in disk.paths():
        os.utime(path, (NOW + DAY, NOW + DAY))
    await disk.sweep()
    assert old in disk.left()
    for due in (NOW, NOW + 2 * DAY):  # or the clock has gone back since the last one
        disk.media._next_thorough = due
    await disk.sweep()
    assert old not in disk.left()


async def test_a_servers_days_and_the_operators_hold_whichever_is_shorter(database, tmp_path):
    disk = Disk(database, tmp_path, media_days=20)
    await disk.houses.change(1, media_days=10)
    await disk.houses.change(2, media_days=40)
    ages = (5, 15, 25)
    takes = {
        (guild, age): await disk.take(f"{guild} {age}", age, guild_id=guild) for guild in (1, 2, None) for age in ages
    }
    await disk.sweep()
    stay = {takes[key] for key in [(1, 5), (2, 5), (2, 15), (None, 5), (None, 15)]}
    assert disk.left() == stay | {"a" * 64}


async def test_what_is_kept_or_under_way_stays_with_its_still(disk):
    kept = await disk.take("1", age=30, still="a", fate=Fate.KEPT)
    under_way = await disk.take("2", age=30, still="b", state=State.RENDERED)
    await disk.take("3", age=30, still="c")
    await disk.houses.change(1, media_days=10)
    await disk.sweep()
    assert disk.left() == {kept, under_way, "a" * 64, "b" * 64}


async def test_a_still_goes_with_the_last_take_that_uses_it(disk):
    """Also where that one is of another server, and its clip is too young to be looked into."""
    await disk.take("1", age=30, still="a")
    young = await disk.take("2", age=5, still="a", guild_id=2)
    await disk.houses.change(1, media_days=10)
    await disk.sweep()
    assert disk.left() == {young, "a" * 64}
    await disk.houses.change(2, media_days=1)
    await disk.sweep()
    assert disk.left() == set()


async def test_for_room_the_oldest_go_first_however_many_have_to_be_read(disk, monkeypatch):
    """The three oldest are kept: more and more are read, until what is left fits."""
    monkeypatch.setattr(sweep, "OLDEST", 2)
    kept = [await disk.take(f"kept {age}", age, still="a", fate=Fate.KEPT) for age in (50, 49, 48)]
    free = [await disk.take(f"free {age}", age, still="a") for age in range(20, 10, -1)]
    disk.media._quota = 10 * (1 + 3 + 7)
    asked = await disk.sweep()
    assert disk.left() == {"a" * 64, *kept, *free[3:]}
    assert disk.media.bytes == disk.media._quota
    assert len(asked) == 2 + 2 * 2  # strays; takes of the two oldest files, then of eight
    disk.media.check_room()


async def test_for_room_no_young_take_goes_for_its_still_is_old(disk, monkeypatch):
    monkeypatch.setattr(sweep, "OLDEST", 2)
    first = await disk.take("1", age=50, still="a", fate=Fate.KEPT)
    young = await disk.take("2", age=1, still="a")
    older = [await disk.take(f"older {age}", age, still="b") for age in (30, 20)]
    disk.media._quota = 10 * 5
    await disk.sweep()
    assert disk.left() == {"a" * 64, "b" * 64, first, young, older[1]}


async def test_where_what_is_kept_is_too_much_there_is_no_room(disk):
    kept = [await disk.take(str(age), age, fate=Fate.KEPT) for age in (3, 2)]
    disk.media._quota = 10
    await disk.sweep()
    assert disk.left() == {"a" * 64, *kept}
    with pytest.raises(RefusedError, match="no_room"):
        disk.media.check_room()


async def test_who_does_not_lead_looks_at_the_disk_alone(disk):
    await disk.take("1", age=30)
    await disk.houses.change(1, media_days=10)
    with statements_to(disk.database) as said:
        await disk.media.sweep(NOW, delete=False)
    assert said == []
    assert disk.media.bytes == 20


async def test_strays_go_but_not_what_has_just_come(disk):
    known = await disk.take("1", age=30)
    for folder in ("stills", "clips"):
        disk.write(folder, "old.png", age=2 * STRAY / DAY)
        disk.write(folder, "new.png", age=0, size=1)
    await disk.sweep()
    assert disk.left() == {"new", known, "a" * 64}
    assert disk.media.bytes == 22
    os.utime(disk.folder / "stills" / "new.png", (NOW - 2 * STRAY,) * 2)
    assert len(await disk.sweep()) == 1
    assert len(list((disk.folder / "stills").iterdir())) == 1


async def test_many_files_are_asked_for_a_few_at_a_time(disk, monkeypatch):
    monkeypatch.setattr(holdings, "NAMES", 3)
    takes = [await disk.take(str(age), age) for age in range(20, 13, -1)]
    await disk.houses.change(1, media_days=17)
    asked = await disk.sweep()
    assert disk.left() == {"a" * 64, *takes[3:]}
    assert max(len(statement.split("IN (")[1].split(")")[0].split(",")) for statement in asked) == 3


async def test_old_reactions_and_tries_are_forgotten(disk, database):
    await ReactionLog(database).add(Mark(message_id=1, emoji="🐢", member_id=2))
    await Attempts(database).add("1", 2, since=0)
    await disk.media.sweep(time.time() + 29 * DAY)
    assert await counts(database, "reactions", "attempts") == [1, 1]
    await disk.media.sweep(time.time() + 31 * DAY)
    assert await counts(database, "reactions", "attempts") == [0, 0]
