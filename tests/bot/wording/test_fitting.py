"""Whatever members say and however many things there are: what is said of it is one message."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.settings import MOST_BLOCKS, MOST_EMOJI
from bot.commands.story import links
from bot.community.gallery import PAGE, label_of
from bot.language.fluent import LANGUAGES, language
from bot.posts.jam_posts import end_text, vote_text
from bot.posts.report_posts import EMOJI, report_text
from bot.posts.side_posts import tally_text
from bot.rules.blocks import Block, Kind
from bot.rules.family import MOST_DRAWN, Place
from bot.rules.fleet import Footing, Outlook
from bot.rules.homecoming import vetted
from bot.rules.house import House
from bot.rules.jam import ROUNDS, TAKES, Jam, Terms
from bot.rules.takes import Fate, Record
from bot.rules.wishes import Wish
from bot.wording import sentences
from bot.wording.captions import LENGTH, described
from bot.wording.changes import what_changed
from bot.wording.fitting import excerpt, fitting
from bot.wording.house_rules import ROWS, blocked, overview
from renderer.contract.direction import Grade, Life, Light, Weather
from renderer.contract.job import Eased, Policy, Safety
from renderer.contract.job import Place as Where
from renderer.contract.shot import MOOD_LIMIT, NUDGE_LIMIT, Action, Beat, Shot, Take
from tests.stage import POSED

MESSAGE = 2000  # characters that Discord takes in a message
LAID_OUT = 4000  # and in all texts of a message that is laid out
MEMBERS = tuple(10**19 + number for number in range(100))  # who may agree on a take; Discord's ids have 19 digits yet
WORDS = "*" * MOOD_LIMIT  # twice as long when they are quoted
LINK = f"https://discord.com/channels/{10**19}/{10**19}/{10**19}"


def shot(engine="e" * 40, model="_" * 200):
    beat = Beat(mood=WORDS, words=(WORDS,) * NUDGE_LIMIT, seed=1)
    return Shot(still="0" * 64, line=(beat,), engine=engine, model=model)


REPORT = vetted(
    replace(
        POSED,
        unheard=("*" * 500,) * 50,
        sound=True,
        eased=tuple(Eased),
        safety=Safety(where=Where.STILL, policy=Policy.SPOILER, flagged=True, score=1.0),
    ),
    shot(),
)
GREY = replace(REPORT, direction=replace(REPORT.direction, weather=Weather(rain=1.0), light=Light(warmth=1.0)))
EVERYTHING = replace(
    REPORT,
    direction=replace(
        REPORT.direction,
        life=Life(water=1.0, clouds=1.0, sway=1.0, flicker=1.0),
        grade=Grade(saturation=1.0, contrast=1.0),
        light=Light(warmth=1.0, brightness=1.0),
    ),
)


def record(code):
    take = Take(id="1" * 20, root="1" * 20, parent="2" * 20, action=Action.NUDGE, shot=shot())
    place = {"guild_id": 10**19, "channel_id": 10**19, "place_id": 10**19, "message_id": 10**19}
    said = {"report": EVERYTHING, "fate": Fate.KEPT, "fate_by": 10**19, "locale": code}
    return Record(take=take, member_id=10**19, byte_limit=1, credits=MEMBERS, **place, **said)


def queue(own):
    waits = [Outlook(shot=shot(), footing=Footing.UNSERVED, place=10**4, ready_at=2e9) for _ in range(100)]
    return sentences.queue(own, waits, 10**4)


def caption(own):
    changed = what_changed(own, GREY, EVERYTHING)
    covered = {"kept_by": 10**19, "covered": True}
    said = sentences.caption(own, EVERYTHING, Action.NUDGE, MEMBERS, LINK, changed=changed, **covered)
    return said + unsaid(own)


def unsaid(own):
    """What would be said of a picture and its motion where that is as long as it may be."""
    return "x" * (LENGTH - len(described(own, EVERYTHING.picture, EVERYTHING.direction)))


def report(own):
    done = max((own.say(f"report-done-{deed}", member=f"<@{10**19}>") for deed in EMOJI), key=len)
    return f"{report_text(record(own.code), [*MEMBERS])}\n{done}"


def story(own):
    places = [Place(record=record(own.code), number=100 + number, column=0, row=number) for number in range(MOST_DRAWN)]
    return links(own, places)


def jam(number):
    terms = Terms(mood=WORDS, rounds=ROUNDS[1], takes=TAKES[1])
    return Jam(id="1" * 20, guild_id=1, root="1" * 20, host_id=10**19, terms=terms, number=number, closes_at=2e9)


def vote(own):
    return vote_text(own, jam(ROUNDS[1]), [replace(record(own.code), wish=f"jam:x:1:{n}") for n in range(TAKES[1])])


HOUSE = House(
    reroll_votes=100,
    emoji={f"{'_' * 60}{number}": "*" * 100 for number in range(MOST_EMOJI)},
    quiet_from=22,
    quiet_to=6,
    zone="America/Argentina/ComodRivadavia",
    lifted=frozenset(MEMBERS),
    gallery=10**19,
    reports=10**19,
    member_seconds=86400,
    server_seconds=864000,
    cooldown=3600,
    media_days=3650,
)
BLOCKS = [Block(kind=Kind.MEMBER, subject=str(MEMBERS[0]))] * MOST_BLOCKS
BLOCKS += [Block(kind=Kind.WORD, subject="*" * 60)] * MOST_BLOCKS

SAID = {
    "an emoji's meaning": lambda own: ROWS["emoji"](own, HOUSE),
    "all rules": lambda own: overview(own, HOUSE),
    "who is shut out": lambda own: blocked(own, BLOCKS),
    "the queue": queue,
    "a caption": caption,
    "a reel's caption": lambda own: sentences.reel_caption(own, 10, MEMBERS, MEMBERS, LINK, 10**19, "generated"),
    "a report": report,
    "a story": story,
    "a tally": lambda own: tally_text(own, Wish(action=Action.NUDGE, words=WORDS).key, 99, 100),
    "a vote": vote,
    "a jam's last word": lambda own: end_text(own, jam(1), [record("en")] * 9, MEMBERS),
    "an opener that explains": lambda own: "\n".join(
        [
            sentences.opener(own, f"<@{10**19}>", WORDS),
            sentences.explanation(own, "no_such_engine", dict.fromkeys(("name", "choices"), WORDS)),
        ]
    ),
    "what I am": lambda own: sentences.about(own, "1" * 40, ["*" * 500] * 9),
    "a status line": lambda own: sentences.waiting(
        own, Outlook(shot=shot(), footing=Footing.UNSERVED, place=10**4, ready_at=2e9)
    ),
}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("surface", SAID)
def test_the_longest_that_can_be_is_one_message(surface, code):
    said = SAID[surface](language(code))
    assert len(said) <= MESSAGE


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_of_the_gallery_is_one_message(code):
    own = language(code)
    label = f"{label_of(own, record(code))}{unsaid(own)}{own.say('gallery-no-picture')}"
    assert PAGE * len(label) <= LAID_OUT


def test_what_was_just_said_is_among_what_is_shown():
    own = language("en")
    newest = HOUSE.emoji | {"🐢": "newest"}
    assert "🐢 newest, " in ROWS["emoji"](own, replace(HOUSE, emoji=newest))
    assert "newest" in blocked(own, [*BLOCKS, Block(kind=Kind.WORD, subject="newest")])


@given(st.lists(st.text("ab", max_size=9), max_size=9), st.integers(4, 60))
def test_the_first_that_fit_are_said_and_how_many_more_there_are(rows, most):
    said = fitting(rows, most)
    told, _, left = said.rpartition("+ ")
    assert len(said) <= most
    assert said == ", ".join(rows) or len(rows) == int(left) + len(told.split(", ")) - 1


@given(st.text("ab*_[@e \n", max_size=40), st.integers(1, 60))
def test_an_excerpt_is_no_longer_than_it_may_be_and_ends_no_sooner_than_it_must(words, most):
    said, whole = excerpt(words, most), excerpt(words, 1000)
    assert len(said) <= most
    assert said == whole or (said.endswith("…") and len(said) >= min(most, len(whole)) - 4)
