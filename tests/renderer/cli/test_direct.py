"""`python -m renderer direct`: JSON lines in, what `render`'s report would say of them out, nothing rendered."""

import json
import subprocess
import sys

import pytest
from pydantic import TypeAdapter

from renderer.cli.direct import direct_by_hand
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

FILE = encoded(quarters(), "JPEG")
SAID = [
    {"mood": "calm, snow", "seed": 7},
    {"mood": "calm, snow", "words": ["no snow", "that is not water, the top is farther"], "seed": 7},
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


def test_bad_input_gets_one_line_and_status_2(direct):
    ended = direct(b"nope\n")
    assert (ended.returncode, ended.stdout) == (2, b"")
    (said,) = ended.stderr.decode().splitlines()
    assert said.startswith("renderer: line 1 is no request: ")
