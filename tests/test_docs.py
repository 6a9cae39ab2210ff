"""What the documents name is there: files by a path or their bare name, modules by their dotted name."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.processes import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "renderer").rglob("*.md")])
FILES = [path.relative_to(ROOT) for top in ("bot", "renderer", "tests") for path in (ROOT / top).rglob("*.*")]
CODE = [path for path in FILES if path.suffix == ".py"]
NO_FILES = {"discord.py"}  # a library
ON_THE_WIRE = {"renderer.worker.render"}  # a word, see `renderer.contract.redis_keys`


def named_files(page: str) -> set[str]:
    return set(re.findall(r"(?<![\w/.*…-])((?:[\w-]+/)*[\w-]+\.(?:py|ftl|toml|yml))\b", page)) - NO_FILES


def standing_for(name: str) -> int:
    """How many files a name may mean: 1 for a path from the top."""
    return 1 if (ROOT / name).exists() else sum(f"/{path}".endswith(f"/{name}") for path in FILES)


def resolves(dotted: str) -> bool:
    """Whether it is a module, or a name at the top of one, or an attribute of such."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        path = Path(*parts[:count])
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file in CODE:
                return count == len(parts) or parts[count] in names_in((ROOT / file).read_text())
    return False


def names_in(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_there(page):
    """By its path, or by the end of one path alone; figures say elsewhere which room they are of."""
    parts = page.read_text().split("```")
    text, figures = " ".join(parts[::2]), " ".join(parts[1::2])
    assert sorted(name for name in named_files(text) if standing_for(name) != 1) == []
    assert sorted(name for name in named_files(figures) if not standing_for(name)) == []


def test_every_module_that_is_named_in_backticks_is_there():
    """In documents, docstrings and comments."""
    stale = {}
    for path in (*PAGES, *(ROOT / file for file in CODE)):
        named = set(re.findall(r"`((?:bot|renderer)(?:\.\w+)+)`", path.read_text())) - ON_THE_WIRE
        if wrong := sorted(name for name in named if not resolves(name)):
            stale[str(path.relative_to(ROOT))] = wrong
    assert stale == {}


def test_the_figure_of_the_rooms_is_the_contracts():
    """docs/architecture.md draws the floors that `make check` holds, and every folder has one."""
    figure = (ROOT / "docs" / "architecture.md").read_text().split("```")[1]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = {each["name"]: each["layers"] for each in contracts if each["type"] == "layers"}
    for house, drawing in zip(("bot", "renderer"), figure.split("\n\n"), strict=True):
        lines = [line.removeprefix("  ") for line in drawing.splitlines() if line.startswith("  ")]
        drawn = [{re.sub(r"/|\.py", "", room) for room in line.split("  ")[0].split(" | ")} for line in lines]
        held = [
            {room.removeprefix(f"{house}.") for room in floor.split(" | ")}
            for floor in floors[f"the rooms of the {house}"]
        ]
        doors = {"still", "storyboard", "health"} if house == "renderer" else set()
        assert drawn == [floor - doors for floor in held]
        rooms = {path.name for path in (ROOT / house).iterdir() if (path / "__init__.py").exists()}
        assert rooms <= set().union(*held)
