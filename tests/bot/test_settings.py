import os
import subprocess
import sys

import pytest
from pydantic import ValidationError

from bot.rules.flagging import Flagged
from bot.settings import Settings


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setenv("UNSTILL_DATA_DIR", str(tmp_path))
    settings = Settings()
    assert settings.discord_token.get_secret_value() == "secret"
    assert settings.data_dir == tmp_path


def test_an_empty_variable_is_unset(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("UNSTILL_SAFETY_POLICY", "")
    assert Settings().redis_url is None
    assert Settings().safety_policy is Flagged.REFUSE


def test_an_engine_with_models_needs_one():
    with pytest.raises(ValidationError, match="UNSTILL_MODEL"):
        Settings(engine="diffusion", model="")
    assert Settings(engine="diffusion", model="svd-xt").model == "svd-xt"


def test_secrets_are_not_shown():
    settings = Settings(
        discord_token="token-abc", redis_url="redis://:hunter2@host", database_url="postgresql://u:hunter2@host/db"
    )
    assert "token-abc" not in repr(settings)
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_postgres_gets_its_driver(given):
    assert Settings(database_url=given).database == "postgresql+asyncpg://u@h/d"


def test_sqlite_stands_in_the_data_folder(tmp_path):
    assert Settings(data_dir=tmp_path, database_url=None).database == f"sqlite+aiosqlite:///{tmp_path}/unstill.db"


def test_an_unknown_log_level_is_refused():
    with pytest.raises(ValidationError, match="choose DEBUG"):
        Settings(log="loud")


def run_bot(tmp_path, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=kept | environment,
    )


def test_without_a_token_the_bot_says_how_to_get_one(tmp_path):
    run = run_bot(tmp_path)
    assert run.returncode == 2
    assert "DISCORD_TOKEN" in run.stderr
    assert len(run.stderr.splitlines()) <= 4
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("UNSTILL_LOG", "loud"), ("REDIS_URL", "redis://:p#hunter2@host"), ("UNSTILL_UPLOAD_LIMIT", "7")],
)
def test_a_wrong_setting_is_one_line(tmp_path, name, value):
    run = run_bot(tmp_path, **{name: value})
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert name in run.stderr
    assert "hunter2" not in run.stderr
