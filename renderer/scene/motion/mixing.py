"""Go from one value made of numbers to another."""

from dataclasses import fields, is_dataclass
from typing import TypeVar

Value = TypeVar("Value")


def mix(first: Value, second: Value, share: float) -> Value:
    """Go `share` of the way from the first to the second: frozen dataclasses of floats. The ends come out exactly."""
    if share in {0.0, 1.0} or first == second:
        return second if share else first
    if not is_dataclass(first):
        raise TypeError(first)
    kind = type(first)
    return kind(
        **{
            field.name: (1 - share) * getattr(first, field.name) + share * getattr(second, field.name)
            for field in fields(first)
        }
    )
