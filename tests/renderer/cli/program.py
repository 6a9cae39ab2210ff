"""`python -m renderer` in this process, which saves the imports."""

import sys
from types import SimpleNamespace

from renderer import __main__ as command


def run_here(monkeypatch, captured, *arguments):
    """Status and output of a command line; `captured` is capsys or capfd."""
    monkeypatch.setattr(sys, "argv", ["renderer", *arguments])
    try:
        command.main()
    except SystemExit as ended:
        return SimpleNamespace(returncode=ended.code, **captured.readouterr()._asdict())
    return SimpleNamespace(returncode=0, **captured.readouterr()._asdict())
