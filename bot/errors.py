"""What the bot itself refuses; the sentences stand in `bot.wording.sentences`."""

from renderer.contract.errors import UnstillError


class RefusedError(UnstillError):
    """A request that cannot be granted: `problem-…` in `bot/language/locales`."""

    def __init__(self, code: str, **data: str | float) -> None:
        self.code = code
        super().__init__(**data)
