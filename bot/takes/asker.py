"""Who asks for something, and where: the same for a button, a reaction, a reply and a command."""

from dataclasses import dataclass
from typing import Any, Self

import discord

from bot.language.fluent import Language, language
from bot.rules.house import Who, may
from bot.rules.promises import Promise
from bot.rules.takes import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A member at the moment of asking."""

    member_id: int
    guild: discord.Guild | None  # None in a private conversation
    press: str  # what they did, as an id that is never used twice
    locale: str  # of what only they read
    channel_id: int | None = None  # where they ask: a channel, a thread, a private conversation
    user: discord.User | discord.Member | None = None  # a member, where Discord says what they may on this server
    roles: frozenset[int] = frozenset()
    moderator: bool = False  # may manage messages where they ask
    upload_limit: int | None = None  # bytes of a file in an answer to them, where Discord says so

    @property
    def language(self) -> Language:
        """What only they read."""
        return language(self.locale)

    @property
    def guild_id(self) -> int | None:
        return self.guild.id if self.guild else None

    def may(self, who: Who, record: Record) -> bool:
        """Whether this member may do to a take what `who` may."""
        return may(who, author=self.member_id in record.members, moderator=self._moderates(record))

    def _moderates(self, record: Record) -> bool:
        """Whether this member moderates where a take stands: they may ask for it somewhere else."""
        if self.channel_id in {None, record.place_id, record.channel_id}:
            return self.moderator
        return moderates(self.guild, record.channel_id, self.user)

    @classmethod
    def of_interaction(cls, interaction: "discord.Interaction[Any]") -> Self:
        """The member who pressed a button, sent a form or gave a command."""
        return cls(
            member_id=interaction.user.id,
            guild=interaction.guild,
            press=str(interaction.id),
            locale=str(interaction.locale),
            channel_id=interaction.channel_id,
            user=interaction.user,
            roles=_roles(interaction.user),
            moderator=interaction.permissions.manage_messages,
            upload_limit=interaction.filesize_limit,
        )

    @classmethod
    def of_promise(cls, promise: Promise, guild: discord.Guild | None, member: discord.Member | None) -> Self:
        """Who asked a bot that is gone; `member` as they are now, where they still are."""
        channel_id = promise.channel_id
        return cls(
            member_id=promise.member_id,
            guild=guild,
            press=promise.id,
            locale=promise.locale,
            channel_id=channel_id,
            user=member,
            roles=_roles(member) if member else frozenset(),
            moderator=channel_id is not None and moderates(guild, channel_id, member),
        )

    @classmethod
    def of_message(cls, message: discord.Message, locale: str) -> Self:
        """The author of a message. Discord does not say their language with it."""
        return cls(
            member_id=message.author.id,
            guild=message.guild,
            press=str(message.id),
            locale=locale,
            channel_id=message.channel.id,
            user=message.author,
            roles=_roles(message.author),
            moderator=moderates(message.guild, message.channel.id, message.author),
        )

    @classmethod
    def of_reaction(
        cls, event: discord.RawReactionActionEvent, guild: discord.Guild | None, locale: str, press: str
    ) -> Self:
        """Whoever reacted. Discord does not say their language with it."""
        return cls(
            member_id=event.user_id,
            guild=guild,
            press=press,
            locale=locale,
            channel_id=event.channel_id,
            user=event.member,
            roles=_roles(event.member) if event.member else frozenset(),
            moderator=moderates(guild, event.channel_id, event.member),
        )


def moderates(guild: discord.Guild | None, channel_id: int, user: discord.User | discord.Member | None) -> bool:
    """Whether a member may manage messages in a channel or thread."""
    if guild is None or not isinstance(user, discord.Member):
        return False
    place = guild.get_channel_or_thread(channel_id)
    if isinstance(place, discord.Thread):
        place = place.parent
    granted = place.permissions_for(user) if place else user.guild_permissions
    return granted.manage_messages


def _roles(user: discord.User | discord.Member) -> frozenset[int]:
    return frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset()
