"""Log lines name their take, and keep secrets."""

import asyncio
import json
import logging
from io import StringIO

import pytest

from renderer.contract.logs import Style, about, from_now_about, hidden, set_up

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture
def lines():
    """What is logged, one object a line; the loggers are as before afterwards."""
    root, out = logging.getLogger(), StringIO()
    handlers, level = root.handlers, root.level
    set_up("INFO", Style.JSON, out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers, root.level = handlers, level


def test_every_line_names_what_it_is_about(lines):
    log = logging.getLogger("bot.somewhere")
    with about(take="abc"):
        log.info("%d bytes", 7)
    log.info("and no take")
    first, second = lines()
    assert (first["event"], first["take"], first["level"], first["logger"]) == (
        "7 bytes",
        "abc",
        "info",
        "bot.somewhere",
    )
    assert "take" not in second


async def test_a_task_is_about_its_own_take(lines):
    async def attend(take):
        from_now_about(take=take)
        await asyncio.sleep(0)
        await asyncio.to_thread(logging.getLogger("x").info, "attended")

    await asyncio.gather(*(asyncio.create_task(attend(take)) for take in "ab"))
    logging.getLogger("x").info("outside")
    *own, outside = lines()
    assert {line["take"] for line in own} == {"a", "b"}
    assert "take" not in outside


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("cannot reach rediss://:hunter2@redis.example:6379/0", "hunter2"),
        ("postgresql+asyncpg://unstill:hunter2@db/unstill is down", "hunter2"),
        (f"token {TOKEN} was refused", TOKEN),
        ("POST https://discord.com/api/v10/webhooks/1234/aW50ZXJhY3Rpb246MTIzNDU2/messages", "aW50ZXJhY3Rpb246"),
        ("POST https://discord.com/api/v10/interactions/1234/aW50ZXJhY3Rpb246MTIzNDU2/callback", "aW50ZXJhY3Rpb246"),
    ],
)
def test_secrets_are_hidden(lines, text, secret):
    assert secret not in hidden(text)
    logging.getLogger("x").error("it failed: %s", text, exc_info=RuntimeError(text))
    (line,) = lines()
    assert secret not in json.dumps(line)
    assert "…" in line["event"]
    assert "RuntimeError" in line["exception"]


def test_for_people_a_line_is_a_line(capsys):
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    set_up("WARNING", Style.LINES)
    with about(take="abc"):
        logging.getLogger("x").warning("look out")
        logging.getLogger("x").info("unheard")
    root.handlers, root.level = handlers, level
    (line,) = capsys.readouterr().err.splitlines()
    assert "look out" in line
    assert "take=abc" in line
