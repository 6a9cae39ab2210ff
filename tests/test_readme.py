"""The README is true."""

import re

from tests.readme import BLOCK, README, table

ROOT = README.parent


def test_the_settings_table_is_that_of_the_settings_classes():
    assert BLOCK.search(README.read_text())[0] == table(), "run: .venv/bin/python -m tests.readme"


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"^(?:\d\. )?`?(?:\w+=\S+ )?make ([a-z-]+)", README.read_text(), re.MULTILINE))
    assert named
    assert named <= targets


def test_every_file_that_is_named_exists():
    named = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README.read_text())
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
