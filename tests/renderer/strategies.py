"""Any value of the contract, for hypothesis."""

from hypothesis import strategies as st

from renderer.contract.direction import (
    FEATURES,
    Camera,
    Corrections,
    DepthSource,
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
from renderer.contract.job import Event, Job, Phase, Policy, Problem, Result
from renderer.contract.shot import (
    LINE_LIMIT,
    MOOD_LIMIT,
    NUDGE_LIMIT,
    SECONDS,
    SHORT_SIDES,
    Action,
    Anchor,
    Beat,
    Nudge,
    Shot,
    Take,
)

seeds = st.integers(0, 2**48 - 1)
words = st.text(st.characters(codec="utf-8"), max_size=MOOD_LIMIT)
take_ids = st.text("0123456789abcdef", min_size=20, max_size=20)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
presses = st.text(max_size=30)


def some(items, limit):
    """A tuple of few or very many."""
    return st.one_of(st.lists(items, max_size=4), st.lists(items, min_size=limit, max_size=limit)).map(tuple)


nudges = st.builds(Nudge, seed=seeds, strength=st.floats(0, 1, exclude_min=True))
beats = st.builds(
    Beat,
    mood=words,
    seed=seeds,
    words=st.lists(words, max_size=4).map(tuple),
    nudges=some(nudges, NUDGE_LIMIT),
    seconds=st.floats(*SECONDS),
    anchor=st.sampled_from(Anchor),
)
lines = st.one_of(
    st.lists(beats, min_size=1, max_size=4),
    beats.map(lambda beat: [beat] * LINE_LIMIT),
).map(tuple)
names = st.sets(st.sampled_from(FEATURES)).map(frozenset)
shots = st.builds(
    Shot,
    corrections=st.builds(Corrections, absent=names, present=names),
    still=digests,
    line=lines,
    engine=st.sampled_from(["parallax", "bars"]),
    model=st.text(max_size=200),
    size=st.integers(*SHORT_SIDES),
    loop=st.booleans(),
    neighbour=st.none() | take_ids,
)
takes = st.builds(
    Take,
    id=take_ids,
    root=take_ids,
    parent=st.none() | take_ids,
    action=st.sampled_from(Action),
    shot=shots,
)
jobs = st.builds(
    Job,
    take=take_ids,
    attempt=st.integers(1, 1000),
    shot=shots,
    byte_limit=st.integers(64 * 1024, 500 * 2**20),
    neighbour=st.none() | digests,
    policy=st.sampled_from(Policy),
)
problems = st.builds(
    Problem,
    code=st.text(max_size=40),
    data=st.dictionaries(st.text(), st.text() | st.floats(allow_nan=False, allow_infinity=False)),
)
results = st.builds(
    Result, take=take_ids, attempt=st.integers(1, 1000), clip=st.none() | digests, report=st.none(), problem=problems
)
events = st.builds(
    Event,
    take=take_ids,
    attempt=st.integers(1, 1000),
    phase=st.none() | st.sampled_from(Phase),
    done=st.integers(0, 10_000),
    total=st.integers(0, 10_000),
)

shares, drifts = st.floats(0, 1), st.floats(-1, 1)
spots = st.tuples(shares, shares)
things = st.sampled_from(["dog", "grass", "mountains", "person", "espresso maker", "coffee", "shore"]) | st.text(
    st.characters(categories=("L", "Zs")), min_size=1, max_size=60
)
directions = st.builds(
    Direction,
    camera=st.builds(
        Camera, move=st.sampled_from(Move), amount=shares, handheld=shares, lean_x=drifts, lean_y=drifts, focus=drifts
    ),
    pace=st.builds(Pace, easing=st.sampled_from(Easing), speed=shares),
    life=st.builds(Life, water=shares, clouds=shares, sway=shares, flicker=shares, breath=shares),
    light=st.builds(
        Light,
        warmth=drifts,
        brightness=drifts,
        day=shares,
        sweep=shares,
        shadow=shares,
        glow=shares,
        candle=shares,
        neon=shares,
    ),
    weather=st.builds(
        Weather, mist=shares, dust=shares, rain=shares, snow=shares, embers=shares, petals=shares, bokeh=shares
    ),
    grade=st.builds(Grade, saturation=drifts, contrast=drifts, vignette=shares, grain=shares),
    loop=st.booleans(),
)
readings = st.builds(
    Reading,
    brightness=shares,
    warmth=drifts,
    palette=st.just(("#102030",)),
    light_from=st.none() | st.sampled_from(Side),
    sun=st.none() | spots,
    lamps=st.lists(st.builds(Lamp, x=shares, y=shares, size=shares, warmth=drifts), max_size=4).map(tuple),
    horizon=st.none() | shares,
    sky=shares,
    water=shares,
    plants=shares,
    lettering=shares,
    faces=st.integers(0, 9),
    people=st.integers(0, 9),
    shows=st.lists(things, max_size=4).map(tuple),
    subject=st.none() | spots,
    confidence=shares,
    depth=st.sampled_from(DepthSource),
    layers=st.integers(1, 5),
    aspect=st.floats(0.25, 4),
)
