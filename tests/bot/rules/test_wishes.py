"""Wishes and their keys."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.wishes import KEY_LIMIT, Wish, words_of
from renderer.contract.shot import Action


@given(st.text(max_size=300))
def test_a_wishes_key_is_short_and_tells_wishes_apart(words):
    wish = Wish(action=Action.NUDGE, words=words)
    assert len(wish.key) <= KEY_LIMIT
    assert wish.key != Wish(action=Action.NUDGE, words=f"{words} x").key
    assert words_of(wish.key) in {" ".join(words.split()).casefold(), words_of(wish.key)}
