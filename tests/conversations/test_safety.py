"""What a member sees of what the safety model flagged. The worker's end is played: it flags what the test says."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from bot.language.fluent import language
from bot.posts.clip_posts import ClipPosts
from bot.posts.places import Places
from bot.rules.clip_card import ClipCard
from bot.rules.flagging import Flagged, policy_for, stricter
from bot.rules.takes import State
from bot.settings import Settings
from bot.takes.workshop import Workshop
from renderer.contract.job import Place, Policy, Problem, Safety

ENGLISH = language("en")

COVER = "SPOILER_"


def names(place):
    return [file.filename for message in place.history() for file in message.attachments]


@pytest.fixture
def flagged(monkeypatch):
    """Each result that comes home is flagged, for the policy that its job would have had."""
    keep = Workshop._keep

    async def flag(self, record, result):
        safety = Safety(flagged=True, score=0.9, where=Place.CLIP, policy=await self._safety.of(record))
        await keep(self, record, replace(result, report=replace(result.report, safety=safety)))

    monkeypatch.setattr(Workshop, "_keep", flag)


@pytest.fixture
def settings(settings, policy):
    return settings.model_copy(update={"safety_policy": Flagged(policy)})


@pytest.mark.parametrize("policy", [Policy.SPOILER])
async def test_a_flagged_clip_and_its_still_are_covered_and_the_caption_says_why(stage, flagged):
    clip = await stage.first_clip()
    assert clip.attachments[0].filename.startswith(f"{COVER}unstill-")
    assert ENGLISH.say("covered-clip") in clip.content
    assert all(name.startswith(f"{COVER}still-") for name in names(stage.channel))


@pytest.mark.parametrize("policy", [Policy.SPOILER])
async def test_a_covered_clip_whose_receipt_is_lost_is_found_and_not_posted_again(stage, flagged):
    """It is looked for by its file's name, which a cover changes."""
    clip = await stage.first_clip()
    take = clip.attachments[0].filename.removeprefix(f"{COVER}unstill-").removesuffix(".mp4")
    record = await stage.services.store.get(take)
    unsure = replace(record, posting=True, message_id=None, asked_at=clip.created_at.timestamp())
    found = await ClipPosts(Places(stage.env.bot)).clip(ClipCard(record=unsure), b"another")
    assert found == clip.id
    assert len(names(stage.thread)) == 1


@pytest.mark.parametrize("policy", [Policy.ALLOW])
async def test_where_all_is_allowed_a_flagged_clip_is_shown_openly(stage, flagged):
    clip = await stage.first_clip()
    assert clip.attachments[0].filename.startswith("unstill-")
    assert "covered" not in clip.content


@pytest.fixture
def refused(monkeypatch):
    """Each result that comes home is a refusal of the still."""

    async def refuse(self, record, result):
        problem = Problem(code="unsafe", data={"where": Place.STILL})
        await self._store.move(record, [State.QUEUED], state=State.FAILING, problem=problem)

    monkeypatch.setattr(Workshop, "_keep", refuse)


@pytest.mark.parametrize("policy", [Policy.REFUSE])
async def test_a_refused_still_is_taken_down_and_the_member_learns_why(stage, refused):
    await stage.animate()
    sentence = await stage.eventually(
        lambda: next((said.content for said in stage.thread.history() if said.content.startswith("⚠️")), None)
    )
    assert "safety check" in sentence
    assert "still" in sentence
    assert names(stage.channel) == []


def test_what_is_flagged_is_refused_unless_the_operator_says_otherwise():
    assert Settings().safety_policy is Flagged.REFUSE


def test_an_unknown_policy_is_refused():
    with pytest.raises(ValidationError, match="allow"):
        Settings(safety_policy="shrug")


@pytest.mark.parametrize(
    ("operator", "house", "restricted_channel", "policy"),
    [
        (Flagged.ALLOW, None, False, Policy.ALLOW),
        (Flagged.ALLOW, Flagged.RESTRICTED, False, Policy.REFUSE),
        (Flagged.ALLOW, Flagged.RESTRICTED, True, Policy.SPOILER),
        (Flagged.SPOILER, Flagged.REFUSE, True, Policy.REFUSE),
        (Flagged.REFUSE, Flagged.SPOILER, True, Policy.REFUSE),
        (Flagged.RESTRICTED, Flagged.SPOILER, True, Policy.SPOILER),
        (Flagged.RESTRICTED, Flagged.SPOILER, False, Policy.REFUSE),
    ],
)
def test_a_server_may_be_stricter_than_the_operator_and_no_laxer(operator, house, restricted_channel, policy):
    assert policy_for(stricter(operator, house), restricted_channel=restricted_channel) is policy


@pytest.mark.parametrize("policy", [Flagged.RESTRICTED])
async def test_only_age_restricted_channels_show_what_is_flagged(stage):
    adults = stage.guild.create_text_channel("adults")
    stage.env.bot.get_channel(adults.id).nsfw = True  # as Discord tells of it
    assert stage.services.safety.is_restricted(adults.id)
    assert not stage.services.safety.is_restricted(stage.channel.id)
    assert not stage.services.safety.is_restricted(1)
