"""What a member reads where something is wrong."""

from types import SimpleNamespace

import pytest

from bot.commands.answers import answered
from bot.errors import RefusedError
from bot.record.errors import RecordAwayError, RecordError, RecordFullError


class Response:
    """An interaction's first answer."""

    def __init__(self):
        self.said = []

    def is_done(self):
        return bool(self.said)

    async def send_message(self, text, **_options):
        self.said.append(text)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RecordFullError("database or disk is full"), "I cannot write anything down just now: my disk is full."),
        (RecordAwayError("database is locked"), "My record is busy just now, and nothing was lost."),
        (RecordError("no such column"), "Something went wrong on my side."),
        (RefusedError("take_gone"), "I don't know that take any more."),
    ],
)
async def test_a_member_is_told_once_what_was_wrong(error, said):
    interaction = SimpleNamespace(id=1, locale="en-US", response=Response())
    async with answered(interaction):
        raise error
    (told,) = interaction.response.said
    assert told.startswith(said)
