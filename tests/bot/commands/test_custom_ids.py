"""Buttons and forms on old messages are known by their `custom_id` alone: those of version 0.1 stand here in full."""

import pytest

from bot.commands.forms import mood_form, words_form
from bot.commands.gallery import wall
from bot.commands.privacy import forget_button
from bot.commands.story import reel_view
from bot.community.gallery import Exhibit, Filter, Page
from bot.language.fluent import language
from bot.posts.controls import bring_back_button, cancel_button, clip_view
from bot.posts.jam_posts import vote_view
from bot.posts.report_posts import report_view
from bot.rules.clip_card import ClipCard
from bot.rules.jam import Jam, Terms
from bot.rules.takes import Fate, State
from renderer.contract.shot import Action
from tests.bot.record.test_store import record

ENGLISH = language("en")
TAKE, JAM = "619b16b7a79cb8cee55d", "b" * 20
FORMS = {Action.NUDGE: "unstill:nudge-form", Action.AFTER: "unstill:after-form", Action.BEFORE: "unstill:before-form"}


def shown(**changes):
    return record(state=State.SHOWN, wish="jam:x:1:2", **changes)


def found(part):
    """The ids in a view, a form or a part of one, in the order in which they stand."""
    if isinstance(part, dict):
        own = [part["custom_id"]] if str(part.get("custom_id", "")).startswith("unstill:") else []
        return own + found([*part.values()])
    return [each for one in part for each in found(one)] if isinstance(part, list) else []


async def test_under_a_clip():
    fresh = clip_view(ClipCard(record=shown(), reportable=True)).to_components()
    presses = ["reroll", "subtle", "strong", "nudge", "correct", "before", "after", "keep", "toss", "report"]
    assert found(fresh) == [f"unstill:{press}:{TAKE}" for press in presses]
    kept = clip_view(ClipCard(record=shown(fate=Fate.KEPT), shared=True, reportable=True)).to_components()
    assert found(kept)[-4:] == [f"unstill:{press}:{TAKE}" for press in ("let-go", "toss", "share", "report")]
    assert max(len(row["components"]) for row in kept) == 5  # more Discord refuses


async def test_beside_a_clip():
    assert found(cancel_button(shown()).to_components()) == [f"unstill:cancel:{TAKE}"]
    assert found(bring_back_button(shown()).to_components()) == [f"unstill:bring-back:{TAKE}"]
    assert found(reel_view(TAKE, ENGLISH).to_components()) == [f"unstill:reel:{TAKE}", f"unstill:reel-joins:{TAKE}"]
    deeds = [f"unstill:report-{deed}:{TAKE}" for deed in ("toss", "still", "member", "dismiss")]
    assert found(report_view(shown()).to_components()) == deeds
    assert forget_button(42, "yes").custom_id == "unstill:forget:42"


async def test_under_a_vote():
    jam = Jam(id=JAM, guild_id=1, root=TAKE, host_id=3, terms=Terms(mood="calm"), number=2)
    ids = found(vote_view(ENGLISH, jam, [shown()], {}).to_components())
    assert ids == [f"unstill:jam-vote:{JAM}:2:{TAKE}", f"unstill:jam-stop:{JAM}:2"]


async def test_in_the_gallery():
    kept = shown(fate=Fate.KEPT)
    page = Page(records=(kept,), newer=True, older=True)
    exhibit = Exhibit(card=ClipCard(record=kept, shared=True), media=None)
    ids = found(wall(ENGLISH, Filter(member_id=42), page, [exhibit]).to_components())
    pages = [f"unstill:gallery:{way}:42:1:{TAKE}" for way in ("newer", "older")]
    assert ids == [f"unstill:share:{TAKE}", *pages]


@pytest.mark.parametrize(("action", "custom_id"), FORMS.items())
async def test_of_forms(action, custom_id):
    assert words_form(action, TAKE, ENGLISH).custom_id == f"{custom_id}:{TAKE}"
    assert mood_form("42", ENGLISH).custom_id == "unstill:mood-form:42"
