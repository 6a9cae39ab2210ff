"""Routes of the application: who the bot is, its commands, users and guilds."""

from tests.acceptance.fake_discord import errors, payloads
from tests.acceptance.fake_discord.calls import Call
from tests.acceptance.fake_discord.world import Guild

CHAT_INPUT = 1


class ApplicationRoutes:
    def __init__(self, fake) -> None:
        self._fake = fake
        self.commands: list[dict] = []
        self.table = {
            "GET /users/@me": self.me,
            "GET /users/{user_id}": self.user,
            "POST /users/@me/channels": self.open_dm,
            "GET /oauth2/applications/@me": self.application,
            "GET /gateway": self.gateway,
            "GET /gateway/bot": self.gateway_bot,
            "GET /guilds/{guild_id}": self.guild,
            "GET /guilds/{guild_id}/members/{user_id}": self.member,
            "GET /applications/{application_id}/commands": self.list_commands,
            "PUT /applications/{application_id}/commands": self.put_commands,
        }

    async def me(self, call: Call) -> dict:
        return payloads.user(self._fake.world.bot) | {"mfa_enabled": False, "locale": "en-US", "verified": True}

    async def user(self, call: Call) -> dict:
        who = self._fake.world.users.get(call.number("user_id"))
        if who is None:
            raise errors.unknown_user()
        return payloads.user(who)

    async def open_dm(self, call: Call) -> dict:
        who = self._fake.world.users.get(int(call.body["recipient_id"]))
        if who is None:
            raise errors.unknown_user()
        return payloads.channel(self._fake.world.dm(who))

    async def application(self, call: Call) -> dict:
        world = self._fake.world
        return {
            "id": str(world.bot.id),
            "name": world.bot.name,
            "icon": None,
            "description": "",
            "type": None,
            "verify_key": "0" * 64,
            "flags": 0,
            "flags_new": "0",
            "bot_public": True,
            "bot_require_code_grant": False,
            "bot": payloads.user(world.bot),
            "owner": payloads.user(world.owner),
            "team": None,
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "approximate_guild_count": len(world.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "eligible_oauth2_scopes": [],
        }

    async def gateway(self, call: Call) -> dict:
        return {"url": "wss://gateway.discord.gg"}

    async def gateway_bot(self, call: Call) -> dict:
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return await self.gateway(call) | {"shards": 1, "session_start_limit": limit}

    async def guild(self, call: Call) -> dict:
        return payloads.guild(self._guild(call))

    async def member(self, call: Call) -> dict:
        for who in self._guild(call).members:
            if who.id == call.number("user_id"):
                return payloads.full_member(who)
        raise errors.unknown_member()

    async def list_commands(self, call: Call) -> list[dict]:
        return self.commands

    async def put_commands(self, call: Call) -> list[dict]:
        """Replace all global commands; each keeps its id while its name stays."""
        self._own(call)
        if len({(each.get("type") or CHAT_INPUT, each["name"]) for each in call.body}) < len(call.body):
            raise errors.invalid_form("two commands have the same name")
        for each in call.body:
            _check_options(each)
        self.commands = [self._stored(each) for each in call.body]
        return self.commands

    def _stored(self, command: dict) -> dict:
        kind = command.get("type") or CHAT_INPUT
        known = next((old for old in self.commands if (old["type"], old["name"]) == (kind, command["name"])), None)
        return {name: value for name, value in command.items() if value is not None} | {
            "id": known["id"] if known else str(self._fake.world.snowflake()),
            "application_id": str(self._fake.world.bot.id),
            "version": str(self._fake.world.snowflake()),
            "type": kind,
            "description": command.get("description") or "",
            "default_member_permissions": _text(command.get("default_member_permissions")),
            "dm_permission": True,
            "contexts": command.get("contexts"),
            "integration_types": command.get("integration_types") or [0],
            "nsfw": bool(command.get("nsfw")),
        }

    def _own(self, call: Call) -> None:
        if call.number("application_id") != self._fake.world.bot.id:
            raise errors.missing_permissions()

    def _guild(self, call: Call) -> Guild:
        guild = self._fake.world.guilds.get(call.number("guild_id"))
        if guild is None:
            raise errors.unknown_guild()
        return guild


def _check_options(command: dict) -> None:
    """What the description does not say: lower-case names, required options first."""
    if (command.get("type") or CHAT_INPUT) != CHAT_INPUT:
        return
    if command["name"] != command["name"].lower() or not command.get("description"):
        raise errors.invalid_form(f"command {command['name']}: name in lower case and a description are needed")
    needed = [bool(option.get("required")) for option in command.get("options") or []]
    if needed != sorted(needed, reverse=True):
        raise errors.invalid_form(f"command {command['name']}: required options come first")


def _text(permissions: int | str | None) -> str | None:
    """Discord takes numbers and gives text, which no client rounds."""
    return None if permissions is None else str(permissions)
