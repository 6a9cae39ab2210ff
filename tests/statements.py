"""What is asked of a database while something is done."""

from contextlib import contextmanager

import sqlalchemy as sa


@contextmanager
def statements_to(database):
    """The statements and their parameters, in order, each as its driver gets it."""
    said = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        said.append((statement, parameters))

    sa.event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(database.engine.sync_engine, "before_cursor_execute", note)


def on(said, table):
    """Those of the statements that speak of a table."""
    return [statement for statement, _ in said if table in statement.replace(",", " ").split()]
