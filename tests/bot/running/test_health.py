"""`/metrics`, `/healthz`, `/readyz`."""

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.rules.takes import Record, State
from bot.running import health, metrics
from renderer.contract import lineage
from renderer.contract.shot import Beat, Shot
from tests.stage import opened_stage


@pytest.fixture
def served(settings, unused_tcp_port):
    return settings.model_copy(update={"metrics_port": unused_tcp_port})


async def ask(settings, path):
    url = f"http://127.0.0.1:{settings.metrics_port}{path}"
    headers = {"Connection": "close"}  # simcord waits for whoever still listens
    async with aiohttp.ClientSession(headers=headers) as session, session.get(url) as answer:
        return answer.status, await answer.text()


def sample(text, name, **labels):
    (value,) = [
        each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
        if each.name == name and labels.items() <= each.labels.items()
    ]
    return value


async def test_a_takes_way_is_counted(served):
    async with opened_stage(served) as stage:
        await stage.first_clip()
        await stage.eventually(lambda: stage.services.roster.fleet.offers)  # told anew every few seconds
        status, text = await ask(served, "/metrics")
        assert status == 200
        assert sample(text, "unstill_takes_asked_total", action="animate", engine="bars") == 1
        assert sample(text, "unstill_takes_ended_total", how="shown") == 1
        for name in ("wait", "render", "delivery", "total"):
            assert sample(text, f"unstill_{name}_seconds_count") == 1, name
        assert sample(text, "unstill_takes_open", state="waiting") == 0
        assert sample(text, "unstill_workers", kind="bars") == 1
        assert sample(text, "unstill_loop_lag_seconds_count") > 0
        assert await ask(served, "/healthz") == (200, '{"ok": true, "wrong": []}')
        assert await ask(served, "/readyz") == (200, '{"ok": true, "wrong": []}')


def test_a_delivery_counts_from_the_first_moment_of_the_clock(monkeypatch):
    shot = Shot(still="0" * 64, line=(Beat(mood="late summer", seed=1),))
    record = Record(
        take=lineage.animate(shot, "1"), guild_id=1, channel_id=2, member_id=3, byte_limit=10**6, asked_at=1.0
    )
    counted = metrics.Metrics()
    monkeypatch.setattr(metrics.time, "monotonic", lambda: 0.0)
    for state in (State.RENDERED, State.SHOWN):
        counted.moved(record, {"state": state})
    assert sample(counted.text().decode(), "unstill_delivery_seconds_count") == 1


async def test_a_failed_take_is_counted_by_its_problem(served, redis_server):
    idle = served.model_copy(update={"redis_url": type(served.redis_url)(redis_server.url)})
    async with opened_stage(idle) as stage:
        await stage.animate()
        (status_line,) = await stage.eventually(lambda: stage.said(stage.thread, "⏳"))
        _, text = await ask(idle, "/metrics")
        assert sum(sample(text, "unstill_takes_open", state=state) for state in ("waiting", "queued")) == 1
        await stage.alice.click(status_line, label="Cancel")
        await stage.eventually(lambda: stage.said(stage.thread, "✖️"))
        _, text = await ask(idle, "/metrics")
        assert sample(text, "unstill_takes_ended_total", how="cancelled") == 1


async def test_it_says_what_is_wrong(served, redis_server, monkeypatch):
    gone = served.model_copy(update={"redis_url": type(served.redis_url)(redis_server.url)})
    async with opened_stage(gone) as stage:
        redis_server.kill()
        await stage.env.advance_time(2)
        assert await ask(gone, "/readyz") == (503, '{"ok": false, "wrong": ["Redis is away"]}')
        monkeypatch.setattr(health, "STUCK", -1.0)
        status, text = await ask(gone, "/healthz")
        assert status == 503
        assert "no tick" in text
