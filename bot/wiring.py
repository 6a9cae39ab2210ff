"""The services of a take's road and of the play around it, put together; `bot.client` has made what they stand on."""

import os
import socket
from typing import TYPE_CHECKING

from bot.commands.notices import Notices
from bot.commands.reactions import Reactions
from bot.commands.replies import Replies
from bot.community.fates import Fates
from bot.community.gallery import Gallery
from bot.community.jam_rounds import Jams
from bot.community.presses import Presses
from bot.community.reporting import Reports
from bot.community.revival import Revival
from bot.community.share import Share
from bot.community.storyboards import Storyboards
from bot.community.storytelling import Stories
from bot.media.seals import Seals
from bot.media.signing import Signer, open_signer
from bot.media.stills import Stills
from bot.posts.clip_posts import ClipPosts
from bot.posts.conversations import Posts
from bot.posts.jam_posts import JamPosts
from bot.posts.places import Places
from bot.posts.renewals import Renewals
from bot.posts.side_posts import SidePosts
from bot.posts.status import StatusLines
from bot.privacy.exporting import Exporting
from bot.privacy.forgetting import Forgetting
from bot.record.ballots import Ballots
from bot.record.farewells import Farewells
from bot.record.jam_store import JamStore
from bot.record.reaction_log import ReactionLog
from bot.record.report_store import ReportStore
from bot.takes.admission import Admission
from bot.takes.backlog import Backlog
from bot.takes.beginning import Animations
from bot.takes.delivery import Delivery
from bot.takes.workshop import Workshop
from bot.workers.renders import Renders

if TYPE_CHECKING:
    from bot.client import Unstill


def wire(bot: "Unstill", renders: Renders) -> None:
    """Put the parts of a take's road together, then those of the play around it."""
    folder, store, houses = bot.settings.data_dir, bot.store, bot.houses
    places, stills, ballots = Places(bot), Stills(folder / "stills"), Ballots(bot.database)
    posts, clips, side = Posts(places), ClipPosts(places), SidePosts(places)
    bot.renewals = Renewals(store, ballots, houses, clips, side)
    delivery = Delivery(
        store=store, stills=stills, posts=posts, clip_posts=clips, renewals=bot.renewals, clips=folder / "clips"
    )
    admission = Admission(store, houses, bot.gate, bot.media)
    workshop = Workshop(
        store=store,
        stills=stills,
        renders=renders,
        delivery=delivery,
        seals=Seals(_open_signer(bot), store=store, stills=stills, delivery=delivery),
        roster=bot.roster,
        safety=bot.safety,
    )
    bot.forgetting = Forgetting(
        store=store,
        farewells=Farewells(bot.database),
        workshop=workshop,
        places=places,
        renewals=bot.renewals,
        folder=folder,
    )
    bot.exporting = Exporting(store=store, folder=folder)
    bot.backlog = Backlog(
        store=store,
        admission=admission,
        workshop=workshop,
        delivery=delivery,
        status=StatusLines(posts),
        holder=f"{socket.gethostname()}-{os.getpid()}",
    )
    bot.animations = Animations(
        bot.settings,
        store=store,
        stills=stills,
        backlog=bot.backlog,
        engines=bot.engines,
        houses=houses,
        gate=bot.gate,
    )
    bot.presses = Presses(
        bot.settings,
        store=store,
        stills=stills,
        backlog=bot.backlog,
        engines=bot.engines,
        houses=houses,
        admission=admission,
        ballots=ballots,
        renewals=bot.renewals,
    )
    _wire_play(bot, stills, delivery, clips, side, admission)
    bot.reports = Reports(
        store=store,
        reports=ReportStore(bot.database),
        houses=houses,
        blocks=bot.blocks,
        gate=bot.gate,
        fates=bot.fates,
        backlog=bot.backlog,
        places=places,
        posts=posts,
    )


def _wire_play(
    bot: "Unstill", stills: Stills, delivery: Delivery, clips: ClipPosts, side: SidePosts, admission: Admission
) -> None:
    """Put the parts of the play around takes together."""
    store, houses, renewals = bot.store, bot.houses, bot.renewals
    bot.fates = Fates(store=store, houses=houses, delivery=delivery, posts=clips, renewals=renewals)
    bot.share = Share(store=store, houses=houses, delivery=delivery, posts=clips, renewals=renewals, safety=bot.safety)
    bot.stories = Stories(
        bot.settings,
        store=store,
        backlog=bot.backlog,
        delivery=delivery,
        engines=bot.engines,
        storyboards=Storyboards(stills, delivery),
    )
    bot.jams = Jams(
        store=store,
        jams=JamStore(bot.database),
        admission=admission,
        backlog=bot.backlog,
        renewals=renewals,
        posts=JamPosts(side),
        engine=bot.engines.default,
    )
    bot.gallery = Gallery(store=store, delivery=delivery, posts=clips, renewals=renewals)
    bot.revival = Revival(store=store, delivery=delivery, clips=clips, side=side, renewals=renewals)
    notices = Notices(side)
    bot.reactions = Reactions(
        bot,
        store=store,
        houses=houses,
        presses=bot.presses,
        fates=bot.fates,
        notices=notices,
        gate=bot.gate,
        log=ReactionLog(bot.database),
    )
    bot.replies = Replies(bot, store=store, presses=bot.presses, notices=notices, gate=bot.gate)


def _open_signer(bot: "Unstill") -> Signer:
    own = bot.settings
    return open_signer(own.data_dir / "signing", own.signing_key, own.signing_certificates)
