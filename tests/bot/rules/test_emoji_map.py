"""What an emoji on a clip asks for."""

import pytest

from bot.rules.emoji_map import ACTIONS, FATES, WORDS, bare, wish_of
from bot.rules.house import HOME, House
from bot.rules.takes import Fate
from bot.rules.wishes import Wish
from renderer.contract.shot import Action


@pytest.mark.parametrize("emoji", ["☀️", "☀", "🌧️", "🌧", "❄️", "🌫️", "🗑️", "🗑"])
def test_an_emoji_is_the_same_with_and_without_its_colour(emoji):
    assert wish_of(emoji, HOME) == wish_of(bare(emoji), HOME)
    assert bare(emoji) in {*WORDS, *FATES}


@pytest.mark.parametrize(("emoji", "action"), ACTIONS.items())
def test_actions(emoji, action):
    assert wish_of(emoji, HOME) == Wish(action=action)


def test_fates():
    assert wish_of("⭐", HOME) is Fate.KEPT
    assert wish_of("🗑️", HOME) is Fate.TOSSED


@pytest.mark.parametrize(
    ("emoji", "words"),
    [
        ("🥀", "wilted flower"),
        ("👋🏽", "waving hand sign"),
        ("👩‍🚀", "woman, rocket"),
        ("slow_morning", "slow morning"),
        ("🇯🇵", "regional indicator symbol letter j, regional indicator symbol letter p"),
    ],
)
def test_any_other_goes_by_its_name(emoji, words):
    assert wish_of(emoji, HOME) == Wish(action=Action.NUDGE, words=words)


def test_a_servers_map_comes_first_and_nothing_switches_off():
    house = House(emoji={"🐢": "", "⭐": "stardust", "blobcat": "purring"})
    assert wish_of("🐢", house) is None
    assert wish_of("⭐", house) == Wish(action=Action.NUDGE, words="stardust")
    assert wish_of("blobcat", house) == Wish(action=Action.NUDGE, words="purring")
