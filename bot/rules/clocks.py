"""Times by the wall's clock, which may have been wrong when they were written down.

Whoever compares such a time with now decides by this: what lies further ahead than it ever could was written by a
clock that was wrong, so it holds nothing up.
"""

SKEW = 5.0  # seconds that the clocks of two machines may differ


def is_over(until: float, seconds: float, now: float) -> bool:
    """Whether what lasts so many seconds and ends at `until` is over. An end further ahead than that is no end."""
    return not now < until <= now + seconds + SKEW


def is_ahead(at: float, now: float) -> bool:
    """Whether something that has happened lies ahead of now: the clock went back since, or another's is wrong."""
    return at > now + SKEW
