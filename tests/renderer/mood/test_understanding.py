"""Each mood gets the direction that a film director would give it, whatever the seed and in unlike pictures."""

from dataclasses import fields, replace
from itertools import pairwise
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderer.contract.direction import Easing, Lamp, Move, Reading, Side
from renderer.mood import direct, distance
from renderer.mood.spans import AIR, LIFE, LIGHTS, NUMBERS
from tests.renderer.meanings import english
from tests.renderer.scenery import beat

LAKE = Reading(
    brightness=0.55,
    warmth=0.0,
    palette=("#6080a0",),
    light_from=Side.LEFT,
    horizon=0.5,
    sky=0.35,
    water=0.2,
    plants=0.15,
    subject=(0.5, 0.5),
    confidence=0.7,
    layers=4,
    aspect=1.5,
    shows=("lakeside",),
)
CUP = Reading(
    brightness=0.35,
    warmth=0.25,
    palette=("#604020",),
    light_from=Side.RIGHT,
    lamps=(Lamp(x=0.2, y=0.3, size=0.1, warmth=0.6),),
    subject=(0.5, 0.5),
    confidence=0.6,
    layers=3,
    aspect=1.4,
    shows=("espresso", "cup"),
)
FACE = Reading(
    brightness=0.5, warmth=0.1, palette=("#c09080",), faces=1, people=1, subject=(0.5, 0.4), confidence=0.8, aspect=0.8
)
PICTURES = (LAKE, CUP, FACE)
SEEDS = range(8)
QUIET, HASTY = (0.0, 0.4), (0.6, 1.0)

seeds = st.integers(0, 2**48 - 1)


def directed(mood, seed=7, picture=LAKE, **more):
    return direct(beat(mood, seed=seed, **more), picture, meaning=english())


def numbers(direction):
    parts = (direction.camera, direction.pace, direction.life, direction.light, direction.weather, direction.grade)
    return {field.name: getattr(part, field.name) for part in parts for field in fields(part) if field.name in NUMBERS}


def is_(name, low, high=1.0):
    return name, low, high


COLD, WARM = is_("warmth", -1, -0.05), is_("warmth", 0.05)
DARK, BRIGHT = is_("brightness", -1, -0.03), is_("brightness", 0.03)
FADED, VIVID = is_("saturation", -1, -0.02), is_("saturation", 0.02)
SLOW, FAST = is_("speed", 0, 0.4), is_("speed", 0.5)
SOFT, HARD = is_("contrast", -1, -0.02), is_("contrast", 0.02)
GRAINY = is_("grain", 0.1)


def off(*names):
    return tuple(is_(name, 0, 0) for name in names)


MOODS = {
    # feelings
    "the last day of summer": (SLOW, WARM, GRAINY, *off("rain", "snow", "embers")),
    "something is about to happen": (SLOW, DARK, HARD, FADED, *off("petals", "snow", "bokeh")),
    "half-remembered dream": (SLOW, SOFT, BRIGHT, *off("rain", "embers")),
    "crisp product reveal": (HARD, *off(*AIR)),
    "he never came back": (SLOW, COLD, DARK, FADED),
    "grandma's kitchen": (SLOW, WARM, SOFT, GRAINY, *off("rain", "snow")),
    "victory!": (FAST, BRIGHT, WARM, VIVID, *off("rain", "shadow")),
    "the calm before the storm": (SLOW, DARK, HARD, *off("rain", "petals")),
    "calm": (SLOW, *off("rain", "snow", "embers", "handheld", "grain")),
    "serene and peaceful": (SLOW, *off("rain", "snow", "embers", "handheld")),
    "dreamy": (SLOW, SOFT, BRIGHT),
    "joyful": (FAST, BRIGHT, WARM, VIVID, *off("rain", "shadow", "mist")),
    "laughing with friends": (FAST, BRIGHT, VIVID),
    "melancholy": (SLOW, FADED, DARK, *off("embers", "bokeh")),
    "saying goodbye": (SLOW, FADED, DARK),
    "nostalgia": (SLOW, WARM, SOFT, GRAINY),
    "awe": (SLOW, HARD, *off("rain", "petals")),
    "standing before god": (SLOW, *off("rain", "handheld")),
    "wonder": (SLOW, BRIGHT, VIVID),
    "menacing": (SLOW, DARK, HARD, FADED, *off("petals", "bokeh", "sweep")),
    "a monster in the dark": (DARK, HARD, *off("petals", "bokeh")),
    "sudden shock": (FAST, HARD, *off("mist", "snow")),
    "in a hurry": (FAST, *off("snow", "mist")),
    "a high speed chase": (FAST, is_("handheld", 0, 1)),
    "total chaos": (FAST, is_("amount", 0.8)),
    "intimate": (SLOW, WARM, *off("rain", "snow", "handheld")),
    "a first kiss": (SLOW, WARM, *off("rain", "snow")),
    "lonely": (SLOW, COLD, FADED, DARK),
    "nobody is here any more": (SLOW, COLD, FADED),
    "hope": (is_("speed", 0, 0.5), BRIGHT, WARM, *off("shadow", "rain")),
    "mysterious": (SLOW, COLD, DARK, *off("petals", "snow")),
    "rage": (FAST, DARK, HARD),
    "cosy evening by the fireplace": (SLOW, WARM, is_("candle", 0.4)),
    "epic": (HARD, is_("amount", 0.8), *off("petals", "snow")),
    # times, seasons, places
    "sunset": (SLOW, is_("warmth", 0.4)),
    "neon city at 3am": (COLD, HARD, is_("neon", 0.5), *off("petals", "snow")),
    "midnight": (SLOW, COLD, DARK, *off("rain", "snow", "sweep")),
    "first snow, everyone asleep": (SLOW, COLD, is_("snow", 0.4), *off("rain", "petals")),
    "a storm at sea": (FAST, COLD, DARK, *off("snow", "petals")),
    "autumn leaves falling": (SLOW, WARM, *off("snow", "rain")),
    "an old home movie": (GRAINY, FADED, WARM),
    # emoji
    "\U0001f940": (SLOW, FADED, is_("petals", 0.2)),
    "\u2744\ufe0f": (COLD, FADED, is_("snow", 0.4)),
    "\U0001f525": (is_("embers", 0.4), is_("flicker", 0.7)),
    "\U0001f30a": (is_("water", 0.7),),
    "\u2764\ufe0f": (SLOW, WARM),
    "\U0001f389\U0001f389\U0001f389": (FAST, BRIGHT, VIVID),
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \U0001f44b\U0001f3fd": off(
        "rain", "snow", "embers"
    ),
    # denied
    "no snow please, first day of winter": (COLD, *off("snow")),
    "not sad": off(*AIR, *LIGHTS, "grain", "focus"),
    "not sad, just quiet": (SLOW, is_("saturation", -0.2)),
    "don't make it dark": off("brightness", "shadow"),
    "menacing, but don't make it dark": (HARD, *off("brightness", "shadow", "vignette")),
    "a storm without rain": (COLD, DARK, *off("rain")),
    "nostalgic, no grain": (WARM, *off("grain")),
    "no weather, dreamy": (SOFT, *off(*AIR)),
    "no effects, just a slow pan": (SLOW, *off(*AIR, *LIGHTS, "warmth", "grain")),
    "nothing moves but the water": (is_("water", 0.6), *off("clouds", "sway", "flicker", "breath", "handheld", *AIR)),
    "only the clouds drift": (is_("clouds", 0.6), *off("water", "sway", "flicker", "breath", *AIR)),
    "wind in the leaves, nothing else": (is_("sway", 0.6), *off("water", "clouds", "breath", *AIR)),
    "freeze": off(*LIFE, *AIR, "handheld"),
    "no camera movement, let it rain": (is_("rain", 0.4), *off("snow")),
    # plain
    "push in": off(*AIR, *LIGHTS, "grain", "focus", "handheld"),
    "golden retriever": (is_("warmth", -0.15, 0.15), *off(*AIR, *LIGHTS, "grain")),
    "the dog is closer": off(*AIR, *LIGHTS, "grain"),
    "": off(*AIR, *LIGHTS, "grain", "focus", "handheld"),
}


@pytest.mark.parametrize(("mood", "wanted"), MOODS.items())
def test_a_mood_gets_its_direction_whatever_the_seed_and_picture(mood, wanted):
    for picture in PICTURES:
        for seed in SEEDS:
            found = numbers(directed(mood, seed, picture))
            for name, low, high in wanted:
                assert low <= found[name] <= high, (name, found[name])


@pytest.mark.parametrize(
    ("mood", "moves"),
    [
        ("nothing moves but the water", {Move.STILL}),
        ("freeze", {Move.STILL}),
        ("only a slow crane up", {Move.CRANE_UP}),
        ("he never came back", set(Move) - {Move.DOLLY_ZOOM}),
        ("victory!", set(Move) - {Move.DOLLY_ZOOM, Move.STILL}),
        ("the dog is closer, pan left", {Move.PAN_LEFT}),
    ],
)
def test_a_mood_gets_its_moves(mood, moves):
    assert {directed(mood, seed, picture).camera.move for seed in range(30) for picture in PICTURES} <= moves


@pytest.mark.parametrize(
    ("mood", "likelier", "than"),
    [
        ("something is about to happen", {Move.PUSH_IN, Move.DOLLY_ZOOM}, set(Move) - {Move.PUSH_IN, Move.DOLLY_ZOOM}),
        ("awe", {Move.TILT_UP, Move.CRANE_UP}, {Move.TILT_DOWN, Move.CRANE_DOWN, Move.PAN_LEFT, Move.PAN_RIGHT}),
        ("crisp product reveal", {Move.ARC_LEFT, Move.ARC_RIGHT, Move.PUSH_IN}, {Move.TILT_UP, Move.PAN_LEFT}),
        ("intimate", {Move.PUSH_IN}, set(Move) - {Move.PUSH_IN, Move.STILL}),
    ],
)
def test_a_mood_prefers_its_moves(mood, likelier, than):
    moves = [directed(mood, seed, CUP if mood.startswith("crisp") else LAKE).camera.move for seed in range(200)]
    assert sum(move in likelier for move in moves) > sum(move in than for move in moves)


def test_suspense_holds_and_shock_is_abrupt():
    def easings(mood):
        return [directed(mood, seed).pace.easing for seed in range(60)]

    assert {Easing.ABRUPT} & set(easings("calm")) == set()
    assert easings("something is about to happen").count(Easing.HOLD) > 20
    assert easings("a sudden shock").count(Easing.ABRUPT) > 20


def added(mood, picture, names=AIR, count=80):
    directions = [numbers(directed(mood, seed, picture)) for seed in range(count)]
    return {name: sum(found[name] > 0 for found in directions) / count for name in names}


def test_the_picture_bears_what_is_added():
    """Snow falls into a cool landscape, not into a cup, nor into high summer; dust drifts where light falls in."""
    summer = replace(LAKE, warmth=0.4, plants=0.5)
    assert added("winter", LAKE)["snow"] > 0.5
    assert added("winter", CUP)["snow"] == added("winter", summer)["snow"] == 0
    assert added("grandma's kitchen", CUP)["dust"] > 0.4
    assert added("menacing", replace(CUP, shows=("candle",)))["embers"] > added("menacing", LAKE)["embers"]
    assert added("a raging storm", LAKE)["rain"] > 0.7
    assert added("a raging storm", CUP)["rain"] == 0


def test_additions_are_modest_and_the_seed_chooses_among_them():
    directions = [numbers(directed("half-remembered dream", seed)) for seed in range(60)]
    airs = [tuple(name for name in AIR if found[name]) for found in directions]
    assert len(set(airs)) >= 3
    assert max(len(air) for air in airs) == 1
    assert max(found[name] for found in directions for name in AIR) < 0.7


def test_life_follows_picture_and_mood():
    assert numbers(directed("", picture=LAKE))["water"] > 0.3
    assert numbers(directed("", picture=CUP))["water"] == 0
    assert numbers(directed("", picture=CUP))["flicker"] > 0.3
    assert numbers(directed("", picture=CUP))["clouds"] > 0.2  # steam, where any is seen
    assert numbers(directed("", picture=FACE))["breath"] > 0.2
    assert numbers(directed("", picture=replace(FACE, plants=0.0)))["sway"] > 0.2  # hair and cloth
    assert numbers(directed("", picture=replace(LAKE, plants=0.0, people=0)))["sway"] == 0
    water = [mean(numbers(directed(mood, seed))["water"] for seed in SEEDS) for mood in ("calm", "", "storm")]
    assert water == sorted(set(water))


def test_faces_are_not_gone_around_and_lettering_stays_flat():
    page = replace(CUP, lettering=0.4, lamps=(), shows=())
    arcs = {Move.ARC_LEFT, Move.ARC_RIGHT, Move.DOLLY_ZOOM, Move.CRANE_UP, Move.CRANE_DOWN}
    assert not arcs & {directed("joyful", seed, page).camera.move for seed in range(100)}
    assert numbers(directed("wind", 3, replace(page, plants=0.3)))["sway"] > 0.5  # asked for
    assert numbers(directed("", 3, replace(page, plants=0.3)))["sway"] == 0
    tense = {directed("something is about to happen", seed, FACE).camera.move for seed in range(100)}
    assert Move.DOLLY_ZOOM not in tense
    assert directed("dolly zoom", 1, FACE).camera.move is Move.DOLLY_ZOOM


@pytest.mark.parametrize("mood", ["the last day of summer", "half-remembered dream", "victory!", "mysterious"])
def test_rerolls_differ_noticeably(mood):
    rolls = [directed(mood, seed) for seed in range(30)]
    apart = [distance(one, other) for one, other in pairwise(rolls)]
    assert mean(apart) > 0.15
    assert min(apart) > 0.01


ASKED = {
    "pan left": lambda found: found.camera.move is Move.PAN_LEFT,
    "let it snow": lambda found: found.weather.snow >= 0.3,
    "no rain": lambda found: found.weather.rain == 0,
    "no mist": lambda found: found.weather.mist == 0,
    "candlelight": lambda found: found.light.candle >= 0.5,
    "film grain": lambda found: found.grade.grain >= 0.4,
    "black and white": lambda found: found.grade.saturation == -1,
    "fast": lambda found: found.pace.speed >= 0.8,
    "no flicker": lambda found: found.life.flicker == 0 and found.light.neon == 0,
    "the water moves": lambda found: found.life.water >= 0.6,
    "blur the background": lambda found: found.camera.focus >= 0.5,
    "loop": lambda found: found.loop,
}
FEELINGS = [
    "a raging storm",
    "misty",
    "melancholy",
    "neon city at 3am",
    "he never came back",
    "party time",
    "\u2744\ufe0f",
]


@given(
    asked=st.lists(st.sampled_from(sorted(set(ASKED) - {"no flicker"})), min_size=1, max_size=5, unique=True),
    feeling=st.sampled_from(FEELINGS),
    seed=seeds,
    picture=st.sampled_from(PICTURES),
    last=st.booleans(),
)
def test_what_words_ask_for_is_never_contradicted(asked, feeling, seed, picture, last):
    said = ", ".join([feeling, *asked] if last else [*asked, feeling])
    direction = directed(said, seed, picture)
    for words in asked:
        assert ASKED[words](direction), words


@given(feeling=st.sampled_from(FEELINGS), seed=seeds, denied=st.sampled_from(["no rain", "no mist", "no flicker"]))
def test_what_words_deny_is_not_there(feeling, seed, denied):
    assert ASKED[denied](directed(f"{feeling}, {denied}", seed))


@given(
    said=st.lists(
        st.sampled_from([*MOODS, "slower", "more snow", "much colder", "only the water", "\u200d\ufe0f", "!?"]),
        max_size=4,
    ),
    seed=seeds,
)
def test_all_numbers_keep_their_limits(said, seed):
    for name, value in numbers(directed(" ".join(said)[:300], seed, words=said)).items():
        assert NUMBERS[name].low <= value <= NUMBERS[name].high


def test_at_least_sixty_moods_are_covered():
    assert len(MOODS) >= 60
