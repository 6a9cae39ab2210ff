"""Forged interactions: what a client of somebody's own making might send, over the wire, to the real bot.

A clip stands on one server; a member of another one, who knows all its ids, presses, fills in and asks.
"""

import asyncio
import random
from contextlib import asynccontextmanager
from pathlib import Path

from bot.client import create_bot
from bot.settings import Settings
from tests.acceptance.fake_discord import FakeDiscord
from tests.acceptance.fake_discord.asked import COMPONENT, MODAL_SUBMIT
from tests.acceptance.wire import animate, nth_clip, thread_of
from tests.bot.record.rows import every_take

SECRET = "the mood of another server"
BUTTON, MENU = 2, 3
PRESSES = (
    *("reroll", "subtle", "strong", "nudge", "after", "before", "keep", "let-go", "toss", "bring-back", "share"),
    *("cancel", "report", "now-reroll", "reel", "reel-joins", "report-toss", "report-still", "report-member"),
    *("nudge-form", "after-form", "mood-form", "forget", "gallery", "jam-vote", "jam-stop", "report-dismiss"),
)


class Stranger:
    """A member of another server, a clip that is none of theirs, and the bot between them."""

    def __init__(self, fake, bot, clip, take, chance: random.Random) -> None:
        self._fake, self._bot, self._clip, self._take, self._chance = fake, bot, clip, take, chance
        self._eve = fake.member("eve")
        guild = fake.world.guild("Elsewhere", members=(self._eve.user,))
        self._lair = fake.world.text_channel(guild, "lair")
        self._guild = guild

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
        source = self._fake.world.message(self._lair, self._fake.world.bot, content="a message of the bot's")
        custom_id = self.custom_id()
        words = self._chance.choice(("", "slower", "@everyone", "x" * 300))
        if kind == MODAL_SUBMIT:
            data = {
                "custom_id": custom_id,
                "components": [
                    {"type": 1, "id": 1, "components": [{"type": 4, "id": 2, "custom_id": "words", "value": words}]}
                ],
            }
            asked = await self._eve._ask(self._lair, MODAL_SUBMIT, data, source=source)
        else:
            data = {"custom_id": custom_id, "component_type": kind, "id": 1}
            data |= {"values": [self._take.id]} if kind == MENU else {}
            asked = await self._eve._ask(self._lair, COMPONENT, data, source=source)
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
            asked = await self._eve.slash(self._lair, "take", link=link)
        else:
            asked = await self._eve.slash(self._lair, "story", take=link)
        reply = await asked.reply()
        return reply.content

    async def answer(self) -> None:
        """React and reply to the clip as if from a channel of one's own."""
        await self._fake.gateway.emit(
            "MESSAGE_REACTION_ADD",
            {
                "user_id": str(self._eve.user.id),
                "channel_id": str(self._lair.id),
                "message_id": str(self._clip.id),
                "guild_id": str(self._guild.id),
                "emoji": {"id": None, "name": "🔁"},
                "burst": False,
                "type": 0,
            },
        )


@asynccontextmanager
async def stranger(certificates, folder: Path, redis_url: str, seed: int, spec=None):
    """The bot online, a clip on its own server, and a stranger on another; then nothing may have changed."""
    settings = Settings(_env_file=None, redis_url=redis_url, data_dir=folder, engine="bars")
    async with FakeDiscord(certificates, spec=spec) as fake:
        ada = fake.member("ada")
        square = fake.world.text_channel(fake.world.guild("Home", members=(ada.user,)), "square")
        bot = create_bot(settings, connector=fake.connector())
        bot._connection.guild_ready_timeout = 0.2
        running = asyncio.create_task(bot.start(fake.token))
        await asyncio.wait_for(bot.wait_until_ready(), 30)
        await animate(fake, ada, square, mood=SECRET)
        thread = await thread_of(fake, square)
        clip = await nth_clip(fake, thread, 1)
        (take,) = await every_take(bot.services.database)
        visitor = Stranger(fake, bot, clip, take, random.Random(seed))
        await visitor.settle_in()
        try:
            yield visitor
        finally:
            await asyncio.sleep(0.5)
            left = await every_take(bot.services.database)
            standing = [said for said in fake.messages(thread) if said.attachments]
            await bot.close()
            await running
        assert [each.fate for each in left] == [take.fate], "a stranger changed something"
        assert len(standing) == 1
