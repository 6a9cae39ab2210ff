"""`python -m renderer models`."""

import io

import pytest
from rich.console import Console

from renderer.cli.models import entries, runs, show
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.models.card import Card
from tests.renderer.cli.program import run_here

GIB = {gib: Card(name="NVIDIA Test", memory_gb=gib) for gib in (7.6, 23.6, 79.2)}


def of(setting, listed):
    return next(entry for entry in listed if entry.setting == setting)


def printed(card, listed, *, terminal=False):
    out = io.StringIO()
    show(Console(file=out, width=200, force_terminal=terminal), card, listed)
    return out.getvalue()


def test_every_profile_of_every_row_is_listed_as_the_setting_takes_it():
    listed = [entry.setting for entry in entries(None)]
    assert listed[:3] == ["wan2.2-ti2v-5b", "wan2.2-i2v-a14b", "wan2.2-i2v-a14b:draft"]
    assert len(listed) == sum(len(spec.profiles) for spec in MODELS.values())


@pytest.mark.parametrize(
    ("row", "gib", "said"),
    [
        ("wan2.2-i2v-a14b", 79.2, "yes"),  # sold as 80
        ("wan2.2-i2v-a14b", 23.6, "with offloading"),
        ("wan2.2-i2v-a14b", 7.6, "no"),
        ("wan2.2-ti2v-5b", 7.6, "with offloading"),
    ],
)
def test_what_a_card_can_run(row, gib, said):
    assert runs(MODELS[row].profiles["finish"], GIB[gib]) == said


def test_without_a_card_nothing_runs():
    assert {entry.runs for entry in entries(None)} == {"no"}


def test_what_is_in_the_cache_is_told_by_setting():
    listed = entries(None, cached=lambda setting: setting == "ltx-2:draft")
    assert of("ltx-2:draft", listed).cached == "yes"
    assert of("ltx-2", listed).cached == "no"


def test_the_card_comes_first_and_duties_last():
    lines = printed(GIB[23.6], entries(GIB[23.6])).splitlines()
    assert lines[0] == "This machine has NVIDIA Test, 23.6 GB."
    assert "$10 million" in next(line for line in lines if line.startswith("LTX-2 Community: "))


def test_a_row_has_its_memory_licence_cache_and_verdict():
    listed = entries(GIB[23.6], cached=lambda _setting: False)
    line = next(line for line in printed(GIB[23.6], listed).splitlines() if line.startswith("svd-xt"))
    assert [part.strip() for part in line.split("  ") if part.strip()] == [
        "svd-xt",
        "16 GB, at least 8",
        "Stability AI Community",
        "no",
        "yes",
    ]


def test_only_a_terminal_is_shown_lines_and_colours():
    listed = entries(None, cached=lambda _setting: False)
    assert printed(None, listed).isascii()
    assert not printed(None, listed, terminal=True).isascii()


def test_the_command_says_when_there_is_no_card(monkeypatch, capsys):
    """Whatever card this machine has."""
    monkeypatch.setattr("renderer.models.card.find_card", lambda: None)
    assert run_here(monkeypatch, capsys, "models").out.splitlines()[0] == "This machine has no card that CUDA can use."
