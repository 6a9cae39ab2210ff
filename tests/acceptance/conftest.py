import logging
import os
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.acceptance.fake_discord import FakeDiscord, Spec, issue

SPEC = "UNSTILL_DISCORD_SPEC"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return issue(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def spec():
    """Discord's OpenAPI description, where it is at hand."""
    path = os.environ.get(SPEC)
    return Spec(Path(path)) if path and Path(path).is_file() else None


@pytest.fixture
def open_fake(certificates, spec):
    """A fake that holds every malformed body, and every mishap that never befell, against the test."""

    @asynccontextmanager
    async def opened(**rules):
        async with FakeDiscord(certificates, spec=spec) as fake:
            for name, value in rules.items():
                setattr(fake.rules, name, value)
            yield fake
        assert fake.violations == []
        assert fake.mishaps.left() == []

    return opened


@pytest.fixture
async def fake(open_fake):
    async with open_fake() as opened:
        yield opened


@pytest.fixture
def no_errors_logged(caplog):
    """Nothing unexpected in anybody's log: no error, no traceback."""
    caplog.set_level(logging.INFO)
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call"), *caplog.get_records("teardown")]
    bad = [each for each in records if each.levelno >= logging.ERROR or each.exc_info]
    assert [f"{each.name}: {each.getMessage()}" for each in bad] == []
