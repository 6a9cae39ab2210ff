"""Members' words in our messages: shown as they were typed, doing nothing."""

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.community.gallery import label_of
from bot.language.fluent import language
from bot.posts.report_posts import report_text
from bot.posts.side_posts import tally_text
from bot.rules.blocks import Block, Kind
from bot.rules.fleet import Footing, Outlook
from bot.rules.house import House
from bot.rules.takes import Record
from bot.rules.visible import visible
from bot.rules.wishes import Wish, checked_words
from bot.wording import sentences
from bot.wording.changes import what_changed
from bot.wording.house_rules import ROWS, blocked
from bot.wording.quoting import quote
from renderer.contract.shot import Action, Beat, Shot, Take
from tests.fuzz.words import moods
from tests.stage import POSED

ENGLISH = language("en")
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # Unicode's classes of direction
# What Discord's clients make something of, in text whose escaped characters are gone.
ALIVE = re.compile(
    r"https?://|discord\.gg/|@everyone|@here|@[!&]?[0-9]{17}|<[^\s]"  # links, invitations, mentions, <…>
    r"|[*_~`|\[\]]"  # emphasis, code, spoilers, links with a name
    r"|^\s*(?:>|#{1,3} |-# |[-*+] |[0-9]+[.)] )",  # quotes, headings, small print, lists
    re.MULTILINE,
)
several = st.lists(
    st.sampled_from(("[a](http://b)", "[c](<https://d.example>)", "<https://e.example>", "x")), max_size=6
)
said = st.one_of(moods, several.map(" ".join)).filter(visible)


def alive(text):
    """What a text does in Discord, one after the other."""
    return ALIVE.findall(re.sub(r"\\[^0-9A-Za-z\s]", "\ue000", text))


def unescaped(text):
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text).replace("@\u200b", "@")


def shot(words):
    return Shot(still="0" * 64, line=(Beat(mood=words, words=(words,), seed=1),))


def record(words):
    take = Take(id="1" * 20, root="1" * 20, parent="2" * 20, action=Action.NUDGE, shot=shot(words))
    return Record(take=take, guild_id=1, channel_id=2, member_id=7, byte_limit=1, report=POSED)


SHOWN = {
    "opener": lambda words: sentences.opener(ENGLISH, "<@7>", words),
    "caption": lambda words: sentences.caption(ENGLISH, replace(POSED, shot=shot(words)), Action.NUDGE, [7], None),
    "changes": lambda words: what_changed(ENGLISH, POSED, replace(POSED, unheard=(words,))),
    "tally": lambda words: tally_text(ENGLISH, Wish(action=Action.NUDGE, words=words).key, 1, 2),
    "queue": lambda words: sentences.queue(
        ENGLISH, [Outlook(shot=shot(words), footing=Footing.SERVED, place=0, ready_at=60.0)], 1
    ),
    "report": lambda words: report_text(record(words), [7]),
    "gallery": lambda words: label_of(ENGLISH, record(words)),
    "emoji": lambda words: ROWS["emoji"](ENGLISH, House(emoji={"🐢": words[:100]})),
    "blocked": lambda words: blocked(ENGLISH, [Block(kind=Kind.WORD, subject=words)]),
}


@pytest.mark.parametrize("surface", SHOWN)
@given(words=said)
@example(words="[a](http://b) [c](http://d) and [e](http://f)")
@example(words="\u202egnp.exe [a](http://b) \u2066x\u2069")
@example(words="# <t:0:R> </animate:123456789012345678> <id:customize> <:pepe:123456789012345678> discord.gg/abc")
def test_members_words_do_nothing_wherever_they_are_shown(surface, words):
    assume(visible(words[:100]))
    show = SHOWN[surface]
    assert alive(show(words)) == alive(show("calm"))
    assert not TURNING & {unicodedata.bidirectional(sign) for sign in show(words)}


@given(moods)
@example("- a list")
@example("1. another")
@example("-# small")
def test_quoted_words_read_as_they_were_typed(words):
    assert unescaped(quote(words)) == visible(words)
    assert alive(quote(words)) == []


@given(moods)
@example("\u202egnp.exe\u202c")
def test_no_name_of_a_thread_or_picture_turns_its_text(words):
    for shown in (sentences.thread_name(ENGLISH, words), sentences.alt_text(ENGLISH, replace(POSED, shot=shot(words)))):
        assert not TURNING & {unicodedata.bidirectional(sign) for sign in shown}
        assert shown.strip()


@pytest.mark.parametrize("words", ["👨‍👩‍👧‍👦 am Meer", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 rain", "می‌خواهم", "क्‍ष", "🏳️‍🌈", "שלום", "ﷺ", "e\u0301"])
def test_what_belongs_to_a_script_or_an_emoji_stays(words):
    assert visible(words) == words


@given(st.text(st.sampled_from("\u200b\u200d\u2066\u202e\ufeff \n"), max_size=20))
def test_words_that_show_nothing_are_none(words):
    assert checked_words(words) == ""
    assert sentences.opener(ENGLISH, "<@7>", words) == ENGLISH.say("opener-no-mood", member="<@7>")
