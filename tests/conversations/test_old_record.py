"""A bot of now opens the record and the data folder of an earlier version, and goes on where that one was killed.

`tests/past/0.1` was left by version 0.1 (commit e7f996e): a server that wants two votes for a reroll, a kept clip with
one ballot cast, a nudge of it, and an *after* of that which was with a worker whose Redis is gone. Its signing key is
not kept: each bot makes its own.
"""

import re
import shutil
import sqlite3

from tests.processes import ROOT
from tests.stage import buttons

OLD = ROOT / "tests" / "past" / "0.1"
GUILD, CHANNEL, THREAD = 1456074443980800014, 1456074443980800017, 1456074443980800023
ALICE, BOB = 1456074443980800018, 1456074443980800019
KEPT, UNDER_WAY = "978793026d19c2cd7f88", "a90ff908838f0bc52d74"


def laid_out(folder, places):
    """The folder as it was left, but that Discord's ids are those of the places and members of now, or of long ago."""
    for name in ("stills", "clips"):
        shutil.copytree(OLD / name, folder / name)
    now = {str(old): str(new.id) for old, new in places.items()}
    # All other ids become those of long ago: the offline Discord counts from the same number each time.
    rows = re.sub(
        r"\b14\d{17}\b", lambda found: now.get(found[0], f"11{found[0][2:]}"), (OLD / "record.sql").read_text()
    )
    with sqlite3.connect(folder / "unstill.db") as record:
        record.executescript(rows)
    record.close()


async def test_a_record_of_version_0_1_goes_on(stage, tmp_path):
    """What was under way is shown; old clips come back from disk; rules, ballots and the family hold."""
    places = {GUILD: stage.guild, CHANNEL: stage.channel, THREAD: stage.channel, ALICE: stage.alice, BOB: stage.bob}
    folder = tmp_path / "old"
    folder.mkdir()
    laid_out(folder, places)
    stage.settings = stage.settings.model_copy(update={"data_dir": folder})
    await stage.restart()
    (after,) = await stage.clips(stage.channel, 1)
    assert (await stage.services.store.shown_as(after.id)).id == UNDER_WAY

    await stage.alice.slash(stage.channel, "take", link=KEPT)
    kept = next(clip for clip in await stage.clips(stage.channel, 2) if KEPT in clip.attachments[0].filename)
    assert "Reroll 1/2" in buttons(kept)
    await stage.alice.click(kept, label="Reroll 1/2")
    assert len(await stage.clips(stage.channel, 3)) == 3
    family = await stage.services.store.family(KEPT)
    assert [record.take.action for record in family] == ["animate", "nudge", "after", "reroll"]
    assert family[3].credits == (stage.bob.id, stage.alice.id)
