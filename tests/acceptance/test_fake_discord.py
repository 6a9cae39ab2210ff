"""The fake, met by a plain discord.py client: what the bot's own conversation then rests on."""

import asyncio
import io
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest
from discord import app_commands
from PIL import Image

from tests.acceptance.fake_discord import EDIT, PUT_COMMANDS, SEND, START_THREAD, Upload, errors

_drawn = io.BytesIO()
Image.new("RGB", (96, 64), "teal").save(_drawn, "PNG")
PICTURE = _drawn.getvalue()
CLIP = bytes(range(256)) * 400

pytestmark = pytest.mark.usefixtures("no_errors_logged")


class Echo(discord.Client):
    """Gives back what it is handed, in the ways a bot may answer."""

    def __init__(self, connector):
        intents = discord.Intents(guilds=True, messages=True, reactions=True)
        super().__init__(
            intents=intents,
            connector=connector,
            max_ratelimit_timeout=30,
            guild_ready_timeout=0.2,  # guilds come at once here
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.caught: asyncio.Queue[Exception] = asyncio.Queue()
        self.resumes = asyncio.Event()
        self.joined: asyncio.Queue[discord.Guild] = asyncio.Queue()

    async def setup_hook(self):
        self.tree.command(name="echo", description="Give it back")(echo)
        self.tree.command(name="late", description="Answer too late, or twice")(late)
        self.tree.add_command(app_commands.ContextMenu(name="Look at this", callback=look))
        await self.tree.sync()

    async def on_message(self, message):
        self.heard.put_nowait(message)

    async def on_resumed(self):
        self.resumes.set()

    async def on_guild_join(self, guild):
        self.joined.put_nowait(guild)

    async def before_identify_hook(self, shard_id, *, initial=False):
        """Discord's 5 seconds between two logins are not waited for."""

    async def next_message(self):
        return await asyncio.wait_for(self.heard.get(), 5)

    async def on_error(self, event, *_, **__):
        raise AssertionError(event)


class Ask(discord.ui.Modal, title="Say a word"):
    word = discord.ui.Label(text="Word", component=discord.ui.TextInput(max_length=20))

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"you said {self.word.component.value}", ephemeral=True)


class Buttons(discord.ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @discord.ui.button(label="Ask", custom_id="ask")
    async def ask(self, interaction, _):
        await interaction.response.send_modal(Ask())

    @discord.ui.button(label="Mark", custom_id="mark")
    async def mark(self, interaction, _):
        await interaction.response.edit_message(content="marked", view=None)


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.describe(image="The picture", word="A word")
async def echo(interaction: discord.Interaction, image: discord.Attachment, word: app_commands.Range[str, 1, 30] = ""):
    await interaction.response.defer(ephemeral=True, thinking=True)
    data = await image.read()
    file = discord.File(io.BytesIO(data), image.filename, description="given back")
    await interaction.edit_original_response(content=f"{word} {len(data)}", attachments=[file])


async def late(interaction: discord.Interaction, seconds: float):
    await asyncio.sleep(seconds)
    try:
        await interaction.response.send_message("in time")
        interaction.response._response_type = None  # so that discord.py lets the second answer out
        await interaction.response.send_message("again")
    except discord.HTTPException as error:
        interaction.client.caught.put_nowait(error)


async def look(interaction: discord.Interaction, message: discord.Message):
    await interaction.response.send_message(f"{message.attachments[0].filename} by {message.author.name}")


@asynccontextmanager
async def running(fake):
    client = Echo(fake.connector())
    task = asyncio.create_task(client.start(fake.token))
    try:
        await asyncio.wait_for(client.wait_until_ready(), 20)
        yield client
    finally:
        await client.close()
        await task


@pytest.fixture
async def place(fake):
    return fake.world.text_channel(fake.world.guild("Home"), "general")


@pytest.fixture
async def client(fake, place):
    async with running(fake) as ready:
        yield ready


@pytest.fixture
def ada(fake):
    return fake.member("ada")


@pytest.fixture
def channel(client, place):
    return client.get_channel(place.id)


async def test_the_client_logs_in_and_syncs_its_commands(fake, client):
    assert client.user.id == fake.world.bot.id
    assert [guild.name for guild in client.guilds] == ["Home"]
    assert len(fake.calls_to(PUT_COMMANDS)) == 1
    assert {command["name"] for command in fake.application.commands} == {"echo", "late", "Look at this"}
    assert (await client.application_info()).owner.name == "operator"
    assert (await client.fetch_guild(client.guilds[0].id)).name == "Home"


@pytest.mark.parametrize("direct", [False, True])
async def test_a_picture_comes_back_byte_for_byte_after_a_private_deferral(fake, client, place, ada, direct):
    where = fake.world.dm(ada.user) if direct else place
    asked = await ada.slash(where, "echo", image=Upload("in put.png", PICTURE), word="hello")
    answer = await asked.answered()
    assert (answer["type"], asked.private, asked.answered_after < 3) == (5, True, True)
    reply = await asked.reply()
    assert reply.content == f"hello {len(PICTURE)}"
    assert reply.attachments[0].data == PICTURE
    assert (reply.attachments[0].size, reply.attachments[0].description) == ((96, 64), "given back")
    assert fake.messages(where) == []


async def test_a_message_command_carries_the_whole_message(client, place, ada):
    said = await ada.say(place, "look", Upload("pic.png", PICTURE))
    reply = await (await ada.message_command("Look at this", said)).reply()
    assert reply.content == "pic.png by ada"


async def test_what_members_write_is_blank_unless_it_speaks_to_the_bot(fake, client, place, ada):
    own = await fake.post(place, fake.world.bot, content="mine")
    await ada.say(place, "not for you")
    await ada.say(place, "for you", to=own)
    heard = [await client.next_message() for _ in range(3)]
    assert [message.content for message in heard] == ["mine", "", "for you"]
    assert heard[2].reference.resolved.content == "mine"


async def test_buttons_and_modals(fake, channel, place, ada):
    await channel.send("press", view=Buttons())
    said = fake.messages(place)[0]
    asked = await ada.press(said, "Ask")
    assert (await asked.modal())["title"] == "Say a word"
    reply = await (await ada.submit(asked, "boo")).reply()
    assert (reply.content, reply.ephemeral) == ("you said boo", True)
    await (await ada.press(said, "Mark")).answered()
    assert (said.content, said.buttons) == ("marked", [])


async def test_files_go_up_and_come_down_byte_for_byte(client, channel, fake, place):
    sent = await channel.send(
        files=[discord.File(io.BytesIO(CLIP), "clip.mp4"), discord.File(io.BytesIO(PICTURE), "p.png")]
    )
    assert [await each.read() for each in sent.attachments] == [CLIP, PICTURE]
    kept = await sent.edit(content="one left", attachments=[sent.attachments[0]])
    again = await channel.fetch_message(kept.id)
    assert ([each.filename for each in again.attachments], again.content) == (["clip.mp4"], "one left")
    await sent.delete()
    with pytest.raises(discord.NotFound) as gone:
        await channel.fetch_message(sent.id)
    assert gone.value.code == 10008


async def test_a_thread_starts_once_and_opens_when_spoken_to(fake, client, channel, place):
    message = await channel.send("start")
    thread = await message.create_thread(name="a thread", auto_archive_duration=10080)
    assert (thread.id, thread.auto_archive_duration) == (message.id, 10080)
    with pytest.raises(discord.HTTPException) as exists:
        await message.create_thread(name="another")
    assert exists.value.code == 160004
    said = await thread.send("in it")
    await thread.edit(archived=True)
    with pytest.raises(discord.HTTPException) as asleep:
        await said.edit(content="changed")
    assert asleep.value.code == 50083
    await thread.send("wake up")
    assert not fake.world.channels[thread.id].archived
    with pytest.raises(discord.HTTPException) as nested:
        await said.create_thread(name="nested")
    assert nested.value.code == 50024


async def test_history_pages_both_ways(fake, channel, ada, place):
    for number in range(7):
        await ada.say(place, str(number))
    middle = fake.messages(place)[3]
    assert [m.content async for m in channel.history(limit=3)] == ["6", "5", "4"]
    assert [m.content async for m in channel.history(after=discord.Object(middle.id))] == ["4", "5", "6"]
    assert [m.content async for m in channel.history(before=discord.Object(middle.id), limit=2)] == ["2", "1"]


async def test_the_same_nonce_gives_the_same_message(fake, channel, place):
    first = await channel.send("once", nonce="take-1")
    second = await channel.send("once", nonce="take-1")
    assert first.id == second.id
    assert len(fake.messages(place)) == 1


async def test_an_answer_lost_on_its_way_is_sent_again_and_found_by_its_nonce(fake, channel, place):
    fake.mishaps.fail(SEND, 502, done=True)
    await channel.send("once", nonce="take-1")
    assert len(fake.calls_to(SEND)) == 2
    assert len(fake.messages(place)) == 1


async def test_a_connection_cut_after_the_fact_leaves_the_message(fake, channel, place):
    fake.mishaps.cut(SEND)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("once")
    assert [message.content for message in fake.messages(place)] == ["once"]


async def test_a_429_is_waited_out(fake, channel, place):
    fake.mishaps.limit(SEND, 0.2)
    await channel.send("patience")
    assert [call.status for call in fake.calls_to(SEND)] == [429, 200]


async def test_a_429_that_takes_too_long_is_an_error(fake, channel):
    message = await channel.send("start")
    fake.mishaps.limit(START_THREAD, 250)
    with pytest.raises(discord.RateLimited):
        await message.create_thread(name="never")


async def test_each_channel_has_its_own_bucket(fake, channel, place):
    fake.rules.rates[SEND] = (2, 0.3)
    await asyncio.gather(*(channel.send(str(number)) for number in range(5)))
    assert len(fake.messages(place)) == 5


@pytest.mark.parametrize(("seconds", "code"), [(0.5, 10062), (0.0, 40060)])
async def test_answers_too_late_or_twice_are_refused(fake, client, place, seconds, code):
    ada = fake.member("ada")
    fake.rules.answer_seconds = 0.3
    await ada.slash(place, "late", seconds=seconds)
    assert (await asyncio.wait_for(client.caught.get(), 5)).code == code


async def test_tokens_of_interactions_run_out(fake, client, place, ada):
    asked = await ada.slash(place, "echo", image=Upload("p.png", PICTURE))
    await asked.reply()
    fake.rules.token_seconds = 0
    hook = discord.Webhook.partial(fake.world.bot.id, asked.token, client=client)
    with pytest.raises(discord.HTTPException) as expired:
        await hook.send("too late", wait=True)
    assert expired.value.code == 50027


async def test_a_file_over_the_limit_is_refused(fake, channel):
    fake.rules.upload_bytes = 1000
    with pytest.raises(discord.HTTPException) as large:
        await channel.send(file=discord.File(io.BytesIO(CLIP), "clip.mp4"))
    assert (large.value.status, large.value.code) == (413, 40005)


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": "x" * 2001},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": "a"}] * 2}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a"}]}]},
        {"content": "x", "flags": 1 << 15},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "a", "url": "https://a.b"}]}] * 6},
    ],
)
async def test_what_the_description_does_not_tell_is_checked_by_hand(fake, client, place, wrong):
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=place.id)
    with pytest.raises(discord.HTTPException) as refused:
        await client.http.request(route, json=wrong)
    assert refused.value.code == 50035
    assert fake.violations
    fake.violations.clear()


async def test_every_body_is_held_against_discords_own_description(fake, client, place):
    if fake.spec is None:
        pytest.skip("UNSTILL_DISCORD_SPEC names no file with Discord's OpenAPI description")
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}]}
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=place.id)
    for wrong in ({"components": [row]}, {"content": "x", "contents": "misspelt"}):
        with pytest.raises(discord.HTTPException) as refused:
            await client.http.request(route, json=wrong)
        assert refused.value.code == 50035
    assert len(fake.violations) == 2
    fake.violations.clear()


async def test_missing_permissions(fake, client, ada):
    mute = fake.world.text_channel(next(iter(fake.world.guilds.values())), "mute", without="send_messages")
    with pytest.raises(discord.Forbidden) as refused:
        await client.get_partial_messageable(mute.id).send("hello")
    assert refused.value.code == 50013


async def test_reactions_go_both_ways(fake, client, channel, place, ada):
    message = await channel.send("react")
    said = fake.messages(place)[0]
    await message.add_reaction("🎲")
    waiting = asyncio.create_task(
        client.wait_for("raw_reaction_add", check=lambda event: event.user_id == ada.user.id, timeout=10)
    )
    await asyncio.sleep(0)
    await ada.react(said, "🎲")
    assert (await waiting).emoji.name == "🎲"
    (dice,) = (await channel.fetch_message(message.id)).reactions
    assert {user.id for user in [user async for user in dice.users(limit=100)]} == {client.user.id, ada.user.id}
    assert dice.count == 2
    await message.remove_reaction("🎲", client.user)
    assert said.reactions == {"🎲": [ada.user]}


async def test_components_v2(fake, channel, place):
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("words"))
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://p.png", description="teal")))
    await channel.send(view=view, file=discord.File(io.BytesIO(PICTURE), "p.png"))
    said = fake.messages(place)[0]
    assert said.components[1]["items"][0]["media"]["url"] == said.attachments[0].url


async def test_joining_a_guild_while_running(fake, client):
    away = fake.world.guild("Away")
    fake.world.text_channel(away, "general")
    await fake.join(away)
    guild = await asyncio.wait_for(client.joined.get(), 5)
    assert (guild.name, guild.me.guild_permissions.send_messages) == ("Away", True)


@pytest.mark.parametrize("how", ["drop", "vanish"])
async def test_a_lost_connection_resumes_and_misses_nothing(fake, client, place, ada, how):
    if how == "drop":
        await fake.gateway.drop(4000)
    else:
        fake.gateway.vanish()
    await ada.say(place, "while you were away")
    await asyncio.wait_for(client.resumes.wait(), 20)
    assert (await client.next_message()).content == ""  # no privileged intent
    assert (len(fake.gateway.identified), len(fake.gateway.resumed)) == (1, 1)


async def test_a_forgotten_session_identifies_anew(fake, client):
    fake.gateway.forget()
    await fake.gateway.drop(4000)
    await fake.until(lambda: len(fake.gateway.identified) == 2, seconds=20)
    assert fake.gateway.resumed == []


async def test_heartbeats_are_answered(fake, place):
    fake.gateway.heartbeat_ms = 50
    async with running(fake) as client:
        await fake.until(lambda: fake.gateway.heartbeats >= 3)
        assert client.latency < 5


async def test_privileged_intents_are_turned_away(fake):
    client = discord.Client(intents=discord.Intents.all(), connector=fake.connector())
    async with client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(fake.token)


async def test_no_other_host_is_reached(fake, client):
    async with aiohttp.ClientSession(connector=fake.connector()) as session:
        with pytest.raises(aiohttp.ClientConnectorError, match="not Discord"):
            await session.get("https://example.com/")


async def test_a_mishap_that_never_befell_fails_the_test(open_fake):
    opened = open_fake()
    fake = await opened.__aenter__()
    fake.mishaps.refuse(EDIT, errors.archived())
    with pytest.raises(AssertionError, match="Mishap"):
        await opened.__aexit__(None, None, None)
