"""What all values of the contract have in common: frozen, strict, and JSON in and out."""

from functools import cache
from typing import Any, Self

from pydantic import ConfigDict, TypeAdapter, ValidationError

from renderer.contract.errors import BadJobError

VALUE = ConfigDict(extra="forbid", allow_inf_nan=False)


class Json:
    """A value that travels as JSON text."""

    __slots__ = ()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read and check. Raises `BadJobError`, which says what is wrong where."""
        try:
            return _adapter(cls).validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadJobError(what=cls.__name__, where=where, why=first["msg"]) from error

    def to_json(self) -> str:
        return _adapter(type(self)).dump_json(self).decode()


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
