"""Numbers of a direction in words, and how a change reads by the end that is given."""

from enum import StrEnum

NOTICED = 0.12  # below, nobody sees it: nothing is said

Steps = tuple[tuple[float, str], ...]  # (from this value on, these words), rising


class Course(StrEnum):
    """Which end of the clip is the given frame."""

    FORWARD = "forward"  # the first: the clip leaves it
    BACKWARD = "backward"  # the last: the clip arrives at it
    LOOP = "loop"  # both


def course_of(*, loop: bool, backwards: bool) -> Course:
    if loop:
        return Course.LOOP
    return Course.BACKWARD if backwards else Course.FORWARD


def worded(value: float, steps: Steps) -> str:
    """Give the words of the highest step that the value reaches; "" where it reaches none."""
    return next((words for least, words in reversed(steps) if value >= least), "")


def both_ways(value: float, up: Steps, down: Steps) -> str:
    """The same for a value that goes to either side of 0."""
    return worded(value, up) if value > 0 else worded(-value, down)


def turning(what: str, states: list[str], course: Course) -> str:
    """Say that something drifts to a state, away from it, or there and back; "" where there is no state."""
    state = " and ".join(filter(None, states))
    if not state:
        return ""
    return {
        Course.FORWARD: f"{what} gradually turns {state}.",
        Course.BACKWARD: f"{what} is {state} at first and gradually changes back.",
        Course.LOOP: f"{what} turns {state} and back again.",
    }[course]
