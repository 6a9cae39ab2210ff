"""docs/gpu.md says what the code does."""

import re
from pathlib import Path

import pytest

import bot.settings
import renderer.settings
from renderer.clips.safety import SAMPLES
from renderer.contract.job import Policy
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import DRAFT, FINISH, Given

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "gpu.md").read_text()
COLUMNS = 6
ENDS = {
    frozenset({Given.FIRST}): "begins at the still",
    frozenset({Given.FIRST, Given.BOTH}): "begins, loops",
    frozenset({Given.BOTH}): "loops only",
    frozenset(Given): "all",
}


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


ROWS = {cells(line)[0].strip("`"): cells(line) for line in TEXT.splitlines() if line.count("|") == COLUMNS + 1}
CODE = [path.read_text() for path in (ROOT / "renderer").rglob("*.py")]


def number(cell):
    return float(re.sub(r"[^0-9.]", "", cell.split("[")[0]))


@pytest.mark.parametrize("spec", MODELS.values(), ids=MODELS)
def test_a_model_is_described_as_its_row_has_it(spec):
    _, weights, makes, ends, whole, least = ROWS[spec.id]
    assert weights == f"[{spec.repo}](https://huggingface.co/{spec.repo})"
    short, long = spec.sizes[-1]
    assert f"{long} × {short}" in makes  # noqa: RUF001  a sign of multiplication
    seconds = float(re.search(r"([\d.]+) s at", makes)[1])
    assert seconds == pytest.approx(spec.frames.most / spec.fps, abs=0.1)
    assert f"at {spec.fps:g} fps" in makes
    assert ("with sound" in makes) == spec.sound
    assert ("hears no words" in makes) == (not spec.prompt)
    assert ends == ENDS[spec.given]
    profile = spec.profiles[FINISH]
    assert (number(whole), number(least)) == (profile.vram_gb, profile.least_vram_gb)


def test_models_that_are_named_exist_with_their_drafts():
    named = set(re.findall(r"`((?:wan|ltx|svd)[\w.-]*)(:draft)?`", TEXT))
    assert {name for name, _ in named} == set(MODELS)
    drafts = {name for name, draft in named if draft}
    assert drafts == {spec.id for spec in MODELS.values() if DRAFT in spec.profiles}


def test_published_figures_have_their_sources():
    marks = set(re.findall(r"\[([a-z])\]", "".join(f"{row[4]} {row[5]}" for row in ROWS.values())))
    table = TEXT.partition("## What to expect")[2].partition("## Licences")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    assert all("](https://" in line or "the same" in line for line in lines)
    assert marks == set(re.findall(r"\[([a-z])\]", table))
    assert "not measured by us" in table


def test_settings_that_are_named_exist():
    classes = (bot.settings.Settings, renderer.settings.Settings)
    known = {field.validation_alias.choices[0] for each in classes for field in each.model_fields.values()}
    assert set(re.findall(r"UNSTILL_[A-Z_]+", TEXT)) <= known


def test_policies_and_samples_are_those_of_the_code():
    safety = TEXT.partition("## A safety model")[2]
    assert all(f"`{policy}`" in safety for policy in Policy)
    assert SAMPLES == 7
    assert "seven frames" in safety


def test_sentences_to_look_up_are_those_that_are_said():
    table = TEXT.partition("## When something fails")[2]
    said = [part.strip(" :") for phrase in re.findall(r"\*([^*]+)\*", table) for part in phrase.split("…")]
    parts = [part for part in said if len(part) > 12]
    assert parts
    assert [part for part in parts if not any(part in code for code in CODE)] == []
