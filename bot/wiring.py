"""Every service of the bot, made in one place and handed to whoever needs it; then what commands and presses reach."""

import os
import socket
from dataclasses import dataclass
from uuid import uuid4

import discord

from bot.commands import about, animate, buttons, forms, gallery, jam, privacy, report, story, take
from bot.commands.missed_reactions import MissedReactions
from bot.commands.notices import Notices
from bot.commands.reactions import Reactions
from bot.commands.replies import Replies
from bot.commands.router import Route
from bot.commands.settings import HouseCommands
from bot.commands.translator import AnyCommand
from bot.community.fates import Fates
from bot.community.gallery import Gallery
from bot.community.jam_rounds import Jams
from bot.community.presses import Presses
from bot.community.promises import Promises
from bot.community.reporting import Reports
from bot.community.revival import Revival
from bot.community.share import Share
from bot.community.storyboards import Storyboards
from bot.community.storytelling import Stories
from bot.media.clips import Clips
from bot.media.seals import Seals
from bot.media.signing import open_signer
from bot.media.stills import Stills
from bot.media.sweep import Media
from bot.parts import Album, Asking, Play, Privacy, Rules, Verdicts, Workers
from bot.posts.attachments import Attachments
from bot.posts.clip_posts import ClipPosts
from bot.posts.conversations import Posts
from bot.posts.jam_posts import JamPosts
from bot.posts.late_words import LateWords
from bot.posts.places import Places
from bot.posts.renewals import Renewals
from bot.posts.side_posts import SidePosts
from bot.posts.status import StatusLines
from bot.posts.traces import Traces
from bot.privacy.exporting import Exporting
from bot.privacy.forgetting import Forgetting
from bot.privacy.unnaming import Unnaming
from bot.record.attempts import Attempts
from bot.record.ballots import Ballots
from bot.record.blocks import Blocks
from bot.record.database import Database
from bot.record.farewells import Farewells
from bot.record.holdings import Holdings
from bot.record.house_rules import Houses
from bot.record.jam_store import JamStore
from bot.record.likenesses import Likenesses
from bot.record.notice_log import NoticeLog
from bot.record.promise_store import LIFE, PromiseStore
from bot.record.reaction_log import ReactionLog
from bot.record.report_store import ReportStore
from bot.record.store import Store
from bot.rules.fleet import Roster
from bot.running.health import Health
from bot.running.metrics import Metrics
from bot.settings import Settings
from bot.takes.admission import Admission
from bot.takes.backlog import Backlog
from bot.takes.beginning import Animations
from bot.takes.delivery import Delivery
from bot.takes.gate import Gate
from bot.takes.safety import Safety
from bot.takes.upload_limits import UploadLimits
from bot.takes.workshop import Workshop
from bot.workers.engines import Engines
from bot.workers.renders import Renders
from renderer.contract.abilities import model_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All services that the client calls or commands are given; the rest is there for who looks in from outside."""

    database: Database
    store: Store
    houses: Houses
    blocks: Blocks
    gate: Gate
    media: Media
    safety: Safety
    roster: Roster
    engines: Engines
    health: Health
    backlog: Backlog
    animations: Animations
    presses: Presses
    fates: Fates
    share: Share
    reports: Reports
    jams: Jams
    stories: Stories
    promises: Promises
    gallery: Gallery
    revival: Revival
    renewals: Renewals
    forgetting: Forgetting
    exporting: Exporting
    reactions: Reactions
    missed_reactions: MissedReactions
    replies: Replies


def build(client: discord.Client, settings: Settings, *, database: Database, renders: Renders) -> Services:
    """Make all services: those below first. The record is up to date, and Redis was reached, before."""
    # What they stand on: the record, the disk, the workers, Discord.
    metrics = Metrics()
    store, ballots = Store(database, metrics), Ballots(database)
    houses, blocks = Houses(database), Blocks(database)
    attempts, reaction_log = Attempts(database), ReactionLog(database)
    stills, clips = Stills(settings.data_dir / "stills"), Clips(settings.data_dir / "clips")
    signer = open_signer(settings.data_dir / "signing", settings.signing_key, settings.signing_certificates)
    seals = Seals(signer, store=store, stills=stills, clips=clips)
    media = Media(settings, holdings=Holdings(database), houses=houses, reactions=reaction_log, attempts=attempts)
    roster = Roster()
    engines = Engines((settings.engine, model_name(settings.engine, settings.model)), roster)
    places = Places(client)
    posts, clip_posts, side_posts = Posts(places), ClipPosts(places), SidePosts(places, NoticeLog(database))
    renewals = Renewals(store, ballots, houses, clip_posts, side_posts)

    # A take's road.
    gate = Gate(settings, blocks, attempts, Likenesses(database))
    safety = Safety(client, houses, settings.safety_policy)
    admission = Admission(store, houses, gate, media)
    limits = UploadLimits(settings.upload_limit)
    delivery = Delivery(
        store=store,
        stills=stills,
        clips=clips,
        places=places,
        posts=posts,
        clip_posts=clip_posts,
        renewals=renewals,
        limits=limits,
    )
    workshop = Workshop(
        store=store, stills=stills, clips=clips, renders=renders, seals=seals, roster=roster, safety=safety
    )
    backlog = Backlog(
        store=store,
        admission=admission,
        workshop=workshop,
        delivery=delivery,
        status=StatusLines(posts),
        holder=f"{socket.gethostname()}-{os.getpid()}",
    )
    animations = Animations(
        fetch=Attachments(client).fetch,
        store=store,
        stills=stills,
        backlog=backlog,
        engines=engines,
        houses=houses,
        gate=gate,
        limits=limits,
    )

    # What members do with takes together.
    presses = Presses(
        store=store,
        stills=stills,
        backlog=backlog,
        engines=engines,
        houses=houses,
        admission=admission,
        ballots=ballots,
        renewals=renewals,
        limits=limits,
    )
    fates = Fates(store=store, houses=houses, gate=gate, clips=clips, clip_posts=clip_posts, renewals=renewals)
    share = Share(store=store, houses=houses, clips=clips, clip_posts=clip_posts, renewals=renewals, safety=safety)
    reports = Reports(
        store=store,
        reports=ReportStore(database),
        houses=houses,
        blocks=blocks,
        gate=gate,
        fates=fates,
        backlog=backlog,
        places=places,
        posts=posts,
    )
    farewells, jam_store = Farewells(database), JamStore(database)
    traces, jam_posts = Traces(places), JamPosts(side_posts)
    jams = Jams(
        store=store,
        jams=jam_store,
        admission=admission,
        backlog=backlog,
        renewals=renewals,
        posts=jam_posts,
        animations=animations,
        houses=houses,
        engine=engines.default,
    )
    stories = Stories(
        store=store,
        backlog=backlog,
        clips=clips,
        engines=engines,
        storyboards=Storyboards(stills, clips),
        clip_posts=clip_posts,
        limits=limits,
    )
    promises = Promises(
        client,
        life=f"{LIFE}{uuid4().hex[:24]}",
        store=store,
        promises=PromiseStore(database),
        animations=animations,
        presses=presses,
        jams=jams,
        words=LateWords(client),
    )
    gallery = Gallery(store=store, clips=clips, clip_posts=clip_posts, renewals=renewals)
    revival = Revival(store=store, clips=clips, clip_posts=clip_posts, side=side_posts, renewals=renewals)
    forgetting = Forgetting(
        store=store,
        farewells=farewells,
        stills=stills,
        clips=clips,
        workshop=workshop,
        backlog=backlog,
        presence=gate.presence,
        places=places,
        posts=posts,
        side=side_posts,
        traces=traces,
        unnaming=Unnaming(
            store=store,
            farewells=farewells,
            jams=jam_store,
            backlog=backlog,
            jam_posts=jam_posts,
            renewals=renewals,
            traces=traces,
        ),
        renewals=renewals,
    )
    exporting = Exporting(store=store, stills=stills, clips=clips, limits=limits)

    # What is heard without a command or a press.
    notices = Notices(side_posts)
    reactions = Reactions(
        client,
        store=store,
        houses=houses,
        presses=presses,
        fates=fates,
        notices=notices,
        gate=gate,
        log=reaction_log,
    )
    missed_reactions = MissedReactions(client, known=reaction_log, places=places, houses=houses, reactions=reactions)
    replies = Replies(client, store=store, presses=presses, notices=notices, gate=gate)
    return Services(
        database=database,
        store=store,
        houses=houses,
        blocks=blocks,
        gate=gate,
        media=media,
        safety=safety,
        roster=roster,
        engines=engines,
        health=Health(metrics, store=store, roster=roster, online=client.is_ready),
        backlog=backlog,
        animations=animations,
        presses=presses,
        fates=fates,
        share=share,
        reports=reports,
        jams=jams,
        stories=stories,
        promises=promises,
        gallery=gallery,
        revival=revival,
        renewals=renewals,
        forgetting=forgetting,
        exporting=exporting,
        reactions=reactions,
        missed_reactions=missed_reactions,
        replies=replies,
    )


class Parts:
    """What command modules are given."""

    def __init__(self, services: Services) -> None:
        own = services
        self.asking = Asking(animations=own.animations, presses=own.presses, promises=own.promises)
        self.verdicts = Verdicts(fates=own.fates, share=own.share, reports=own.reports)
        self.play = Play(jams=own.jams, stories=own.stories, promises=own.promises)
        self.album = Album(gallery=own.gallery, revival=own.revival)
        self.rules = Rules(houses=own.houses, blocks=own.blocks)
        self.privacy = Privacy(forgetting=own.forgetting, exporting=own.exporting)
        self.workers = Workers(engines=own.engines, backlog=own.backlog)


def commands(parts: Parts) -> list[AnyCommand]:
    """All commands and menus, in the order in which Discord is told of them."""
    return [
        *animate.commands(parts.asking, parts.workers),
        *jam.commands(parts.play),
        *story.commands(parts.play),
        *gallery.commands(parts.album),
        *take.commands(parts.album),
        HouseCommands(parts.rules),
        *privacy.commands(parts.privacy),
        *about.commands(parts.workers),
    ]


def routes(parts: Parts) -> list[Route]:
    """All buttons, menus and forms that are answered."""
    return [
        *buttons.routes(parts.asking, parts.verdicts),
        *forms.routes(parts.asking),
        *jam.routes(parts.play),
        *story.routes(parts.asking, parts.play),
        *gallery.routes(parts.album),
        *report.routes(parts.verdicts),
        *privacy.routes(parts.privacy),
    ]
