"""The rules of a house in words."""

import pytest

from bot.language.fluent import LANGUAGES, language
from bot.rules.house import HOME, House
from bot.wording.house_rules import ROWS, overview


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "house",
    [
        HOME,
        House(reroll_votes=3, reactions=False),
        House(quiet_from=22, quiet_to=6, emoji={"🐢": ""}, lifted={1}, gallery=2),
    ],
)
def test_the_rules_are_said_in_one_message(code, house):
    text = overview(language(code), house)
    assert len(text) < 2000
    assert text.count("\n") == len(ROWS)
