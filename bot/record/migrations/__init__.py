"""The tables' history, run at start-up. A new revision: one file in `versions/`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

LOCK = 0x756E7374696C6C  # "unstill"


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database behind `connection` to the newest revision, or to a given one."""
    if connection.dialect.name == "postgresql":  # two bots may start at once
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
