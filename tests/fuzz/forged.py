"""Forged interactions: what a client of somebody's own making might send, over the wire, to the real bot.

A clip stands on one server; a member of another one, and one of the same who has no say over it, know all its ids.
They press, fill in and ask. Half of the presses stand on the message that they are said to come from, as on an old one.
"""

import asyncio
import random
from contextlib import asynccontextmanager
from pathlib import Path

from bot.client import create_bot
from bot.rules.house import Who
from bot.settings import Settings
from tests.acceptance.fake_discord import FakeDiscord
from tests.acceptance.fake_discord.asked import COMPONENT, MODAL_SUBMIT
from tests.acceptance.wire import animate, nth_clip, thread_of
from tests.bot.record.rows import every_take

SECRET = "the mood of another server"
ROW, BUTTON, MENU = 1, 2, 3
NO_MODERATOR = "manage_messages"
PRESSES = (
    *("reroll", "subtle", "strong", "nudge", "after", "before", "keep", "let-go", "toss", "bring-back", "share"),
    *("cancel", "report", "now-reroll", "reel", "reel-joins", "report-toss", "report-still", "report-member"),
    *("nudge-form", "after-form", "mood-form", "forget", "gallery", "jam-vote", "jam-stop", "report-dismiss"),
    *("correct", "correct-form"),
)


class Forger:
    """A member with a room of their own, a clip that is none of theirs, and the bot between them."""

    def __init__(self, fake, clip, take, chance: random.Random, member, guild) -> None:
        self._fake, self._clip, self._take, self._chance = fake, clip, take, chance
        self._member, self._guild = member, guild
        self._lair = fake.world.text_channel(guild, "lair", without=NO_MODERATOR)
        self.is_stranger = guild is not clip.channel.guild

    async def settle_in(self) -> None:
        await self._fake.join(self._guild)

    def custom_id(self) -> str:
        """An id as the bot makes them, or nearly."""
        chance = self._chance
        subject = chance.choice(
            (self._take.id, self._take.id[::-1], "0" * 20, str(self._clip.id), "", "1", self._take.id * 2)
        )
        tail = chance.choice(("", "", "", ":1", ":99", f":{self._take.id}", f":1:{self._take.id}"))
        made = f"unstill:{chance.choice(PRESSES)}:{subject}{tail}"
        if chance.random() < 0.3:
            at = chance.randrange(len(made))
            made = made[:at] + chance.choice((":", "\u202e", "\n", "x", "%", "")) + made[at + 1 :]
        return made[:100]

    async def forge(self) -> str:
        """Send one; what the stranger reads."""
        kind = self._chance.choice((BUTTON, BUTTON, MENU, MODAL_SUBMIT))
        custom_id = self.custom_id()
        parts = [{"type": ROW, "id": 1, "components": [_part(kind, custom_id)]}] if self._chance.random() < 0.5 else []
        source = self._fake.world.message(
            self._lair, self._fake.world.bot, content="a message of the bot's", components=parts
        )
        words = self._chance.choice(("", "slower", "@everyone", "x" * 300))
        if kind == MODAL_SUBMIT:
            said = {"type": 4, "id": 2, "custom_id": "words", "value": words}
            chosen = {"type": 3, "id": 4, "custom_id": "corrections", "values": ["there:water", f"not:{words}", words]}
            data = {
                "custom_id": custom_id,
                "components": [
                    {"type": 1, "id": 1, "components": [said]},
                    {"type": 18, "id": 3, "component": chosen},
                ],
            }
            asked = await self._member._ask(self._lair, MODAL_SUBMIT, data, source=source)
        else:
            data = {"custom_id": custom_id, "component_type": kind, "id": 1}
            data |= {"values": [self._take.id]} if kind == MENU else {}
            asked = await self._member._ask(self._lair, COMPONENT, data, source=source)
        await asyncio.sleep(0.02)
        said = [each.content for each in (asked.original, *asked.followups) if each]
        return "\n".join(said)

    async def command(self) -> str:
        """Ask by link and id."""
        link = self._chance.choice(
            (
                f"https://discord.com/channels/{self._clip.channel.guild.id}/{self._clip.channel.id}/{self._clip.id}",
                f"https://discord.com/channels/{self._guild.id}/{self._lair.id}/{self._clip.id}",
                self._take.id,
            )
        )
        if self._chance.random() < 0.5:
            asked = await self._member.slash(self._lair, "take", link=link)
        else:
            asked = await self._member.slash(self._lair, "story", take=link)
        reply = await asked.reply()
        return reply.content

    async def answer(self) -> None:
        """React and reply to the clip as if from a channel of one's own."""
        await self._fake.gateway.emit(
            "MESSAGE_REACTION_ADD",
            {
                "user_id": str(self._member.user.id),
                "channel_id": str(self._lair.id),
                "message_id": str(self._clip.id),
                "guild_id": str(self._guild.id),
                "emoji": {"id": None, "name": "🔁"},
                "burst": False,
                "type": 0,
            },
        )


def _part(kind: int, custom_id: str) -> dict[str, object]:
    """A button or menu as Discord shows it on a message."""
    if kind == MENU:
        return {"type": MENU, "id": 2, "custom_id": custom_id, "options": [{"label": "a", "value": "a"}]}
    return {"type": BUTTON, "id": 2, "style": 2, "label": "a", "custom_id": custom_id}


@asynccontextmanager
async def forgers(certificates, folder: Path, redis_url: str, seed: int, spec=None):
    """The bot online, a clip, a member of its server and one of another; then the clip may not have changed."""
    settings = Settings(_env_file=None, redis_url=redis_url, data_dir=folder, engine="bars")
    async with FakeDiscord(certificates, spec=spec) as fake:
        ada = fake.member("ada")
        eve, mallory = fake.member("eve"), fake.member("mallory")
        home = fake.world.guild("Home", members=(ada.user, mallory.user))
        elsewhere = fake.world.guild("Elsewhere", members=(eve.user,))
        square = fake.world.text_channel(home, "square", without=NO_MODERATOR)
        bot = create_bot(settings, connector=fake.connector())
        bot._connection.guild_ready_timeout = 0.2
        running = asyncio.create_task(bot.start(fake.token))
        await asyncio.wait_for(bot.wait_until_ready(), 30)
        await animate(fake, ada, square, mood=SECRET)
        thread = await thread_of(fake, square)
        clip = await nth_clip(fake, thread, 1)
        (take,) = await every_take(bot.services.database)
        await bot.services.houses.change(home.id, keep=Who.AUTHOR, toss=Who.AUTHOR, member_seconds=86400)
        chance, before = random.Random(seed), (clip.content, clip.components)
        both = [Forger(fake, clip, take, chance, eve, elsewhere), Forger(fake, clip, take, chance, mallory, home)]
        for each in both:
            await each.settle_in()
        try:
            yield both
        finally:
            await asyncio.sleep(0.5)
            left = await every_take(bot.services.database)
            await bot.close()
            await running
        assert [each.fate for each in left if each.id == take.id] == [take.fate], "somebody changed something"
        assert {each.member_id for each in left} <= {ada.user.id, mallory.user.id}, "a stranger began a take"
        assert not clip.deleted
        assert (clip.content, clip.components) == before, "somebody wrote over the clip"
