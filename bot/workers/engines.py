"""What members may choose from to have a still moved: the default, and what living workers offer."""

from bot.errors import RefusedError
from bot.language.fluent import Language
from bot.rules.fleet import Roster
from bot.wording import sentences
from renderer.contract.abilities import check_possible
from renderer.contract.shot import Shot, kind_of

QUOTED = 80  # characters of a name
MOST_NAMED = 9  # in one message


class Engines:
    """Answers from the fleet as it was last seen; nothing here waits for Redis."""

    def __init__(self, default: tuple[str, str], roster: Roster) -> None:
        self.default = default  # engine and model
        self._roster = roster

    def choices(self) -> dict[str, tuple[str, str]]:
        """Engine and model by kind: the default first, then what workers offer, in alphabetical order."""
        offered = sorted({(offer.engine, offer.model) for offer in self._roster.fleet.offers})
        return {kind_of(engine, model): (engine, model) for engine, model in [self.default, *offered]}

    def labels(self, language: Language) -> list[str]:
        """The choices in members' words, as many as one sentence bears; all of them are suggested to who types."""
        named = [sentences.engine(language, engine, model) for engine, model in self.choices().values()]
        return [label[:QUOTED] for label in named[:MOST_NAMED]]

    def chosen(self, said: str, language: Language) -> tuple[str, str]:
        """Engine and model that a member asks for, by kind or label. Raises `RefusedError`."""
        said = said.strip()
        if not said:
            return self.default
        for kind, (engine, model) in self.choices().items():
            if said.casefold() in {kind.casefold(), sentences.engine(language, engine, model).casefold()}:
                return engine, model
        raise RefusedError(
            "no_such_engine",
            name=sentences.quote(said[:QUOTED]),
            choices=sentences.either(language, self.labels(language)),
        )

    def check(self, shot: Shot) -> None:
        """Raise `CannotError` for what the workers of a shot's kind cannot make, as far as that is known."""
        check_possible(shot, self._roster.fleet.abilities(shot.kind))
