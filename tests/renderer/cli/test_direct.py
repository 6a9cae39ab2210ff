"""`python -m renderer direct`: JSON lines in, what `render`'s report would say of them out, nothing rendered."""

import json
import subprocess
import sys
from errno import ENOSPC
from io import BytesIO, StringIO, TextIOWrapper
from os import strerror

import pytest
from pydantic import TypeAdapter

from renderer.cli.direct import LINE_BYTES, direct_by_hand, lines_of
from renderer.cli.refusals import RefusedError
from renderer.clips.studio import open_still
from renderer.contract.direction import Direction
from renderer.contract.lineage import first_seed
from renderer.contract.shot import Beat, Shot
from renderer.engines.parallax.engine import Parallax
from renderer.programs.canonical import canonical
from renderer.settings import Settings
from tests.pictures import encoded, quarters
from tests.processes import ROOT
from tests.renderer.cli.program import run_here

FILE = encoded(quarters(), "JPEG")
SAID = [
    {"mood": "calm, snow", "seed": 7},
    {"mood": "calm, snow", "words": ["no snow", "", "that is not water, the top is farther"], "seed": 7},
    {"mood": "asdf qwerty", "seed": 1},
    {"mood": "warm"},
    {},
]


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    path = tmp_path_factory.mktemp("direct") / "photo.jpg"
    path.write_bytes(FILE)
    return path


@pytest.fixture
def direct(photo):
    """Run it as a program, with these bytes on its standard input."""
    command = [sys.executable, "-m", "renderer", "direct", str(photo)]
    return lambda data: subprocess.run(command, input=data, capture_output=True, cwd=ROOT, check=False)


def test_each_line_is_answered_as_the_report_would(direct):
    """Words, corrections of the reading and the seed that `render` takes; what was not understood is told."""
    ended = direct(b"\n".join([json.dumps(each).encode() for each in SAID] + [b"", b"  "]))
    assert (ended.returncode, ended.stderr) == (0, b"")
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    still, engine = canonical(FILE), Parallax("cpu")
    for said, answer in zip(SAID, answers, strict=True):
        mood, words = said.get("mood", ""), tuple(said.get("words", ()))
        beat = Beat(mood=mood, words=words, seed=said.get("seed", first_seed(still.sha256 + mood)))
        film = engine.film(Shot(still=still.sha256, line=(beat,)), open_still(still.png, still.sha256))
        direction = TypeAdapter(Direction).dump_python(film.direction, mode="json")
        assert answer == {"direction": direction, "unheard": list(film.figures.unheard)}
    assert answers[0]["direction"] != answers[1]["direction"]
    assert answers[2]["unheard"] == ["asdf qwerty"]


@pytest.mark.parametrize(
    "line",
    [
        b"nope",
        b'{"mod": "calm"}',
        b'{"seed": -1}',
        b'{"mood": "\xff"}',
        b"[]",
        json.dumps({"mood": "x" * 301}).encode(),
    ],
)
def test_a_line_that_is_no_request_ends_it(photo, line):
    """What came before it is answered, what comes after it is not."""
    answers = direct_by_hand(photo, [b'{"mood": "calm"}', line, b'{"mood": "calm"}'], Settings(_env_file=None))
    assert set(json.loads(next(answers))) == {"direction", "unheard"}
    with pytest.raises(RefusedError, match=r"^line 2 is no request: "):
        next(answers)
    assert list(answers) == []


def test_a_line_without_end_is_not_read_whole(photo):
    """Whoever feeds it may not fill the memory."""
    endless = BytesIO(b"x" * (LINE_BYTES + 2))
    with pytest.raises(RefusedError, match="line 1 is no request: it has more than"):
        next(direct_by_hand(photo, lines_of(endless), Settings(_env_file=None)))
    assert endless.tell() == LINE_BYTES + 1


@pytest.fixture
def main(photo, monkeypatch, capsys):
    """The program in this process, which saves the imports: its standard input to status, output and complaint."""

    def call(stdin, **streams):
        monkeypatch.setattr(sys, "stdin", stdin and TextIOWrapper(BytesIO(stdin)))
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        ended = run_here(monkeypatch, capsys, "direct", str(photo))
        return ended.returncode, ended.out, ended.err

    return call


class FullDisk(StringIO):
    def flush(self):
        raise OSError(ENOSPC, strerror(ENOSPC))


def test_bad_input_gets_one_short_line_and_status_2(main):
    """It repeats what was said only so far, and nothing that a terminal would obey."""
    status, answers, said = main(json.dumps({"\x1b[31m" + 9000 * "x": 1}).encode())
    assert (status, answers) == (2, "")
    assert said.startswith("renderer: line 1 is no request: ")
    assert said.removesuffix("\n").isprintable()
    assert len(said) < 600


def test_a_closed_input_and_a_full_output_are_said_in_a_line(main):
    assert main(None) == (2, "", "renderer: moods are read from standard input, which is closed\n")
    assert main(b"{}", stdout=FullDisk()) == (
        2,
        "",
        "renderer: cannot write to standard output: No space left on device\n",
    )


def test_a_reader_who_goes_away_ends_it_quietly(photo):
    line = f"set -o pipefail; echo {{}} | {sys.executable} -m renderer direct {photo} | :"
    ended = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
