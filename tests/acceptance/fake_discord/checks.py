"""Discord's rules for messages that its OpenAPI description does not tell."""

from collections import Counter

from tests.acceptance.fake_discord.world import V2, walk

LINK, PREMIUM = 5, 6
INTERACTIVE = {2, 3, 4, 5, 6, 7, 8, 19, 21, 22, 23}


def faults(body: dict) -> list[str]:
    """What is wrong with a message or modal, in words; nothing where it is right."""
    components = body.get("components") or []
    found = [*_text(body), *_custom_ids(components)]
    if (body.get("flags") or 0) & V2:
        return found + _v2(body, components)
    return found + (["more than 5 rows"] if len(components) > 5 else [])


def _text(body: dict) -> list[str]:
    return ["content longer than 2000"] if len(body.get("content") or "") > 2000 else []


def _v2(body: dict, components: list[dict]) -> list[str]:
    found = [f"{name} beside components v2" for name in ("content", "embeds", "poll") if body.get(name)]
    if sum(1 for _ in walk(components)) > 40:
        found.append("more than 40 components")
    return found


def _custom_ids(components: list[dict]) -> list[str]:
    parts = [part for part in walk(components) if part["type"] in INTERACTIVE]
    ids = Counter(part.get("custom_id") for part in parts if part.get("style") not in (LINK, PREMIUM))
    missing = ["a component without custom_id"] if None in ids else []
    return missing + [f"custom_id {name} twice" for name, times in ids.items() if name and times > 1]
