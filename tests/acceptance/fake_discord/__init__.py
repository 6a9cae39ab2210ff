"""Discord on the loopback interface: gateway, REST and CDN, for whole conversations on the wire.

    async with FakeDiscord(issue(folder)) as fake:
        bot = discord.Client(intents=…, connector=fake.connector())   # and bot.start(fake.token)
        ada = fake.member("ada")
        asked = await ada.slash(channel, "animate", image=Upload("still.png", data))
        message = await asked.reply()

`fake.world` is what Discord remembers, `fake.calls` what the bot asked, `fake.mishaps` what goes wrong on order,
`fake.rules` the limits, `fake.violations` what Discord would not have taken: a test ends by finding it empty.
"""

from tests.acceptance.fake_discord import errors
from tests.acceptance.fake_discord.asked import Asked
from tests.acceptance.fake_discord.limits import CALLBACK, EDIT, PUT_COMMANDS, SEND, START_THREAD, Rules
from tests.acceptance.fake_discord.members import Member, Upload
from tests.acceptance.fake_discord.network import loopback_connector
from tests.acceptance.fake_discord.server import FakeDiscord
from tests.acceptance.fake_discord.spec import Spec
from tests.acceptance.fake_discord.tls import issue
from tests.acceptance.fake_discord.world import Attachment, Channel, Guild, Message

__all__ = [
    "CALLBACK",
    "EDIT",
    "PUT_COMMANDS",
    "SEND",
    "START_THREAD",
    "Asked",
    "Attachment",
    "Channel",
    "FakeDiscord",
    "Guild",
    "Member",
    "Message",
    "Rules",
    "Spec",
    "Upload",
    "errors",
    "issue",
    "loopback_connector",
]
