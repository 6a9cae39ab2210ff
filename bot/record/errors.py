"""What goes wrong with the record, whatever database is behind it. The message is the database's own."""


class RecordError(Exception):
    """The record cannot do what was asked."""


class RecordAwayError(RecordError):
    """The database is busy or away: the same, asked again a little later, may go."""


class RecordFullError(RecordAwayError):
    """The database has no room left to write in."""
