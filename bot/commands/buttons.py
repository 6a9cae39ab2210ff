"""Presses of the buttons under clips and status lines: each is one call of a service, and a word to who pressed."""

import re
from collections.abc import Awaitable, Callable, Mapping

import discord

from bot.commands.answers import defer, own_language, show_form, tell, tell_way
from bot.commands.forms import correction_form, words_form
from bot.commands.router import Route
from bot.parts import Asking, Verdicts
from bot.posts.controls import (
    BRING_BACK,
    CANCEL,
    CORRECT,
    KEEP,
    LET_GO,
    NOW,
    PRESSED,
    REPORT,
    SHARE,
    TOSS,
    WORDED,
    start_now_button,
)
from bot.rules.takes import Record
from bot.rules.wishes import Standing, Wish
from bot.takes.asker import Asker
from renderer.contract.shot import Action

Deed = Callable[[Asker, Record], Awaitable[None]]


def routes(asking: Asking, verdicts: Verdicts) -> list[Route]:
    """All buttons that `bot.posts.controls` makes."""
    return [Route(pattern=PRESSED, handler=TakeButtons(asking, verdicts).press)]


class TakeButtons:
    """Answers presses."""

    def __init__(self, asking: Asking, verdicts: Verdicts) -> None:
        self._presses = asking.presses
        self._verdicts = verdicts
        fates = verdicts.fates
        self._deeds: Mapping[str, Deed] = {  # of which the messages themselves tell
            CANCEL: asking.presses.cancel,
            KEEP: fates.keep,
            LET_GO: fates.let_go,
            TOSS: fates.toss,
            BRING_BACK: fates.bring_back,
        }

    async def press(self, interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Do what one button asks for. Raises `RefusedError`."""
        press, take_id = match["press"], match["take"]
        if press in WORDED:
            await show_form(interaction, words_form(Action(press), take_id, own_language(interaction)))
            return
        if press == CORRECT:
            record = await self._presses.find(Asker.of_interaction(interaction), take_id)
            await show_form(interaction, correction_form(record, own_language(interaction)))
            return
        await defer(interaction)
        asker = Asker.of_interaction(interaction)
        record = await self._presses.find(asker, take_id)
        if press in self._deeds:
            await self._deeds[press](asker, record)
        elif press == SHARE:
            await tell(interaction, await self._verdicts.share.share(asker, record))
        elif press == REPORT:
            await self._verdicts.reports.report(asker, record)
            await tell(interaction, asker.language.say("reported"))
        elif press.startswith(NOW):
            await self._presses.vote(asker, record, Wish(action=Action(press.removeprefix(NOW))), overrule=True)
            await tell_way(interaction, record)
        else:
            await self._wish(interaction, asker, record, Wish(action=Action(press)))

    async def _wish(self, interaction: discord.Interaction, asker: Asker, record: Record, wish: Wish) -> None:
        """Have a take begun, or a ballot for it counted."""
        standing = await self._presses.press(asker, record, wish)
        if standing is None or standing.complete:
            await tell_way(interaction, record)
        else:
            await self._tell_standing(interaction, asker, record, wish, standing)

    async def _tell_standing(
        self, interaction: discord.Interaction, asker: Asker, record: Record, wish: Wish, standing: Standing
    ) -> None:
        """Say how the round stands, and offer who may a button to begin alone."""
        language = asker.language
        counted = asker.member_id in standing.voters
        what = language.say("vote-what", label=language.say(f"label-{wish.action}"))
        name = "vote-counted" if counted else "vote-withdrawn"
        text = language.say(name, have=standing.have, need=standing.need, what=what)
        alone = counted and await self._presses.may_overrule(asker, record)
        await tell(interaction, text, start_now_button(wish.action, record.id, language) if alone else None)
