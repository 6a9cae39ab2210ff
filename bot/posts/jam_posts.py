"""What stands in Discord for a jam: the vote with its buttons and its live tally, and the last word."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.language.fluent import Language
from bot.posts.controls import TAKE, view_of
from bot.posts.discord_calls import NobodyThereError, UneditableError
from bot.posts.places import jump_link
from bot.posts.side_posts import SidePosts
from bot.rules.jam import Jam, number_of
from bot.rules.takes import Footprint, Record
from bot.wording.sentences import mentions, moment, problem
from renderer.contract.errors import UnstillError

JAM = r"(?P<jam>[0-9a-f]{20}):(?P<number>[0-9]{1,2})"
VOTED = re.compile(rf"unstill:jam-vote:{JAM}:{TAKE}")
STOPPED = re.compile(rf"unstill:jam-stop:{JAM}")


class JamPosts:
    """Posts the votes and words of jams, and edits them."""

    def __init__(self, posts: SidePosts) -> None:
        self._posts = posts

    async def open_vote(self, jam: Jam, takes: Sequence[Record]) -> int:
        """Ask which take goes on; once, whatever breaks in between."""
        language = takes[0].language
        text = vote_text(language, jam, takes)
        view = vote_view(language, jam, takes, {})
        return await self._posts.beside(takes[0], text, view, nonce=f"j{jam.number}{jam.id}", button=stop_id(jam))

    async def tell_tally(self, jam: Jam, takes: Sequence[Record], votes: Mapping[int, str]) -> None:
        if jam.message_id is not None and takes:
            view = vote_view(takes[0].language, jam, takes, votes)
            await self._posts.edit_beside(takes[0], jam.message_id, view=view)

    async def close_vote(self, jam: Jam, takes: Sequence[Record], chosen: str, votes: Mapping[int, str]) -> None:
        """Say which take won. Where there was no vote, there is nothing to say."""
        if jam.message_id is None:
            return
        text = result_text(takes[0].language, jam, takes, chosen, votes)
        try:
            await self._posts.edit_beside(takes[0], jam.message_id, content=text, view=None)
        except (NobodyThereError, UneditableError):
            await self._posts.beside(takes[0], text, None, nonce=f"k{jam.number}{jam.id}")

    async def say_waiting(self, jam: Jam, root: Footprint, error: UnstillError) -> None:
        """Say why the next round does not begin yet."""
        why = problem(root.language, error.code, error.data)
        text = root.language.say("jam-waits", number=jam.number, why=why)
        await self._posts.beside(root, text, None, nonce=f"w{jam.number}{jam.id}")

    async def drop_vote(self, jam: Jam, root: Footprint) -> None:
        """Take a vote down that leads nowhere any more, also one whose receipt was lost."""
        message_id = jam.message_id or await self._posts.standing(root, stop_id(jam))
        if message_id is not None:
            await self._posts.unsay(root, message_id)

    async def last_word(
        self, jam: Jam, root: Footprint, won: Sequence[Record], voters: Sequence[int], *, left: bool
    ) -> int:
        """Say that the jam is over, and whose it was; the message that says so.

        `left`: its last round has takes that nobody chose among.
        """
        text = end_text(root.language, jam, won, voters, left=left)
        return await self._posts.beside(root, text, None, nonce=f"e{jam.id}")

    async def drop_word(self, root: Footprint, message_id: int) -> None:
        """Take a jam's last word down, in the thread or the channel."""
        await self._posts.unsay(root, message_id)


def vote_view(language: Language, jam: Jam, takes: Sequence[Record], votes: Mapping[int, str]) -> ui.View:
    """A button for each take with its votes, and one to end the jam."""
    counts = Counter(votes.values())
    labels = {take.id: language.say("jam-take-votes", number=number_of(take), votes=counts[take.id]) for take in takes}
    stop: ui.Button[ui.View] = ui.Button(label=language.say("label-jam-stop"), emoji="⏹️", custom_id=stop_id(jam))
    return view_of(*(_vote_button(jam, take_id, label) for take_id, label in labels.items()), stop)


def _vote_button(jam: Jam, take_id: str, label: str) -> ui.Button[ui.View]:
    custom_id = f"unstill:jam-vote:{jam.id}:{jam.number}:{take_id}"
    return ui.Button(label=label, emoji="🗳️", style=discord.ButtonStyle.primary, custom_id=custom_id)


def stop_id(jam: Jam) -> str:
    """The id of the button that ends a jam, which tells a round's vote from all other messages, too."""
    return f"unstill:jam-stop:{jam.id}:{jam.number}"


def vote_text(language: Language, jam: Jam, takes: Sequence[Record]) -> str:
    rows = [f"[{language.say('jam-take', number=number_of(take))}]({jump_link(take)})" for take in takes]
    title = language.say("jam-vote", number=jam.number, rounds=jam.terms.rounds, when=moment(jam.closes_at or 0))
    return f"{title}\n{' · '.join(rows)}"


def result_text(language: Language, jam: Jam, takes: Sequence[Record], chosen: str, votes: Mapping[int, str]) -> str:
    won = next(take for take in takes if take.id == chosen)
    count = Counter(votes.values())[chosen]
    name = "jam-won" if count else "jam-chosen"
    return language.say(name, round=jam.number, number=number_of(won), link=jump_link(won) or "", votes=count)


def end_text(language: Language, jam: Jam, won: Sequence[Record], voters: Sequence[int], *, left: bool = False) -> str:
    host = f"<@{jam.host_id}>"
    if not won:
        return language.say("jam-ended-unchosen" if left else "jam-ended-without", host=host)
    name = "jam-ended-reel" if len(won) > 1 else "jam-ended"
    said = language.say(name, host=host, count=len(won))
    return f"{said} {language.say('jam-voters', members=mentions(language, voters))}" if voters else said
