"""Words, seed and picture become a direction: explicit words are obeyed, the rest fits, and distances are in order."""

from dataclasses import replace
from itertools import product
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderer.contract.direction import Easing, Move, Reading
from renderer.contract.lineage import STRONG, SUBTLE
from renderer.contract.shot import Anchor, Nudge
from renderer.meaning.anchors import ANCHORS
from renderer.mood import direct as direct_it
from renderer.mood import distance
from renderer.mood.kindred import KINDRED, PROFILES
from renderer.mood.spans import NUMBERS
from renderer.mood.tables import ABSOLUTE, MOVES, RELATIVE
from renderer.mood.wishes import understand
from tests.renderer.meanings import english
from tests.renderer.scenery import beat

READING = Reading(brightness=0.5, warmth=0.1, palette=("#808080",), confidence=0.8, aspect=1.5, subject=(0.5, 0.5))
FLAT = replace(READING, confidence=0.25, subject=None)
SEEDS = range(40)
PANS = {Move.PAN_LEFT, Move.PAN_RIGHT}
ZOOMS = {Move.PUSH_IN, Move.PULL_OUT, Move.DOLLY_ZOOM}

seeds = st.integers(0, 2**48 - 1)


def direct(said, reading, **more):
    return direct_it(said, reading, meaning=english(), **more)


def directed(mood, seed=7, **more):
    return direct(beat(mood, seed=seed, **more), READING)


def numbers(direction):
    parts = (direction.camera, direction.pace, direction.life, direction.light, direction.weather, direction.grade)
    return {name: getattr(part, name) for name in NUMBERS for part in parts if hasattr(part, name)}


def understood(said):
    return understand(beat(said), english())


@pytest.mark.parametrize(
    ("mood", "moves"),
    [
        ("push in", {Move.PUSH_IN}),
        ("zooming in, slowly", {Move.PUSH_IN}),
        ("the camera pulls back", {Move.PULL_OUT}),
        ("zoom out", {Move.PULL_OUT}),
        ("pan to the left", {Move.PAN_LEFT}),
        ("the camera slowly pans to the right while it gets darker", {Move.PAN_RIGHT}),
        ("pan", {Move.PAN_LEFT, Move.PAN_RIGHT}),
        ("tilt up", {Move.TILT_UP}),
        ("crane up over the roofs", {Move.CRANE_UP}),
        ("the camera sinks", {Move.CRANE_DOWN}),
        ("a crane shot", {Move.CRANE_UP, Move.CRANE_DOWN}),
        ("Tilting down!", {Move.TILT_DOWN}),
        ("orbit left", {Move.ARC_LEFT}),
        ("arc", {Move.ARC_LEFT, Move.ARC_RIGHT}),
        ("dolly zoom", {Move.DOLLY_ZOOM}),
        ("vertigo", {Move.DOLLY_ZOOM}),
        ("keep the camera still", {Move.STILL}),
        ("static camera", {Move.STILL}),
        ("no motion", {Move.STILL}),
        ("without moving the camera", {Move.STILL}),
        ("don't move the camera, just make it warmer", {Move.STILL}),
        ("no camera movement please", {Move.STILL}),
        ("no zoom", set(Move) - ZOOMS - {Move.STILL}),
        ("not a pan", set(Move) - PANS - {Move.STILL}),
        ("no zoom or pan", set(Move) - ZOOMS - PANS - {Move.STILL}),
        ("no zoom, pan or tilt", {Move.ARC_LEFT, Move.ARC_RIGHT, Move.CRANE_UP, Move.CRANE_DOWN}),
        ("without zooming, calm", set(Move) - ZOOMS - {Move.STILL}),
        ("no pan, tilt up", {Move.TILT_UP}),
    ],
)
def test_camera_words_are_obeyed_whatever_the_seed(mood, moves):
    assert {directed(mood, seed).camera.move for seed in SEEDS} <= moves


@pytest.mark.parametrize(
    ("mood", "name", "low", "high"),
    [
        ("slow", "speed", 0.0, 0.25),
        ("very slow", "speed", 0.0, 0.2),
        ("fast", "speed", 0.8, 1.0),
        ("not too fast", "speed", 0.0, 0.4),
        ("not slow", "speed", 0.5, 0.7),
        ("warm", "warmth", 0.5, 1.0),
        ("cold light", "warmth", -1.0, -0.5),
        ("not warm", "warmth", 0.0, 0.0),
        ("bright", "brightness", 0.4, 1.0),
        ("dark", "brightness", -1.0, -0.4),
        ("not dark", "brightness", 0.0, 0.0),
        ("black and white", "saturation", -1.0, -1.0),
        ("vivid colours", "saturation", 0.5, 1.0),
        ("handheld", "handheld", 0.7, 1.0),
        ("chaotic but steady", "handheld", 0.0, 0.0),
        ("no colour grading", "saturation", 0.0, 0.0),
        ("no color change", "warmth", 0.0, 0.0),
        ("no vignette", "vignette", 0.0, 0.0),
        ("less dark", "brightness", 0.05, 1.0),
        ("don't make it dark", "brightness", 0.0, 0.0),
        ("let it snow", "snow", 0.7, 0.7),
        ("no snow please", "snow", 0.0, 0.0),
        ("no snow please, but a cold winter day", "snow", 0.0, 0.0),
        ("heavy rain", "rain", 0.8, 1.0),
        ("a storm without rain", "rain", 0.0, 0.0),
        ("cherry blossom petals", "petals", 0.65, 0.75),
        ("dust in the light", "dust", 0.65, 0.75),
        ("embers rising", "embers", 0.75, 0.75),
        ("thick fog", "mist", 0.6, 0.7),
        ("candlelight", "candle", 0.6, 0.8),
        ("neon", "neon", 0.6, 0.8),
        ("sun rays", "sweep", 0.4, 0.8),
        ("a cloud's shadow, cloud shadow", "shadow", 0.6, 0.8),
        ("from dawn to dusk", "day", 0.7, 0.9),
        ("timelapse", "day", 0.7, 0.9),
        ("the water moves", "water", 0.7, 0.8),
        ("no water", "water", 0.0, 0.0),
        ("wind in the leaves", "sway", 0.7, 0.8),
        ("rack focus to the background", "focus", -0.8, -0.6),
        ("blur the background", "focus", 0.6, 0.8),
        ("no blur, intimate", "focus", 0.0, 0.0),
        ("film grain", "grain", 0.5, 0.7),
        ("vhs", "grain", 0.8, 0.9),
        ("nostalgic, no grain", "grain", 0.0, 0.0),
        ("a nightclub without flickering", "neon", 0.0, 0.0),
    ],
)
def test_number_words_are_obeyed_whatever_the_seed(mood, name, low, high):
    for seed in SEEDS:
        assert low <= numbers(directed(mood, seed))[name] <= high


@pytest.mark.parametrize(
    ("mood", "easing"),
    [
        ("sudden", Easing.ABRUPT),
        ("wait, then push in", Easing.HOLD),
        ("settle gently", Easing.SETTLE),
        ("smooth", Easing.SMOOTH),
    ],
)
def test_pace_words_are_obeyed(mood, easing):
    assert {directed(mood, seed).pace.easing for seed in SEEDS} == {easing}


@pytest.mark.parametrize(
    ("mood", "loops"), [("loop", True), ("a seamless calm", True), ("no loop", False), ("", False)]
)
def test_a_loop_is_made_where_words_ask_for_one(mood, loops):
    assert directed(mood).loop is loops


@given(seed=seeds, others=st.lists(st.tuples(seeds, st.floats(0.01, 1)), max_size=4))
def test_what_words_ask_for_is_never_contradicted_by_seed_or_nudge(seed, others):
    nudges = [Nudge(seed=other, strength=strength) for other, strength in others]
    direction = directed("fast pan left, warm, black and white, no vignette", seed, nudges=nudges)
    assert direction.camera.move is Move.PAN_LEFT
    asked = numbers(direction)
    assert (asked["speed"], asked["warmth"], asked["saturation"], asked["vignette"]) == (0.88, 0.6, -1.0, 0.0)


@pytest.mark.parametrize("word", [*ABSOLUTE, *MOVES, *RELATIVE])
def test_every_word_of_the_tables_is_understood_when_said(word):
    wishes = understood(word)
    assert wishes.moves or wishes.numbers or wishes.steps


@given(seed=seeds, mood=st.sampled_from(["", "calm", "push in", "night", "joyful, tilt up"]))
def test_slower_and_warmer_change_exactly_those(seed, mood):
    parent, child = directed(mood, seed), directed(mood, seed, words=["slower, warmer"])
    before, after = numbers(parent), numbers(child)
    assert after["speed"] < before["speed"]
    assert after["warmth"] > before["warmth"]
    assert {name for name in before if before[name] != after[name]} == {"speed", "warmth"}
    assert (child.camera.move, child.pace.easing) == (parent.camera.move, parent.pace.easing)


@pytest.mark.parametrize(
    ("word", "name", "sign"),
    [
        ("slower", "speed", -1),
        ("faster", "speed", 1),
        ("calmer", "speed", -1),
        ("stronger", "amount", 1),
        ("darker", "brightness", -1),
        ("a bit brighter", "brightness", 1),
        ("colder", "warmth", -1),
        ("more colour", "saturation", 1),
        ("less colourful", "saturation", -1),
    ],
)
def test_a_step_goes_its_way_from_wherever_the_seed_stood(word, name, sign):
    for seed in SEEDS:
        before, after = numbers(directed("", seed))[name], numbers(directed("", seed, words=[word]))[name]
        limit = NUMBERS[name].high if sign > 0 else NUMBERS[name].low
        assert sign * (after - before) > 0 or before == limit


def test_degrees_weigh_steps():
    steps = [numbers(directed("", words=[f"{degree} warmer".strip()]))["warmth"] for degree in ("a bit", "", "much")]
    assert steps == sorted(set(steps))


def test_the_latest_word_weighs_most():
    assert directed("slow", words=["fast"]).pace.speed == directed("fast").pace.speed
    assert directed("pan left", words=["no pan", "push in"]).camera.move is Move.PUSH_IN
    assert directed("no zoom", words=["zoom in"]).camera.move is Move.PUSH_IN
    assert directed("", words=["slower", "fast"]).pace.speed == 0.88
    assert directed("loop", words=["no loop"]).loop is False


def test_closer_pushes_in():
    assert directed("calm", words=["closer"]).camera.move is Move.PUSH_IN


def test_moods_colour_the_light_and_pace():
    calm, hasty = (
        mean(directed("calm", seed).pace.speed for seed in SEEDS),
        mean(directed("chaos", seed).pace.speed for seed in SEEDS),
    )
    assert calm < 0.35
    assert hasty > 0.75
    assert all(directed("sunset", seed).light.warmth > 0.4 for seed in SEEDS)
    assert all(directed("❄️", seed).light.warmth < -0.2 for seed in SEEDS)
    assert all(directed("not scary, cheerful", seed).light.brightness > 0 for seed in SEEDS)
    assert "tense" in understood("something is about to happen").moods


def test_every_kindred_word_names_a_mood():
    assert set(KINDRED.values()) == set(PROFILES) == set(ANCHORS)


def test_unknown_words_leave_it_to_seed_and_picture():
    assert directed("xyzzy plugh") == directed("")


def test_rerolls_of_one_mood_differ():
    rolls = [directed("dreamy", seed) for seed in SEEDS]
    assert len({roll.camera.move for roll in rolls}) >= 3
    assert mean(distance(one, other) for one, other in product(rolls, rolls) if one is not other) > 0.1


def test_the_picture_decides_where_no_words_do():
    def moves(reading):
        return [direct(beat(seed=seed), reading).camera.move for seed in range(200)]

    tall, wide = replace(READING, aspect=0.5), replace(READING, aspect=3.0)
    tilts, pans = {Move.TILT_UP, Move.TILT_DOWN}, {Move.PAN_LEFT, Move.PAN_RIGHT}
    assert sum(move in tilts for move in moves(tall)) > 2 * sum(move in tilts for move in moves(wide))
    assert sum(move in pans for move in moves(wide)) > 2 * sum(move in pans for move in moves(tall))
    assert not {Move.ARC_LEFT, Move.ARC_RIGHT, Move.DOLLY_ZOOM} & set(moves(FLAT))
    dark, light = (direct(beat(), replace(READING, brightness=value)).pace.speed for value in (0.05, 0.9))
    assert dark < light


def test_a_drawing_lives_by_the_camera_alone():
    """Nothing in it moves, so the camera holds still only where it is told to, and goes nowhere around."""
    drawing = replace(FLAT, drawing=True, lettering=0.3)
    drawn = [direct(beat("", seed=seed), drawing) for seed in SEEDS]
    around = {Move.STILL, Move.ARC_LEFT, Move.ARC_RIGHT, Move.CRANE_UP, Move.CRANE_DOWN, Move.DOLLY_ZOOM}
    assert not {direction.camera.move for direction in drawn} & around
    assert {(life.water, life.clouds, life.sway, life.breath) for life in (each.life for each in drawn)} == {
        (0, 0, 0, 0)
    }
    assert direct(beat("static camera"), drawing).camera.move is Move.STILL


def test_a_pull_out_is_not_drawn_where_there_is_nothing_wider():
    def moves(nearness, anchor):
        return {direct(beat(seed=seed, anchor=anchor), READING, nearness=nearness).camera.move for seed in range(200)}

    assert Move.PULL_OUT not in moves(0.0, Anchor.FIRST)
    assert Move.PULL_OUT in moves(0.6, Anchor.FIRST)
    assert Move.PUSH_IN not in moves(0.0, Anchor.LAST)
    assert Move.PULL_OUT in moves(0.0, Anchor.LAST)


def test_distance_is_zero_only_for_the_same_and_symmetric():
    one, other = directed("calm", 1), directed("calm, tilt up", 2)
    assert distance(one, one) == 0
    assert distance(one, other) == distance(other, one) > 0


@pytest.mark.parametrize("mood", ["", "calm", "slow push in", "joyful"])
def test_distance_grows_from_subtle_to_strong_to_reroll(mood):
    parents = [directed(mood, seed) for seed in range(150)]

    def far(make):
        return mean(distance(parent, make(seed)) for seed, parent in enumerate(parents))

    subtle, strong = (
        far(lambda seed, s=strength: directed(mood, seed, nudges=[Nudge(seed=seed + 999, strength=s)]))
        for strength in (SUBTLE, STRONG)
    )
    reroll = far(lambda seed: directed(mood, seed + 5000))
    assert 0 < 1.5 * subtle < strong
    assert 1.2 * strong < reroll


@given(seed=seeds, other=seeds)
def test_a_subtle_vary_keeps_move_and_easing_and_stays_near(seed, other):
    parent = directed("", seed)
    child = directed("", seed, nudges=[Nudge(seed=other, strength=SUBTLE)])
    assert (child.camera.move, child.pace.easing) == (parent.camera.move, parent.pace.easing)
    assert distance(parent, child) <= 0.15


@settings(max_examples=40)  # each clause is embedded
@given(said=st.text(max_size=80), seed=seeds)
def test_any_text_gives_a_direction_within_its_ranges(said, seed):
    for name, value in numbers(directed(said, seed)).items():
        assert NUMBERS[name].low <= value <= NUMBERS[name].high


@pytest.mark.parametrize(
    ("said", "move", "is_the_cameras"),
    [
        ("rise", Move.CRANE_UP, True),
        ("steam, rise slowly", Move.CRANE_UP, True),
        ("no mist, rise", Move.CRANE_UP, True),
        ("steam rises from the cup", Move.CRANE_UP, False),
        ("the clouds drift left", Move.PAN_LEFT, False),
        ("clouds, pan left", Move.PAN_LEFT, True),
    ],
)
def test_what_things_do_by_themselves_is_not_asked_of_the_camera(said, move, is_the_cameras):
    assert (move in understood(said).moves) is is_the_cameras


def test_no_more_of_something_ends_it():
    assert directed("rain", words=("more rain",)).weather.rain > directed("rain").weather.rain > 0
    assert directed("rain", words=("no more rain",)).weather.rain == 0
    assert not understood("she smiles no more").barred
