"""Any value of the contract, for hypothesis."""

from hypothesis import strategies as st

from renderer.job import (
    LINE_LIMIT,
    MOOD_LIMIT,
    NUDGE_LIMIT,
    SECONDS,
    SHORT_SIDES,
    Action,
    Anchor,
    Beat,
    Job,
    Nudge,
    Problem,
    Result,
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
shots = st.builds(
    Shot,
    still=digests,
    line=lines,
    engine=st.sampled_from(["parallax", "bars"]),
    model=st.text(max_size=200),
    size=st.integers(*SHORT_SIDES),
    loop=st.booleans(),
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
    Job, take=take_ids, attempt=st.integers(1, 1000), shot=shots, byte_limit=st.integers(64 * 1024, 500 * 2**20)
)
problems = st.builds(
    Problem,
    code=st.text(max_size=40),
    data=st.dictionaries(st.text(), st.text() | st.floats(allow_nan=False, allow_infinity=False)),
)
results = st.builds(
    Result, take=take_ids, attempt=st.integers(1, 1000), clip=st.none() | digests, report=st.none(), problem=problems
)
