"""What the bot makes of the workers that it sees."""

import pytest

from bot.rules.fleet import BLINK, HEAD_START, LATE, Fleet, Footing, Outlook, Roster, is_news
from renderer.contract.abilities import ABILITIES, Abilities, Offer
from renderer.contract.shot import Anchor, Beat, Shot

FIRST = frozenset({Anchor.FIRST})
WEAK = Offer(engine="diffusion", model="svd-xt", abilities=Abilities(anchors=FIRST, neighbour=True))
SHOT = Shot(still="0" * 64, line=(Beat(mood="", seed=1),))


def offer(kind="bars", **changes):
    return Offer(**{"engine": kind, "abilities": ABILITIES[kind]} | changes)


def outlook(footing=Footing.SERVED, ready_at=100.0):
    return Outlook(shot=SHOT, footing=footing, place=0, ready_at=ready_at)


# ---------------------------------------------------------------------- decisions


def test_several_workers_of_a_kind_can_do_what_each_of_them_can():
    strong = offer("diffusion", model="svd-xt")
    assert Fleet(offers=(strong, WEAK)).abilities("diffusion:svd-xt") == WEAK.abilities


def test_what_a_loading_worker_can_do_is_not_known_yet():
    assert Fleet(offers=(offer(ready=False),)).abilities("bars") is None
    assert Fleet().abilities("bars") is None


def test_a_kind_is_served_loading_or_unserved():
    roster = Roster()
    roster.see(Fleet(offers=(offer(), offer("parallax", ready=False))), now=0.0)
    assert roster.footing("bars", HEAD_START) is Footing.SERVED
    assert roster.footing("parallax", HEAD_START) is Footing.LOADING
    assert roster.footing("diffusion:x", HEAD_START) is Footing.UNSERVED


def test_workers_have_a_moment_to_come_at_the_bots_start_and_after_an_outage():
    roster = Roster()
    assert roster.footing("bars", 1e9) is Footing.UNSURE  # Redis has not answered yet
    roster.see(Fleet(), now=100.0)
    assert roster.footing("bars", 100.0 + HEAD_START - 1) is Footing.UNSURE
    assert roster.footing("bars", 100.0 + HEAD_START) is Footing.UNSERVED
    roster.lose_sight()
    assert roster.footing("bars", 200.0) is Footing.UNSURE
    roster.see(Fleet(), now=300.0)
    assert roster.footing("bars", 301.0) is Footing.UNSURE


def test_a_kind_that_blinks_is_not_given_up():
    roster = Roster()
    roster.see(Fleet(offers=(offer(),)), now=0.0)
    roster.see(Fleet(offers=(offer(),)), now=100.0)
    roster.see(Fleet(), now=101.0)
    assert roster.footing("bars", 101.0) is Footing.UNSURE
    assert roster.footing("bars", 100.0 + BLINK) is Footing.UNSERVED


@pytest.mark.parametrize(
    ("said", "now_is", "news"),
    [
        (outlook(), outlook(ready_at=200.0), False),
        (outlook(ready_at=50.0 - LATE), outlook(), False),
        (outlook(ready_at=49.0 - LATE), outlook(), True),
        (outlook(Footing.UNSURE), outlook(), False),
        (outlook(), outlook(Footing.UNSURE), False),
        (outlook(), outlook(Footing.UNSERVED), True),
        (outlook(Footing.UNSERVED), outlook(Footing.LOADING), True),
        (outlook(Footing.LOADING), outlook(), True),
        (outlook(Footing.UNSERVED, ready_at=0.0), outlook(Footing.UNSERVED), False),
        (None, outlook(), True),
        (None, outlook(Footing.UNSURE), False),
    ],
)
def test_a_line_is_edited_for_news_only(said, now_is, news):
    assert is_news(said, now_is, now=50.0) is news
