"""The tables' history, run at start-up. A new revision: one file in `versions/`."""

import logging
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

log = logging.getLogger(__name__)

LOCK = 0x756E7374696C6C  # "unstill"


def upgrade(connection: Connection, revision: str = "head") -> bool:
    """Bring the database behind `connection` to the newest revision, or to a given one; whether tables were changed.

    One that a later version has brought further is left as it is: the bot of before goes on with it.
    """
    if connection.dialect.name == "postgresql":  # two bots may start at once
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    before = MigrationContext.configure(connection).get_current_heads()
    for there in before:
        if not is_known(there):
            log.warning("the record is at revision %s of a newer version; going on with it", there)
            return False
    if revision == "head" and before == (_history().get_current_head(),):
        return False  # as at nearly every start
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    return bool(before) and MigrationContext.configure(connection).get_current_heads() != before


def is_known(revision: str) -> bool:
    """Whether this version has a revision in its history."""
    return any(each.revision == revision for each in _history().walk_revisions())


@cache
def _history() -> ScriptDirectory:
    """All revisions of this version, whose files are read once."""
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
