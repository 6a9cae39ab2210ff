"""Discord's own OpenAPI description, as a check on the bot's requests and on this fake's answers."""

import copy
import json
from functools import cached_property
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = "urn:discord"
SENT_EVERYWHERE = {"tts"}  # by discord.py, also where Discord takes no notice


class Spec:
    def __init__(self, path: Path) -> None:
        self._whole = json.loads(path.read_text())
        self._validators: dict[str, Draft202012Validator] = {}

    def request_faults(self, route: str, body) -> list[str]:
        """What is wrong with a request's JSON (in a form: with `payload_json`)."""
        operation, where = self._operation(route)
        if operation is None:
            return ["not in Discord's description"]
        if "requestBody" not in operation:
            return [] if body is None else ["a body where there is none"]
        pointer = f"{where}/requestBody/content/application~1json/schema"
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        return self._faults(pointer, _with_text_ids(body)) + self._unknown_fields(schema, body)

    def response_faults(self, route: str, status: int, body) -> list[str]:
        operation, where = self._operation(route)
        if operation is None:
            return ["not in Discord's description"]
        found, key = self._response(operation, where, status)
        if found is None:
            return [f"status {status} is not described"]
        if "content" not in found:
            return [] if body is None else ["a body where there is none"]
        return self._faults(f"{key}/content/application~1json/schema", body)

    def _operation(self, route: str):
        method, path = route.split(" ")
        operation = self._whole["paths"].get(path, {}).get(method.lower())
        return operation, f"#/paths/{_escaped(path)}/{method.lower()}"

    def _response(self, operation: dict, where: str, status: int):
        responses = operation["responses"]
        name = str(status) if str(status) in responses else f"{status // 100}XX"
        found = responses.get(name)
        if found and "$ref" in found:
            return self._resolve(found["$ref"]), found["$ref"]
        return found, f"{where}/responses/{name}"

    def _faults(self, pointer: str, body) -> list[str]:
        if pointer not in self._validators:
            schema = {"$ref": ROOT + pointer}
            self._validators[pointer] = Draft202012Validator(schema, registry=self._registry)
        error = best_match(self._validators[pointer].iter_errors(body))
        return [f"{error.json_path}: {error.message[:300]}"] if error else []

    def _unknown_fields(self, schema: dict, body) -> list[str]:
        """Misspelt names at the top of an object; Discord itself would silently ignore them."""
        if not isinstance(body, dict):
            return []
        return [f"unknown field {name}" for name in sorted(body.keys() - self._fields(schema) - SENT_EVERYWHERE)]

    def _fields(self, schema: dict) -> set[str]:
        if "$ref" in schema:
            return self._fields(self._resolve(schema["$ref"]))
        own = set(schema.get("properties", {}))
        return own.union(*(self._fields(part) for kind in ("allOf", "anyOf", "oneOf") for part in schema.get(kind, [])))

    def _resolve(self, pointer: str) -> dict:
        found = self._whole
        for step in pointer.removeprefix("#/").split("/"):
            found = found[step]
        return found

    @cached_property
    def _registry(self) -> Registry:
        return Registry().with_resource(ROOT, Resource.from_contents(self._whole, DRAFT202012))


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def _with_text_ids(body):
    """Discord takes numbers where its description wants ids as text; discord.py sends them in these places."""
    if not isinstance(body, dict):
        return body
    body = copy.deepcopy(body)
    message = body["data"] if isinstance(body.get("data"), dict) else body
    for attachment in message.get("attachments") or []:
        attachment["id"] = str(attachment["id"])
    reference = message.get("message_reference") or {}
    reference |= {name: str(value) for name, value in reference.items() if name.endswith("_id")}
    mentions = message.get("allowed_mentions") or {}
    mentions |= {name: [str(each) for each in mentions[name]] for name in ("users", "roles") if name in mentions}
    if "recipient_id" in message:
        message["recipient_id"] = str(message["recipient_id"])
    return body
