"""`python -m renderer`, as a program: files, report, and one line with status 2 for what cannot be done."""

import json
import os
import subprocess
import sys
from functools import partial
from io import BytesIO
from types import SimpleNamespace

import av
import numpy as np
import pytest
from PIL import Image

from renderer.contract.abilities import NEIGHBOUR_FRAMES
from renderer.contract.job import Report
from renderer.contract.lineage import ACTIONS
from renderer.engines import ENGINES
from renderer.engines.bars import Bars
from renderer.engines.diffusion.checkpoints import finding
from renderer.settings import Settings
from tests.pictures import encoded, quarters
from tests.processes import ROOT
from tests.renderer.cli.program import run_here

SETTINGS = {"REDIS_URL", "UNSTILL_ENGINE", "UNSTILL_MODEL", "UNSTILL_LOG", "UNSTILL_CACHE"}
SMALL = ("--engine", "bars", "--size", "64", "--seconds", "2")
MODELLED = ("--engine", "diffusion", "--model", "models/mine:draft", "--size", "64", "--seconds", "2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a still, a clip of it and the report."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "still.jpg").write_bytes(encoded(quarters(), "JPEG"))
    (folder / "other.jpg").write_bytes(encoded(quarters(100, 100), "JPEG"))
    ended = run(folder, "render", "still.jpg", "slow, dreamlike", "-o", "a.mp4", "--report", "a.json", *SMALL)
    assert (ended.returncode, ended.stderr) == (0, "")
    return folder


def run(folder, *arguments, **settings):
    """Run it as the operator would."""
    return subprocess.run(
        [sys.executable, "-m", "renderer", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name not in SETTINGS}
        | {"PYTHONPATH": str(ROOT)}
        | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def main(folder, monkeypatch, capsys):
    """The same in this process, which saves the imports: a function from arguments to status and output."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)

    return partial(run_here, monkeypatch, capsys)


def report(path):
    fields = json.loads(path.read_text())
    own = {name: fields.pop(name) for name in ("still_path", "clip_path", "neighbour_path", "model_setting")}
    return SimpleNamespace(**own, **vars_of(Report.from_json(json.dumps(fields))))


def vars_of(value):
    return {name: getattr(value, name) for name in value.__slots__}


def pixels(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_a_still_and_a_mood_become_a_clip_and_a_report(folder):
    made = report(folder / "a.json")
    assert len(pixels(folder / "a.mp4")) == made.frames == 48
    assert made.shot.beat.mood == "slow, dreamlike"
    assert (made.height, made.width, made.fps, made.engine, made.seed) == (64, 86, 24, "bars", made.shot.beat.seed)
    assert made.seconds.start > 0.05  # of which Python and its imports are most
    assert made.still_path == str(folder / "still.jpg")


def test_the_same_command_makes_the_same_clip(folder, main):
    main("render", "still.jpg", "slow, dreamlike", "-o", "again.mp4", *SMALL)
    assert (folder / "again.mp4").read_bytes() == (folder / "a.mp4").read_bytes()


def test_options_reach_the_shot(folder, main):
    options = ("--seed", "7", "--loop", "--anchor", "last", "--engine", "bars", "--size", "80")
    main("render", "still.jpg", "", "-o", "b.mp4", "--report", "b.json", "--seconds", "2.5", *options)
    shot = report(folder / "b.json").shot
    assert (shot.beat.seed, shot.loop, shot.beat.anchor, shot.size) == (7, True, "last", 80)
    assert shot.beat.seconds == 2.5


def test_the_environment_chooses_the_engine(folder, main, monkeypatch):
    monkeypatch.setenv("UNSTILL_ENGINE", "bars")
    options = ("--size", "64", "--seconds", "2", "--report", "c.json")
    main("render", "still.jpg", "-o", "c.mp4", *options)
    assert report(folder / "c.json").shot.engine == "bars"


@pytest.mark.parametrize("action", ACTIONS)
def test_a_child_is_made_from_a_report_alone(folder, main, action):
    child = f"{action}.json"
    ended = main(
        "render", "--from", "a.json", "--action", action, "--words", "warmer", "-o", f"{action}.mp4", "--report", child
    )
    assert (ended.returncode, ended.err) == (0, "")
    parent, made = report(folder / "a.json").shot, report(folder / child).shot
    assert made != parent
    assert (made.still, made.size, made.beat.seconds) == (parent.still, 64, 2)


def test_reports_without_the_newer_paths_still_work(folder, main):
    fields = json.loads((folder / "a.json").read_text())
    for name in ("clip_path", "neighbour_path", "model_setting"):
        del fields[name]
    (folder / "old.json").write_text(json.dumps(fields))
    assert main("render", "--from", "old.json", "--action", "after", "-o", "old.mp4").returncode == 0


@pytest.fixture
def seen(monkeypatch):
    """What an engine that looks at neighbours was given: its setting, then neighbour and shot's model, and so on."""
    seen = []

    class Curious(Bars):
        def film(self, shot, still, sheet, /):
            seen.append((sheet.neighbour, shot.model))
            return super().film(shot, still, sheet)

    monkeypatch.setitem(ENGINES, "diffusion", lambda models: seen.append(models.video) or Curious())
    monkeypatch.setattr(finding, "find", lambda _setting: None)
    return seen


def family(main, folder, *presses):
    """Render a take and its descendants, one from another; each is known by its number."""
    main("render", "still.jpg", "x", "-o", "0.mp4", "--report", "0.json", *MODELLED)
    for number, press in enumerate(presses, start=1):
        child = ("render", "--from", f"{number - 1}.json", "--action", press, "-o", f"{number}.mp4")
        ended = main(*child, "--report", f"{number}.json")
        assert (ended.returncode, ended.err) == (0, "")


def test_a_continued_take_is_shown_its_neighbours_frames(folder, main, seen):
    family(main, folder, "after", "reroll", "before")
    shown = [frames for frames, model in seen[1::2]]
    clips = [pixels(folder / f"{number}.mp4") for number in range(4)]
    assert [len(frames) for frames in shown] == [0, NEIGHBOUR_FRAMES, NEIGHBOUR_FRAMES, NEIGHBOUR_FRAMES]
    assert close(shown[1][-1], clips[0][-1])
    assert close(shown[2][-1], clips[0][-1])  # a reroll goes on from what its parent went on from
    assert close(shown[3][0], clips[2][0])


def test_a_child_has_its_parents_model(folder, main, seen):
    family(main, folder, "reroll")
    assert seen[::2] == ["models/mine:draft"] * 2
    assert [model for _, model in seen[1::2]] == ["mine:draft"] * 2


def test_a_models_folder_is_found_again_from_anywhere(folder, main, seen):
    (folder / "models" / "mine").mkdir(parents=True)
    family(main, folder, "reroll")
    assert seen[::2] == [f"{folder}/models/mine:draft"] * 2
    (folder / "models" / "mine").rmdir()


@pytest.mark.parametrize(("there", "says"), [("/nowhere/clip.mp4", "/nowhere/clip.mp4"), (None, "where its clip is")])
def test_a_neighbour_that_is_gone_is_said(folder, main, seen, there, says):
    family(main, folder)
    fields = json.loads((folder / "0.json").read_text()) | {"clip_path": there}
    (folder / "gone.json").write_text(json.dumps(fields))
    ended = main("render", "--from", "gone.json", "--action", "after", "-o", "never.mp4")
    assert (ended.returncode, ended.err.count("\n")) == (2, 1)
    assert says in ended.err
    assert not (folder / "never.mp4").exists()


def close(frame, other):
    """Two decodings of one frame differ in rounding."""
    return frame.shape == other.shape and np.abs(frame.astype(int) - other).mean() < 2


def test_words_and_presses_tell_children_apart(folder, main):
    def seed_and_words(name, *options):
        child = ("render", "--from", "a.json", "--action", "reroll", "-o", f"{name}.mp4", "--report", f"{name}.json")
        main(*child, *options)
        beat = report(folder / f"{name}.json").shot.beat
        return beat.seed, beat.words

    first, again = seed_and_words("one"), seed_and_words("two")
    other, worded = seed_and_words("three", "--press", "2"), seed_and_words("four", "--words", "warmer")
    assert first == again
    assert first[0] != other[0]
    assert worded[1] == ("warmer",)


def test_a_still_that_has_moved_can_be_given(folder, main, tmp_path):
    fields = json.loads((folder / "a.json").read_text()) | {"still_path": "/nowhere/still.jpg"}
    (tmp_path / "moved.json").write_text(json.dumps(fields))
    moved = ("render", "--from", str(tmp_path / "moved.json"), "--action", "nudge", "-o", str(tmp_path / "x.mp4"))
    assert main(*moved).returncode == 2
    assert main(*moved, "--still", "still.jpg").returncode == 0
    assert main(*moved, "still.jpg").returncode == 0


def test_the_still_may_be_any_accepted_picture(folder, main):
    image = Image.open(BytesIO(encoded(quarters()))).convert("RGBA")
    (folder / "still.avif").write_bytes(encoded(image, "AVIF"))
    assert main("render", "still.avif", "x", "-o", "avif.mp4", *SMALL).returncode == 0


def test_judge_measures_a_clip_and_compares_it_with_its_still(folder, main):
    alone = json.loads(main("judge", "a.mp4").out)
    beside = json.loads(main("judge", "a.mp4", "--still", "still.jpg").out)
    assert alone["frames"] == beside["frames"] == 48
    assert alone.keys() < beside.keys()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("judge", "nowhere.mp4"), "nowhere.mp4"),
        (("judge", "a.json"), "not a clip"),
        (("judge", "a.mp4", "--still", "a.json"), "not a PNG"),
        (("render", "still.jpg", "x"), "-o"),
        (("render", "-o", "x.mp4"), "which still"),
        (("render", "nowhere.jpg", "x", "-o", "x.mp4"), "nowhere.jpg"),
        (("render", "a.json", "x", "-o", "x.mp4"), "not a PNG"),
        (("render", "still.jpg", "x" * 301, "-o", "x.mp4", *SMALL), "300"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--seconds", "1"), "2 to 8"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--seconds", "nan"), "2 to 8"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--size", "2000"), "64 to 1080"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--seed", "-1"), "seed"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--anchor", "middle"), "middle"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--engine", "magic"), "parallax"),
        (("render", "still.jpg", "x", "-o", "nowhere/x.mp4", *SMALL), "nowhere/x.mp4"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--report", "nowhere/x.json", *SMALL), "nowhere/x.json"),
        (("render", "still.jpg", "x", "-o", ".", *SMALL), "cannot write"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--action", "nudge"), "--from"),
        (("render", "--from", "a.json", "-o", "x.mp4"), "--action"),
        (("render", "--from", "a.json", "--action", "animate", "-o", "x.mp4"), "animate"),
        (("render", "--from", "nowhere.json", "--action", "nudge", "-o", "x.mp4"), "nowhere.json"),
        (("render", "--from", "still.jpg", "--action", "nudge", "-o", "x.mp4"), "not a report"),
        (("render", "--from", "a.json", "--action", "nudge", "-o", "x.mp4", "--seed", "3"), "seed"),
        (("render", "--from", "a.json", "--action", "nudge", "-o", "x.mp4", "other.jpg"), "not the still"),
        (("render", "--from", "a.json", "--action", "nudge", "-o", "x.mp4", "--words", "x" * 301), "300"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--engine", "diffusion"), "wan2.2-ti2v-5b"),
        (("render", "still.jpg", "x", "-o", "x.mp4", "--engine", "diffusion", "--model", "nowhere"), "nowhere"),
        (("worker",), "REDIS_URL"),
        (("dance",), "dance"),
        ((), "COMMAND"),
    ],
)
def test_bad_input_is_one_line_status_2_and_nothing_written(folder, main, arguments, says):
    before = sorted(folder.rglob("*"))
    ended = main(*arguments)
    assert ended.returncode == 2
    assert ended.out == ""
    assert ended.err.count("\n") == 1
    assert says in ended.err
    assert sorted(folder.rglob("*")) == before


def test_a_refused_program_ends_with_status_2(folder):
    ended = run(folder, "render", "nowhere.jpg", "x", "-o", "x.mp4")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "renderer: cannot read nowhere.jpg: No such file or directory\n"


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"REDIS_URL": "http://:hunter2@nowhere"}, "REDIS_URL"),
        ({"REDIS_URL": "redis://:p@hunter2#word@nowhere:6379/0"}, "percent-encode"),
        ({"REDIS_URL": "unix:///tmp/none", "UNSTILL_ENGINE": "magic"}, "magic"),
        ({"REDIS_URL": "unix:///tmp/none", "UNSTILL_ENGINE": "diffusion"}, "wan2.2-ti2v-5b"),
        ({"REDIS_URL": "unix:///tmp/none", "UNSTILL_CACHE": "everything"}, "UNSTILL_CACHE"),
        ({"REDIS_URL": "unix:///tmp/none", "UNSTILL_LOG": "LOUD"}, "UNSTILL_LOG"),
    ],
)
def test_bad_settings_are_one_line_and_no_secret_is_said(folder, environment, says):
    ended = run(folder, "worker", **environment)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert says in ended.stderr
    assert "hunter2" not in ended.stderr


def test_settings_hide_the_password_and_explain_themselves():
    settings = Settings(redis_url="redis://:hunter2@host", _env_file=None)
    assert "hunter2" not in repr(settings)
    assert all(field.description for field in Settings.model_fields.values())
