"""The package as it is installed: an editable checkout would hide data that no wheel carries."""

import shutil
import subprocess
import sys

import pytest

from tests.processes import ROOT

SOURCES = ("bot", "renderer", "pyproject.toml", "README.md", "LICENSE", "NOTICE")
OPENED = """
import asyncio, sys
from pathlib import Path
import bot, renderer
here = Path(sys.argv[1])
assert all(here in Path(module.__file__).parents for module in (bot, renderer)), bot.__file__

from bot.language.fluent import LANGUAGES, language
print(*(language(code).say("label-reroll") for code in LANGUAGES), sep=" | ")

from bot.record.database import open_database
async def migrated():
    database = open_database("sqlite+aiosqlite:///" + sys.argv[2])
    await database.migrate()
    await database.close()
asyncio.run(migrated())

from renderer.meaning.placing import SHA256, anchors, phrases_of
from renderer.meaning.vectors import made_ahead
assert made_ahead(SHA256, phrases_of(anchors())) is not None

from renderer.sight.faces import FaceFinder
FaceFinder()
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that the package is installed into, apart from everything else."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = folder.glob("*.whl")
    place = folder / "installed"
    subprocess.run([*pip, "install", "--no-index", "--no-deps", "--target", str(place), str(wheel)], check=True)
    return place


def test_a_wheel_carries_all_that_the_package_reads(installed, tmp_path):
    """Words in every language, the record's history, vectors, weights."""

    run = subprocess.run(
        [sys.executable, "-c", OPENED, str(installed), str(tmp_path / "record.db")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.strip() == "Reroll | Neu würfeln | Otra vez"
