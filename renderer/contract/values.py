"""What all values of the contract have in common: frozen, strict, and JSON in and out.

Bots and workers of different versions meet. What a bot asks for is done whole or refused: a field that this version
does not know is an error. What a worker tells (`News`) may say more than this version understands, in any part of it.
"""

from collections.abc import Collection, Container
from functools import cache
from typing import Any, ClassVar, Literal, Self, cast

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from renderer.contract.errors import BadJobError

VALUE = ConfigDict(extra="forbid", allow_inf_nan=False)


class Json:
    """A value that travels as JSON text."""

    __slots__ = ()
    unknown_fields: ClassVar[Literal["ignore"] | None] = None  # None: as each type's own configuration says

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read and check. Raises `BadJobError`, which says what is wrong where."""
        try:
            return _adapter(cls).validate_json(text, extra=cls.unknown_fields)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadJobError(what=cls.__name__, where=where, why=first["msg"]) from error

    def to_json(self) -> str:
        return _adapter(type(self)).dump_json(self).decode()


class News(Json):
    """A value that workers tell: what only a later version says of it is left out."""

    __slots__ = ()
    unknown_fields: ClassVar[Literal["ignore"] | None] = "ignore"


def those_known(known: Container[object]) -> BeforeValidator:
    """Leave out of a list what only a later version knows."""

    def left(values: object) -> object:
        if not isinstance(values, list | tuple | set | frozenset):
            return values
        return [each for each in cast("Collection[object]", values) if each in known]

    return BeforeValidator(left)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
