"""What a message becomes when Discord takes it in: files stored, components numbered, mentions resolved."""

import copy
import re
from datetime import UTC, datetime

from tests.acceptance.fake_discord import checks, errors
from tests.acceptance.fake_discord.world import LOADING, PLAIN, REPLY, V2, Attachment, Channel, Message, walk

SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12
SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | V2


def check(fake, body: dict) -> None:
    """Raise what Discord would answer to a malformed message or modal, and hold it against the bot."""
    found = checks.faults(body)
    if found:
        fake.violations.extend(found)
        raise errors.invalid_form("; ".join(found))


def compose(fake, channel: Channel, body: dict, files: dict, *, flags: int = 0, ephemeral: bool = False) -> dict:
    """The fields of a new message."""
    check(fake, body)
    attachments = _attach(fake, channel, body, files, kept=[], ephemeral=ephemeral)
    fields = {
        "content": body.get("content") or "",
        "flags": flags | ((body.get("flags") or 0) & SETTABLE),
        "attachments": attachments,
        "components": _finish(fake, body.get("components"), attachments),
        "embeds": _embeds(body.get("embeds"), attachments),
    }
    if not any(fields[name] for name in ("content", "attachments", "components", "embeds")):
        raise errors.empty_message()
    return fields | _reply(channel, body) | _mentions(fake, channel, body)


def edit(fake, message: Message, body: dict, files: dict) -> None:
    """Change what the body names; a deferred answer thereby becomes a message."""
    check(fake, body | {"flags": message.flags | (body.get("flags") or 0)})
    if files or "attachments" in body:
        kept = message.attachments
        ephemeral = message.ephemeral
        message.attachments = _attach(fake, message.channel, body, files, kept=kept, ephemeral=ephemeral)
    if "content" in body:
        message.content = body["content"] or ""
    if "components" in body:
        message.components = _finish(fake, body["components"], message.attachments)
    if "embeds" in body:
        message.embeds = _embeds(body["embeds"], message.attachments)
    message.flags = (message.flags | ((body.get("flags") or 0) & SETTABLE)) & ~LOADING
    message.edited, message.edits = datetime.now(UTC), message.edits + 1


def _attach(fake, channel: Channel, body: dict, files: dict, *, kept: list[Attachment], ephemeral: bool):
    """Old attachments that the body still names (all where it names none), then the new files."""
    if any(len(data) > fake.rules.upload_bytes for _, data in files.values()):
        raise errors.too_large()
    named = {int(each["id"]): each for each in body.get("attachments") or []}
    if unknown := named.keys() - files.keys() - {old.id for old in kept}:
        raise errors.invalid_form(f"attachments {sorted(unknown)} were not sent")
    stay = [old for old in kept if "attachments" not in body or old.id in named]
    return stay + [
        fake.world.attachment(channel.id, filename, data, named.get(number, {}).get("description"), ephemeral=ephemeral)
        for number, (filename, data) in sorted(files.items())
    ]


def _finish(fake, components: list[dict] | None, attachments: list[Attachment]) -> list[dict]:
    """Components as Discord gives them back: each numbered, media resolved, nothing null."""
    done = _without_nulls(copy.deepcopy(components or []))
    for number, part in enumerate(walk(done), 1):
        part["id"] = part.get("id") or number
        if part["type"] == 17:
            part.setdefault("accent_color", None)
            part.setdefault("spoiler", False)
        for holder in (part, *part.get("items", [])):
            _resolve_media(fake, holder, attachments)
    return done


def _resolve_media(fake, holder: dict, attachments: list[Attachment]) -> None:
    for name in ("media", "file"):
        if name not in holder:
            continue
        url = _attachment_url(holder[name]["url"], attachments)
        holder[name] = {"id": str(fake.world.snowflake()), "url": url, "proxy_url": url}
        holder.setdefault("description", None)
        holder.setdefault("spoiler", False)


def _without_nulls(value):
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def _embeds(embeds: list[dict] | None, attachments: list[Attachment]) -> list[dict]:
    done = copy.deepcopy(embeds or [])
    for embed in done:
        embed["type"] = "rich"
        for name in ("image", "thumbnail"):
            if name in embed:
                url = _attachment_url(embed[name]["url"], attachments)
                embed[name] = {"url": url, "proxy_url": url}
    return done


def _attachment_url(url: str, attachments: list[Attachment]) -> str:
    if not url.startswith("attachment://"):
        return url
    name = url.removeprefix("attachment://")
    found = next((file.url for file in attachments if file.filename == name), None)
    if found is None:
        raise errors.invalid_form(f"{url} names no file of this message")
    return found


def _reply(channel: Channel, body: dict) -> dict:
    reference = body.get("message_reference")
    if not reference:
        return {"type": PLAIN}
    target = channel.messages.get(int(reference["message_id"]))
    if target is not None and not target.deleted:
        return {"type": REPLY, "replies_to": target}
    if reference.get("fail_if_not_exists", True):
        raise errors.invalid_form("message_reference: Unknown message")
    return {"type": PLAIN}


def _mentions(fake, channel: Channel, body: dict) -> dict:
    """Whom the content pings, as far as `allowed_mentions` lets it."""
    content = body.get("content") or ""
    allowed = body.get("allowed_mentions")
    kinds = {"everyone", "users", "roles"} if allowed is None else set(allowed.get("parse", ()))
    named = {int(each) for each in (allowed or {}).get("users", ())}
    said = {int(number) for number in re.findall(r"<@!?(\d+)>", content)}
    pinged = {number for number in said if "users" in kinds or number in named}
    return {
        "mentions": [fake.world.users[number] for number in sorted(pinged) if number in fake.world.users],
        "mentions_everyone": "everyone" in kinds and bool(re.search(r"@(everyone|here)\b", content)),
    }
