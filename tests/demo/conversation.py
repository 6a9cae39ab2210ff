"""The demo's conversation: three members play with one photograph, from the first clip to the reel."""

import asyncio
import time

import discord

SERVER = "The Darkroom"
PATIENCE = 100.0  # seconds for one clip, on a slow machine
MOMENT = 0.1  # seconds


class NoClipError(Exception):
    """Why the demo cannot go on."""


class Conversation:
    """What is said and done, and the clips that come of it, saved one by one."""

    def __init__(self, env, out, transcript_of):
        self.clips = []  # messages
        self.files = []
        self._env = env
        self._out = out
        guild = env.create_guild(SERVER)
        self._channel = guild.create_text_channel("stills")
        boss = guild.create_role("House", permissions=discord.Permissions(manage_guild=True))
        alice, bob, carol = (env.create_user(name) for name in ("alice", "bob", "carol"))
        self.alice = guild.add_member(alice, roles=[boss])
        self.bob, self.carol = guild.add_member(bob), guild.add_member(carol)
        self._names = {self.alice: "alice", self.bob: "bob", self.carol: "carol"}
        self._told = transcript_of(self._channel, {member.id: name for member, name in self._names.items()})

    async def play(self, photo, mood):
        """The whole of it."""
        await self.animate(photo, mood)
        await self.agree()
        await self.react("🔥")
        await self.reply("slower, and darker")
        await self.go_on("evening comes, the light fades")
        await self.keep_and_cut()

    async def animate(self, photo, mood):
        self._told.says("alice", f"/animate image:{photo[0]} mood:{mood}")
        self._whispers(self.alice, await self.alice.slash(self._channel, "animate", image=photo, mood=mood))
        if not self._channel.history():
            raise NoClipError("that picture was refused")
        await self._clip("animate")

    async def agree(self):
        """Two have to want a reroll."""
        self._told.says("alice", "/settings reroll votes:2")
        self._whispers(self.alice, await self.alice.slash(self._channel, "settings reroll", votes=2))
        first = self.clips[0]
        self._told.says("bob", "presses Reroll")
        self._whispers(self.bob, await self.bob.click(first, label="Reroll"))
        await self._until(lambda: any("1/2" in label for label in self._told.labels(first.id)))
        self._told.says("carol", "presses Reroll 1/2")
        self._whispers(self.carol, await self.carol.click(first, label="Reroll 1/2"))
        await self._clip("reroll")
        self._told.says("alice", "/settings reroll votes:1")
        self._whispers(self.alice, await self.alice.slash(self._channel, "settings reroll", votes=1))

    async def react(self, emoji):
        self._told.says("bob", f"reacts to the first clip with {emoji}")
        await self.bob.react(self.clips[0], emoji)
        await self._clip("reaction")

    async def reply(self, words):
        self._told.says("carol", f"replies to the first clip: @Unstill {words}")
        await self.carol.send(self._thread, f"<@{self._env.bot.user.id}> {words}", reply_to=self.clips[0])
        await self._clip("reply")

    async def go_on(self, words):
        self._told.says("alice", f"presses After… under it: {words}")
        form = await self.alice.click(self.clips[-1], label="After…")
        self._whispers(self.alice, await self.alice.submit_modal(form, {"words": words}))
        await self._clip("after")

    async def keep_and_cut(self):
        """Keep the last two, look at the family, and cut the reel."""
        for who, clip in ((self.bob, self.clips[-2]), (self.carol, self.clips[-1])):
            self._told.says(self._names[who], "presses Keep")
            self._whispers(who, await who.click(clip, label="Keep"))
            await self._until(lambda clip=clip: "Let go" in self._told.labels(clip.id))
        self._told.says("bob", "/story")
        answer = await self.bob.slash(self._thread, "story")
        (self._out / "story.png").write_bytes(await answer.response.attachments[0].read())
        self._told.says("bob", "presses Cut the reel")
        self._whispers(self.bob, await self.bob.click(answer.response, label="Cut the reel"))
        await self._clip("reel")

    @property
    def _thread(self):
        return self._channel.threads[0]

    def _whispers(self, who, answer):
        self._told.whispers(self._names[who], answer)

    async def _clip(self, name):
        """Wait for the next clip, telling what happens meanwhile, and save it."""
        count = len(self.clips) + 1
        await self._until(lambda: len(self._told.clips()) >= count)
        self.clips.append(self._told.clips()[count - 1])
        self.files.append(self._out / f"{count:02}-{name}.mp4")
        self.files[-1].write_bytes(await self.clips[-1].attachments[0].read())

    async def _until(self, ready):
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > deadline:
                raise NoClipError(f"nothing came after {PATIENCE:.0f} s")
            self._told.tell_news()
            await asyncio.sleep(MOMENT)
            await self._env.advance_time(MOMENT)  # the simulated clock stands still by itself
        self._told.tell_news()
