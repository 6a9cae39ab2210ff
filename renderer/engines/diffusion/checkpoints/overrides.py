"""`unstill.json`: what an operator says of a folder otherwise than its row does."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from renderer.contract.errors import BadModelError
from renderer.engines.diffusion.checkpoints.checkpoint import Json, read_json
from renderer.engines.diffusion.checkpoints.rows import MODELS
from renderer.engines.diffusion.checkpoints.spec import FINISH, ModelSpec

FILE = "unstill.json"
FIXED = ("id", "family", "pipeline")  # they choose code
_SPEC: TypeAdapter[ModelSpec] = TypeAdapter(ModelSpec)


def read_overrides(folder: Path, name: str) -> Json:
    """The folder's `unstill.json`; {} where there is none. Raises `BadModelError`."""
    return read_json(folder / FILE, name) if (folder / FILE).is_file() else {}


def named_row(overrides: Json, name: str) -> ModelSpec | None:
    """The row that the file names, if it does. Raises `BadModelError` where there is no such row."""
    row = overrides.get("row")
    if row is not None and row not in MODELS:
        raise BadModelError(name=name, why=f"its {FILE} names the row {row}; there are: {', '.join(MODELS)}")
    return MODELS[row] if row is not None else None


def overridden(spec: ModelSpec, overrides: Json, name: str) -> ModelSpec:
    """The row with what the file says in its place; a new profile starts out as `finish`. Raises `BadModelError`."""
    said = {field: value for field, value in overrides.items() if field != "row"}
    if fixed := sorted(set(said) & set(FIXED)):
        raise BadModelError(name=name, why=f"its {FILE} may not change {fixed[0]}")
    known = cast("Json", _SPEC.dump_python(spec, mode="json"))
    profiles = known["profiles"]
    for added in set(_table(said.get("profiles"))) - set(profiles):
        profiles[added] = profiles[FINISH]
    try:
        return _SPEC.validate_json(json.dumps(_merged(known, said)))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadModelError(name=name, why=f"its {FILE} is not valid at {where}: {first['msg']}") from error


def _merged(known: Mapping[str, Any], said: Mapping[str, Any]) -> Json:
    """What is said in place of what is known; tables within tables likewise."""
    both = dict(known)
    for field, value in said.items():
        is_table = isinstance(value, dict)
        both[field] = _merged(_table(known.get(field)), _table(cast("object", value))) if is_table else value
    return both


def _table(value: object) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}
