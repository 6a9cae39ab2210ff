"""Keeps the messages of clips true: who asked, what became of the clip, how its ballots stand.

Whatever changes these asks for the message to be renewed. One renewal of a message is under way at a time, and the
last state is always told; where the message itself can no longer be edited, a tally message says how ballots stand.
"""

import logging
from collections.abc import Mapping

from bot.coalescing import Coalesced
from bot.posts.clip_posts import ClipPosts
from bot.posts.controls import BUTTONED
from bot.posts.discord_calls import NobodyThereError, PostError, UneditableError
from bot.posts.side_posts import SidePosts
from bot.record.ballots import Ballots
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.rules.clip_card import ClipCard
from bot.rules.takes import Fate, Record

log = logging.getLogger(__name__)

CLOSING = 5.0  # seconds that edits may take when the bot goes offline


class Renewals:
    """Keeps the messages of all clips true."""

    def __init__(self, store: Store, ballots: Ballots, houses: Houses, clips: ClipPosts, side: SidePosts) -> None:
        self._store = store
        self._ballots = ballots
        self._houses = houses
        self._clips = clips
        self._side = side
        self._soon = Coalesced("the renewal of a clip's message", self._renew)

    async def card_of(self, record: Record) -> ClipCard:
        """What the message of a take should say now."""
        take, house = record.take, await self._houses.of(record.guild_id)
        scenes = [await self._store.get(scene.take) for scene in take.shot.scenes]
        return ClipCard(
            record=record,
            parent=await self._store.get(take.parent) if take.parent else None,
            scenes=tuple(scene for scene in scenes if scene),
            counts=await self._ballots.open_counts(record.id),
            need=house.reroll_votes,
            shared=house.gallery is not None,
            reportable=house.reports is not None,
        )

    def renew(self, take_id: str) -> None:
        """Have the message of a take say what is so, soon."""
        self._soon.ask(take_id)

    async def close(self) -> None:
        """Let what is being told be told."""
        await self._soon.close(CLOSING)

    async def _renew(self, take_id: str) -> None:
        record = await self._store.get(take_id)
        if record is None or record.fate is Fate.TOSSED:
            return
        card = await self.card_of(record)
        try:
            told = await self._edited(card)
            await self._tell_tallies(card, {wish: have for wish, have in card.counts.items() if wish not in told})
        except PostError as error:
            log.info("the message of take %s stays as it is: %s", take_id, error)

    async def _edited(self, card: ClipCard) -> frozenset[str]:
        """Edit the clip's own message; the wishes whose counts it says now."""
        try:
            await self._clips.renew_clip(card)
        except (UneditableError, NobodyThereError) as error:
            log.info("the message of take %s cannot be edited: %s", card.record.id, error)
            return frozenset()
        return BUTTONED

    async def _tell_tallies(self, card: ClipCard, counts: Mapping[str, int]) -> None:
        """Have a message for each of these wishes, and for no other."""
        take_id, standing = card.record.id, await self._ballots.tallies(card.record.id)
        for wish in standing.keys() - counts.keys():
            await self._side.drop(card.record, standing[wish])
            await self._ballots.write_tally(take_id, wish, None)
        for wish, have in counts.items():
            message_id = await self._side.tally(card.record, wish, have, card.need, standing.get(wish))
            if not await self._ballots.write_tally(take_id, wish, message_id):
                await self._side.drop(card.record, message_id)
