"""How things look on the wire."""

from datetime import UTC, datetime

from tests.acceptance.fake_discord.world import DM, TEXT, THREAD, Attachment, Channel, Guild, Message, User

STARTED = datetime(2026, 1, 1, tzinfo=UTC).isoformat()


def user(who: User) -> dict:
    payload = {
        "id": str(who.id),
        "username": who.name,
        "global_name": None if who.bot else who.name.title(),
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    return payload | ({"bot": True} if who.bot else {})


def member(who: User) -> dict:
    """A guild member without its user."""
    return {
        "roles": [],
        "joined_at": STARTED,
        "premium_since": None,
        "nick": None,
        "avatar": None,
        "banner": None,
        "pending": False,
        "flags": 0,
        "mute": False,
        "deaf": False,
        "communication_disabled_until": None,
    }


def full_member(who: User) -> dict:
    return member(who) | {"user": user(who)}


def guild(place: Guild) -> dict:
    """As GET /guilds/{id} shows it."""
    return {
        "id": str(place.id),
        "name": place.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(place.owner.id),
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": str(place.channels[0].id) if place.channels else None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [everyone(place)],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 250000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create(place: Guild, threads: list[Channel], *, joining: bool) -> dict:
    """The event: as above and who and what is in it. Only a guild known from READY says `unavailable`."""
    payload = guild(place) | {
        "joined_at": STARTED,
        "large": False,
        "member_count": len(place.members),
        "members": [full_member(place.members[0])],
        "channels": [channel(each) for each in place.channels],
        "threads": [channel(each) for each in threads],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
    return payload if joining else payload | {"unavailable": False}


def everyone(place: Guild) -> dict:
    return {
        "id": str(place.id),
        "name": "@everyone",
        "permissions": str(place.permissions),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel(place: Channel) -> dict:
    return {TEXT: _text_channel, DM: _dm, THREAD: _thread}[place.kind](place)


def _text_channel(place: Channel) -> dict:
    denial = {"id": str(place.guild.id), "type": 0, "allow": "0", "deny": str(place.denied)}
    return _common(place) | {
        "guild_id": str(place.guild.id),
        "name": place.name,
        "position": place.guild.channels.index(place),
        "parent_id": None,
        "topic": None,
        "nsfw": place.nsfw,
        "rate_limit_per_user": 0,
        "permission_overwrites": [denial] if place.denied else [],
    }


def _dm(place: Channel) -> dict:
    return _common(place) | {"recipients": [user(place.recipient)]}


def _thread(place: Channel) -> dict:
    return _common(place) | {
        "guild_id": str(place.guild.id),
        "parent_id": str(place.parent.id),
        "owner_id": str(place.owner.id),
        "name": place.name,
        "rate_limit_per_user": 0,
        "message_count": len(place.messages),
        "total_message_sent": len(place.messages),
        "member_count": 1,
        "thread_metadata": {
            "archived": place.archived,
            "archive_timestamp": STARTED,
            "auto_archive_duration": place.auto_archive,
            "locked": place.locked,
            "create_timestamp": STARTED,
        },
    }


def _common(place: Channel) -> dict:
    seen = [number for number, message in place.messages.items() if not message.ephemeral]
    return {
        "id": str(place.id),
        "type": place.kind,
        "flags": 0,
        "last_message_id": str(seen[-1]) if seen else None,
    }


def attachment(file: Attachment) -> dict:
    payload = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.data),
        "url": file.url,
        "proxy_url": file.url.replace("cdn.discordapp.com", "media.discordapp.net"),
    }
    if file.content_type:
        payload["content_type"] = file.content_type
    if file.size:
        payload["width"], payload["height"] = file.size
    if file.description:
        payload["description"] = file.description
    return payload | ({"ephemeral": True} if file.ephemeral else {})


def message(said: Message, *, deep: bool = True) -> dict:
    """A message; `deep` includes the one it replies to."""
    payload = {
        "id": str(said.id),
        "type": said.type,
        "channel_id": str(said.channel.id),
        "author": user(said.author),
        "content": said.content,
        "timestamp": said.created.isoformat(),
        "edited_timestamp": said.edited.isoformat() if said.edited else None,
        "flags": said.flags,
        "attachments": [attachment(file) for file in said.attachments],
        "embeds": said.embeds,
        "components": said.components,
        "mentions": [user(who) for who in said.mentions],
        "mention_roles": [],
        "mention_everyone": said.mentions_everyone,
        "pinned": False,
        "tts": False,
    }
    return payload | _extras(said, deep=deep)


def _extras(said: Message, *, deep: bool) -> dict:
    """What is left out where there is none."""
    extras = {}
    if said.nonce is not None:
        extras["nonce"] = said.nonce
    if said.thread:
        extras["thread"] = channel(said.thread)
    if said.interaction:
        application = str(said.author.id)
        extras |= {
            "interaction_metadata": said.interaction,
            "webhook_id": application,
            "application_id": application,
        }
    if said.reactions:
        extras["reactions"] = [_reaction(emoji, users) for emoji, users in said.reactions.items()]
    if said.replies_to:
        extras["message_reference"] = _reference(said.replies_to)
        if deep:
            gone = said.replies_to.deleted
            extras["referenced_message"] = None if gone else message(said.replies_to, deep=False)
    return extras


def _reaction(emoji: str, users: list[User]) -> dict:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me_burst": False,
        "me": any(who.bot for who in users),
    }


def _reference(target: Message) -> dict:
    reference = {"type": 0, "channel_id": str(target.channel.id), "message_id": str(target.id)}
    return reference | guild_id(target.channel)


def message_event(said: Message) -> dict:
    """As MESSAGE_CREATE and MESSAGE_UPDATE bring it."""
    extra = {"member": member(said.author)} if said.channel.guild else {}
    return message(said) | guild_id(said.channel) | extra


def guild_id(place: Channel) -> dict:
    return {"guild_id": str(place.guild.id)} if place.guild else {}
