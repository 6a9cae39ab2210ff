"""The duties of a tick: what one of them raises stops no other."""

import pytest

from bot.client import ALIVE

DUTIES = ("jams", "forgetting", "media", "missed_reactions")


async def broken(*_args, **_options):
    raise RuntimeError("nobody thought of that")


def counting(services, name, monkeypatch):
    """The runs of a duty from now on."""
    runs, tick = [], getattr(services, name).tick

    async def counted(*args, **options):
        runs.append(name)
        await tick(*args, **options)

    monkeypatch.setattr(getattr(services, name), "tick", counted)
    return runs


@pytest.mark.parametrize("name", [*DUTIES, "backlog"])
async def test_one_that_raises_stops_no_other(stage, monkeypatch, name):
    services = stage.services
    runs = [counting(services, other, monkeypatch) for other in DUTIES if other != name]
    monkeypatch.setattr(getattr(services, name), "tick", broken)
    alive = stage.settings.data_dir / ALIVE
    alive.unlink(missing_ok=True)
    await stage.eventually(lambda: all(runs))
    await stage.eventually(lambda: alive.exists() or name == "backlog")
    assert alive.exists() == (name != "backlog")  # a bot that attends to no take is not well


async def test_takes_go_on_while_jams_fail(stage, monkeypatch):
    monkeypatch.setattr(stage.services.jams, "tick", broken)
    assert await stage.first_clip()
