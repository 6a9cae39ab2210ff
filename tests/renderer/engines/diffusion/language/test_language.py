"""What models are told: each family in its own words and numbers, the member's own words among them."""

import math
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderer.contract.direction import (
    Camera,
    Direction,
    Easing,
    Grade,
    Lamp,
    Life,
    Light,
    Move,
    Pace,
    Reading,
    Side,
    Weather,
)
from renderer.contract.shot import MOOD_LIMIT
from renderer.engines.diffusion.checkpoints.spec import Family
from renderer.engines.diffusion.language import FAMILIES, Said, say
from renderer.engines.diffusion.language.camera import SCORED
from renderer.mood import direct
from tests.renderer import strategies
from tests.renderer.meanings import english
from tests.renderer.scenery import beat

WORDED = (Family.WAN, Family.LTX, Family.LTX2)
LIMITS = {Family.WAN: 100, Family.VACE: 100, Family.LTX: 200, Family.LTX2: 200}
PARTS = {"camera": Camera, "pace": Pace, "life": Life, "light": Light, "weather": Weather, "grade": Grade}
NUMBERS = [(part, field.name) for part, kind in PARTS.items() for field in fields(kind) if field.type is float]

PLAIN = Reading(brightness=0.5, warmth=0.0, palette=("#808080",))
LAKE = replace(PLAIN, horizon=0.5, sky=0.3, water=0.2, plants=0.15, shows=("lakeside",))
SHORE = replace(LAKE, shows=("shore",))
CAT = replace(PLAIN, shows=("cat",))
DOG = replace(PLAIN, shows=("dog",), plants=0.3, sky=0.2)
FACE = replace(PLAIN, faces=1, people=1)
CROWD = replace(PLAIN, people=5, faces=5)
LAMPS = replace(PLAIN, lamps=(Lamp(x=0.2, y=0.3, size=0.1, warmth=0.6),), light_from=Side.LEFT)
CANDLE = replace(LAMPS, shows=("candle",))


def directed(move=Move.PUSH_IN, easing=Easing.SMOOTH, *, loop=False, **numbers):
    """A direction of which nothing is told but what is named."""
    numbers = {"amount": 0.7, "speed": 0.45, **numbers}
    made = {
        part: kind(
            **{name: numbers.pop(name) for name in [field.name for field in fields(kind)] if name in numbers},
            **({"move": move} if kind is Camera else {"easing": easing} if kind is Pace else {}),
        )
        for part, kind in PARTS.items()
    }
    assert not numbers
    return Direction(**made, loop=loop)


def told(family, direction, reading=PLAIN, mood="", words=(), **course):
    return say(family, direction, reading, beat(mood, words=words), **course)


# direction, reading, what the member says, what is told, what is not told
ROWS = {
    "a push in": (
        directed(Move.PUSH_IN),
        PLAIN,
        "",
        ("camera zooms in, smoothly and at a moderate pace",),
        ("static",),
    ),
    "a pull out": (directed(Move.PULL_OUT), PLAIN, "", ("camera zooms out",), ("zooms in",)),
    "no move": (directed(Move.STILL), PLAIN, "", ("Camera static.", "Everything holds still."), ("pans", "zooms")),
    "a still camera on a moving scene": (
        directed(Move.STILL, water=0.5, speed=0.2),
        LAKE,
        "",
        ("Camera static.", "The water ripples", "All motion runs smoothly and very slowly."),
        ("holds still",),
    ),
    "a hand that holds still": (
        directed(Move.STILL, handheld=0.6),
        PLAIN,
        "",
        ("Camera handheld and shaking, staying in place.",),
        ("static", "smoothly"),
    ),
    "a hand that moves": (
        directed(Move.PAN_LEFT, handheld=0.2),
        PLAIN,
        "",
        ("camera pans left, at a moderate pace, handheld with a slight sway",),
        ("smoothly",),
    ),
    "a late start": (
        directed(Move.TILT_UP, Easing.HOLD),
        PLAIN,
        "",
        ("After a short pause, the camera tilts up",),
        ("smoothly",),
    ),
    "a jolt": (
        directed(Move.TILT_DOWN, Easing.ABRUPT, speed=0.8),
        PLAIN,
        "",
        ("All at once, the camera tilts down",),
        (),
    ),
    "coming to rest": (directed(Move.PAN_RIGHT, Easing.SETTLE), PLAIN, "", ("pace, then comes gently to rest",), ()),
    "a small move": (directed(Move.PAN_RIGHT, amount=0.4), PLAIN, "", ("camera pans right a little",), ("long way",)),
    "a dolly zoom": (directed(Move.DOLLY_ZOOM), PLAIN, "", ("camera dollies in while its lens zooms out",), ()),
    "waves": (directed(water=0.5), SHORE, "", ("The waves roll in",), ("ripples",)),
    "a breathing cat": (directed(breath=0.4), CAT, "", ("The cat breathes, its ears twitch.",), ("person",)),
    "one face": (directed(breath=0.4), FACE, "", ("The person breathes and blinks.",), ("people",)),
    "many faces": (directed(breath=0.4), CROWD, "", ("The people breathe and blink.",), ("person",)),
    "clouds": (directed(clouds=0.4), LAKE, "", ("clouds drift across the sky",), ()),
    "leaves": (directed(sway=0.95), LAKE, "", ("Leaves and stems toss in a strong wind.",), ()),
    "a flame": (directed(flicker=0.5), CANDLE, "", ("The flame flickers.",), ("lights",)),
    "lamps": (directed(flicker=0.5), LAMPS, "", ("The lights flicker softly.",), ("flame",)),
    "light rain": (directed(rain=0.3), LAKE, "light rain", ("Light rain starts to fall.",), ("Heavy",)),
    "heavy snow": (directed(snow=1.0), LAKE, "heavy snow", ("Thick snow starts to fall.",), ()),
    "a warm evening": (
        directed(warmth=0.5, brightness=-0.3),
        LAKE,
        "golden",
        ("The light gradually turns warm and golden and a little darker.",),
        (),
    ),
    "a beam": (directed(sweep=0.5), LAMPS, "", ("A beam of light sweeps across from the left.",), ()),
    "black and white": (directed(saturation=-1.0), LAKE, "noir", ("The colour gradually turns black and white.",), ()),
    "a focus pull": (directed(focus=0.6), LAKE, "", ("The background slips out of focus.",), ()),
    "somebody acts": (
        directed(breath=0.4),
        FACE,
        "the girl turns and smiles",
        ("The girl turns and smiles.",),
        ("breathes",),
    ),
    "a mood": (directed(), LAKE, "calm and very lonely", ("A calm and very lonely mood.",), ()),
    "a mood beside a request": (directed(), LAKE, "epic, zoom in", ("An epic mood.",), ("Epic", "Zoom in")),
    "a saying": (directed(), FACE, "we made it", ("We made it.",), ("mood",)),
    "steam said and seen once": (
        directed(mist=0.65),
        PLAIN,
        "steam rises from the cup",
        ("Steam rises from the cup.",),
        ("mist",),
    ),
    "a word that means two things": (
        directed(water=0.75),
        FACE,
        "she salutes and the flag behind her waves",
        ("She salutes and the flag behind her waves.",),
        ("water",),
    ),
    "far and slow": (directed(amount=1.0, speed=0.2), PLAIN, "", ("camera zooms in, smoothly",), ("long way",)),
    "one thing alone": (directed(water=0.5), LAKE, "only the water moves", ("Only the water moves.", "ripples"), ()),
    "one thing that no table knows": (
        directed(clouds=0.4),
        LAKE,
        "nothing moves but the sand",
        ("Nothing moves but the sand.",),
        ("clouds",),
    ),
    "another language": (
        directed(),
        LAKE,
        "das M\u00e4dchen l\u00e4chelt, \u5973\u5b69\u8f6c\u8eab",
        ("Das M\u00e4dchen l\u00e4chelt, \u5973\u5b69\u8f6c\u8eab.",),
        (),
    ),
}


@pytest.mark.parametrize("family", WORDED)
@pytest.mark.parametrize("row", ROWS)
def test_the_prompt_says_what_is_directed_and_said(family, row):
    direction, reading, mood, there, absent = ROWS[row]
    prompt = told(family, direction, reading, mood).prompt
    assert [words for words in there if words not in prompt] == []
    assert [words for words in absent if words in prompt] == []


# what the member says, in order; what the prompt still says; what it does not; what is not wanted
DENIALS = {
    "an unknown thing": (("a dragon flies by, no fire balls please",), ("A dragon flies by.",), ("fire",), ("fire",)),
    "weather": (("no snow",), (), ("snow", "Snow"), ("snow",)),
    "a camera move": (("don't zoom",), (), ("zoom",), ("camera zoom",)),
    "within a sentence": (("the girl dances without music",), ("The girl dances.",), ("music",), ("music",)),
    "an action": (("the girl turns and smiles", "don't smile"), ("The girl turns.",), ("smile",), ("smile",)),
    "what was said before": (("heavy rain on the roof tiles", "no rain"), ("The roof tiles.",), ("ain ",), ("rain",)),
    "a mood": (("lonely and not scary",), ("A lonely mood.",), ("scary",), ("scary",)),
    "with alternatives": (("no zoom or pan",), (), ("zoom", " pan"), ("camera zoom", "camera pan")),
    "people": (("no people",), (), ("people",), ("moving people",)),
    "speed": (("not fast",), (), ("fast",), ("fast motion",)),
    "then asked for": (("no dragon", "down comes a dragon"), ("Down comes a dragon.",), (), ()),
    "then known": (("no snow", "heavy snow"), (), (), ()),
    "no more of it": (("no more rain",), (), ("rain", "Rain"), ("rain",)),
    "all but one thing": (("nothing else moves, only her eyes",), ("Only her eyes.",), ("lse",), ("static",)),
    "emphasis": (("no snow on the roof, the dog barks",), ("The dog barks.",), ("snow", "roof"), ("snow",)),
}


@pytest.mark.parametrize("family", WORDED)
@pytest.mark.parametrize("row", DENIALS)
def test_what_is_denied_is_kept_out_and_named_as_a_fault(family, row):
    (mood, *words), there, absent, unwanted = DENIALS[row]
    said = told(family, directed(Move.TILT_UP), LAKE, mood, words)
    faults = said.negative.split(", ")
    assert [fragment for fragment in there if fragment not in said.prompt] == []
    assert [fragment for fragment in absent if fragment in said.prompt] == []
    assert [fault for fault in unwanted if not any(fault in named for named in faults)] == []
    if not unwanted:
        assert words[0].split()[-1] not in said.negative


def test_what_is_not_wanted_silences_our_own_sentences():
    """The direction may still hold what an unknown word means: no wind is heard of after "no breeze at all"."""
    windy = directed(sway=0.5)
    assert "breeze" in told(Family.WAN, windy, LAKE).prompt
    assert "breeze" not in told(Family.WAN, windy, LAKE, "no breeze at all").prompt


def test_a_correction_is_no_wish():
    said = told(Family.WAN, directed(), LAKE, "the dog barks. that is not water")
    assert "The dog barks." in said.prompt
    assert "water" not in said.prompt + said.negative


def test_a_move_that_was_overruled_is_not_said():
    said = told(Family.WAN, directed(Move.PULL_OUT), LAKE, "slow zoom in on the old sailor", ("zoom out",))
    assert "zooms out" in said.prompt
    assert "old sailor" in said.prompt
    assert "oom in" not in said.prompt


@pytest.mark.parametrize("family", WORDED)
@pytest.mark.parametrize(("part", "name"), NUMBERS)
def test_each_number_has_words(family, part, name):
    """A new field of the direction without words of its own fails here."""
    plain = directed(**({"easing": Easing.SMOOTH} if part == "pace" else {}))
    changed = replace(plain, **{part: replace(getattr(plain, part), **{name: 1.0})})
    assert told(family, changed, LAKE).prompt != told(family, plain, LAKE).prompt


@pytest.mark.parametrize("family", WORDED)
def test_each_move_and_each_easing_has_its_own_words(family):
    for choices, name in ((Move, "move"), (Easing, "easing")):
        prompts = {told(family, directed(**{name: choice})).prompt for choice in choices}
        assert len(prompts) == len(choices)


@pytest.mark.parametrize("family", WORDED)
@pytest.mark.parametrize("move", SCORED)
def test_the_benchmark_finds_its_phrase_and_no_other(family, move):
    """VBench-I2V looks for these seven; a prompt with two of them could not be scored."""
    prompt = told(family, directed(move, water=0.5), LAKE).prompt.lower()
    assert [phrase for phrase in SCORED.values() if phrase in prompt] == [SCORED[move]]


@pytest.mark.parametrize("family", WORDED)
def test_slower_changes_only_the_words_for_pace(family):
    """The camera's sentence alone differs, and in it the pace alone."""
    usual = told(family, directed(speed=0.45, water=0.4), LAKE, "calm")
    slower = told(family, directed(speed=0.25, water=0.4), LAKE, "calm", ("slower",))
    assert slower.prompt == usual.prompt.replace("at a moderate pace", "slowly")
    assert slower.prompt != usual.prompt


def test_the_action_comes_first_for_ltx_and_the_camera_for_wan():
    direction = directed(water=0.5)
    assert told(Family.WAN, direction, LAKE, "the boat rocks").prompt.startswith("The camera")
    assert told(Family.LTX, direction, LAKE, "the boat rocks").prompt.startswith("The boat rocks. The water")


@pytest.mark.parametrize("family", WORDED)
def test_backwards_tells_of_what_leads_up_to_the_frame(family):
    direction = directed(rain=0.6, warmth=0.6)
    forward, backward = told(family, direction, LAKE), told(family, direction, LAKE, backwards=True)
    assert "final frame" in backward.prompt
    assert "Steady rain is in the air at first and clears away." in backward.prompt
    assert "The light is warm and golden at first and gradually changes back." in backward.prompt
    assert "final frame" not in forward.prompt


@pytest.mark.parametrize("family", WORDED)
def test_a_loop_ends_as_it_begins(family):
    prompt = told(family, directed(Move.PAN_LEFT, rain=0.6), LAKE, loop=True).prompt
    assert "camera pans left" in prompt
    assert "then returns to where it started" in prompt
    assert "ends exactly as it began" in prompt
    assert told(family, directed(Move.PAN_LEFT, rain=0.6, loop=True), LAKE).prompt == prompt


@pytest.mark.parametrize("family", WORDED)
def test_stillness_is_a_fault_only_where_something_is_to_move(family):
    lively, calm = directed(speed=0.8), directed(speed=0.2)
    assert "static" in told(family, lively).negative.split(", ")
    assert "static" not in told(family, calm).negative.split(", ")
    assert "static" in told(family, calm, FACE, "the girl dances").negative.split(", ")


@pytest.mark.parametrize("family", WORDED)
def test_a_static_camera_is_never_named_a_fault(family):
    said = told(family, directed(Move.STILL, water=0.9), LAKE, "the waves crash on the rocks")
    assert "Camera static." in said.prompt
    assert "static" not in said.negative


@pytest.mark.parametrize(
    ("asked", "fault", "families"),
    [
        ({"handheld": 0.5}, "camera shake", (Family.WAN,)),
        ({"handheld": 0.5}, "jittery", (Family.LTX, Family.LTX2)),
        ({"focus": 0.6}, "blurred details", (Family.WAN,)),
        ({"focus": 0.6}, "blurry", (Family.LTX, Family.LTX2)),
        ({"saturation": 0.6}, "garish colours", (Family.WAN,)),
        ({"saturation": -0.6}, "grey overall", (Family.WAN,)),
        ({"brightness": 0.6}, "overexposed", (Family.WAN,)),
    ],
)
def test_what_is_asked_for_is_no_fault(asked, fault, families):
    for family in families:
        assert fault in told(family, directed()).negative.split(", ")
        assert fault not in told(family, directed(**asked)).negative.split(", ")


@pytest.mark.parametrize(
    ("numbers", "reading", "mood", "heard", "unheard"),
    [
        ({"rain": 0.5}, LAKE, "", "rain pattering", "birds"),
        ({"rain": 0.9}, LAKE, "", "heavy rain drumming down", "pattering"),
        ({"water": 0.4}, SHORE, "", "waves rolling in", "lapping"),
        ({"water": 0.4}, LAKE, "", "water lapping softly", "waves"),
        ({"sway": 0.9}, LAKE, "", "strong wind", "room tone"),
        ({"flicker": 0.5}, CANDLE, "", "the crackle of fire", "room tone"),
        ({"breath": 0.4}, DOG, "", "the dog panting softly", "breathing"),
        ({}, PLAIN, "", "quiet room tone", "open air"),
        ({}, LAKE, "", "the quiet of the open air", "room tone"),
        ({"sway": 0.5}, LAKE, "no wind", "the quiet of the open air", "wind"),
    ],
)
def test_ltx2_is_told_what_would_be_heard(numbers, reading, mood, heard, unheard):
    sound = told(Family.LTX2, directed(**numbers), reading, mood).prompt.partition("The sound is ")[2]
    assert heard in sound
    assert unheard not in sound


def test_music_is_a_fault_until_somebody_plays():
    assert "music" in told(Family.LTX2, directed()).negative.split(", ")
    assert "music" not in told(Family.LTX2, directed(), FACE, "the old man plays his violin").negative.split(", ")


def test_motion_speed_follows_the_pace():
    speeds = [told(Family.LTX2, directed(speed=speed)).numbers["motion_speed"] for speed in (0.0, 0.25, 0.45, 0.7, 1.0)]
    assert speeds == sorted(set(speeds))
    assert (speeds[0], speeds[2], speeds[-1]) == (0.6, 1.0, 1.2)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"amount": 0.4}, {"amount": 0.9}),
        ({"speed": 0.2}, {"speed": 0.8}),
        ({"move": Move.STILL}, {"move": Move.PAN_LEFT}),
        ({"water": 0.2}, {"water": 0.9}),
        ({"snow": 0.1}, {"snow": 0.9}),
        ({"handheld": 0.0}, {"handheld": 0.8}),
    ],
)
def test_svd_is_told_to_move_more_by_a_number(less, more):
    few, many = told(Family.SVD, directed(**less), LAKE), told(Family.SVD, directed(**more), LAKE)
    assert few.numbers["motion_bucket_id"] < many.numbers["motion_bucket_id"]
    assert few.numbers["noise_aug_strength"] < many.numbers["noise_aug_strength"]
    assert few.prompt == few.negative == ""


def test_svd_may_leave_the_still_further_where_the_light_changes():
    plain, night = told(Family.SVD, directed()), told(Family.SVD, directed(brightness=-0.8))
    assert plain.numbers["motion_bucket_id"] == night.numbers["motion_bucket_id"]
    assert plain.numbers["noise_aug_strength"] < night.numbers["noise_aug_strength"]


REAL = [
    ("calm, slow push in", (), CAT, ("camera zooms in", "slowly", "The cat breathes", "calm mood"), ()),
    (
        "pan left, light rain, the old boat rocks",
        (),
        LAKE,
        ("camera pans left", "Light rain", "The old boat rocks"),
        (),
    ),
    (
        "she turns her head and smiles",
        ("no zoom", "slower"),
        FACE,
        ("She turns her head and smiles.",),
        ("zoom", "lower"),
    ),
    ("static camera, wind in the trees", (), LAKE, ("Camera static.", "flutter in the wind"), ("zooms", "pans")),
    ("heavy snow, handheld", ("no snow",), LAKE, ("handheld",), ("now",)),
    ("steam rises, pan left", (), PLAIN, ("Steam rises", "camera pans left"), ("Mist", "camera rises")),
    ("only the water moves", (), LAKE, ("Only the water moves.",), ("clouds", "Leaves")),
    ("pan left", ("don't pan, zoom out instead",), LAKE, ("camera zooms out",), ("pan",)),
]


@pytest.mark.parametrize("family", WORDED)
@pytest.mark.parametrize(("mood", "words", "reading", "there", "absent"), REAL)
def test_what_a_member_says_reaches_the_model_through_the_direction(family, mood, words, reading, there, absent):
    said = beat(mood, words=words)
    prompt = say(family, direct(said, reading, meaning=english()), reading, said).prompt
    assert [fragment for fragment in there if fragment not in prompt] == []
    assert [fragment for fragment in absent if fragment in prompt] == []


HOSTILE = st.text(
    st.sampled_from("ab <>[]{}()*_~`|\\\"#@\x00\x1b\n\r\t\u2028\u202e\ufe0f\U0001f525\u0301.,!?;:'-no"), max_size=80
)


@settings(max_examples=40, deadline=None)
@given(
    direction=strategies.directions,
    reading=strategies.readings,
    mood=strategies.words | HOSTILE,
    words=st.lists(strategies.words | HOSTILE, max_size=3),
    family=st.sampled_from(Family),
    loop=st.booleans(),
    backwards=st.booleans(),
)
def test_whatever_is_said_models_get_one_short_plain_line(direction, reading, mood, words, family, loop, backwards):
    spoken = beat(mood, words=words)
    said = say(family, direction, reading, spoken, loop=loop, backwards=backwards)
    assert said == say(family, direction, reading, spoken, loop=loop, backwards=backwards)
    assert_in_range(said)
    for text in (said.prompt, said.negative):
        assert text == " ".join(text.split())
        assert not set('<>[]{}()*_~`|\\"#@') & set(text)
        assert text.isprintable()
    if family in LIMITS:
        assert 0 < len(said.prompt.split()) <= LIMITS[family]
        assert said.negative


def assert_in_range(said: Said):
    spans = {"motion_bucket_id": (1, 255), "noise_aug_strength": (0.0, 0.2), "motion_speed": (0.5, 1.5)}
    for name, value in said.numbers.items():
        low, high = spans[name]
        assert math.isfinite(value)
        assert low <= value <= high
    assert said.numbers.get("motion_bucket_id", 1.0).is_integer()


@pytest.mark.parametrize("family", WORDED)
def test_the_longest_talk_still_fits_and_the_latest_word_is_in_it(family):
    talk = "the " + "wonderful " * 28
    words = [talk[:MOOD_LIMIT]] * 30 + ["the parrot salutes"]
    prompt = told(
        family, directed(**dict.fromkeys(("rain", "water", "sway", "warmth", "candle"), 0.9)), LAKE, talk, words
    ).prompt
    assert "The parrot salutes." in prompt
    assert len(prompt.split()) <= LIMITS[family]


def test_every_family_can_be_spoken_to():
    assert set(FAMILIES) == set(Family)
    assert FAMILIES[Family.VACE] is FAMILIES[Family.WAN]  # so that the tests above go for it too
