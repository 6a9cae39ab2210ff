"""The tables of the record. A change here goes with a revision in `bot/record/migrations/versions/`."""

import sqlalchemy as sa

from bot.rules.wishes import KEY_LIMIT

metadata = sa.MetaData()

takes = sa.Table(
    "takes",
    metadata,
    sa.Column("id", sa.String(20), primary_key=True),
    sa.Column("root", sa.String(20), nullable=False, index=True),
    sa.Column("parent", sa.String(20)),
    sa.Column("take", sa.Text, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("guild_id", sa.BigInteger),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("member_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("asked_at", sa.Float, nullable=False),
    sa.Column("byte_limit", sa.Integer, nullable=False),
    sa.Column("place_id", sa.BigInteger),
    sa.Column("opener_id", sa.BigInteger),
    sa.Column("status_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("losses", sa.Integer, nullable=False),
    sa.Column("mislaid", sa.Integer, nullable=False, server_default="0"),
    sa.Column("refusals", sa.Integer, nullable=False),
    sa.Column("posting", sa.Boolean, nullable=False),
    sa.Column("report", sa.Text),
    sa.Column("problem", sa.Text),
    sa.Column("locale", sa.String(10), nullable=False),
    sa.Column("wish", sa.String(KEY_LIMIT), nullable=False),
    sa.Column("credits", sa.Text, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("fate", sa.String(12), nullable=False),
    sa.Column("fate_by", sa.BigInteger),
    sa.Column("still", sa.String(64), nullable=False),
    sa.Column("spoiler", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_takes_message_id", "message_id"),
    sa.Index("ix_takes_parent", "parent"),
    sa.Index("ix_takes_still", "still"),
    sa.Index("ix_takes_guild_id", "guild_id", "asked_at"),
    sa.Index("ix_takes_state_status_id", "state", "status_id"),
    sa.Index("ix_takes_place_id", "place_id", "asked_at"),
    sa.Index("ix_takes_fate_by", "fate_by"),
)

offers = sa.Table(
    "offers",
    metadata,
    sa.Column("id", sa.String(20), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),  # of the first picture: all that versions before 0006 know
    sa.Column("pictures", sa.Text, nullable=False, server_default=""),  # all of them, as JSON
    sa.Column("offered_at", sa.Float, nullable=False, index=True),
    sa.Column("member_id", sa.BigInteger, nullable=False, server_default=sa.text("0")),  # who is asked for the mood
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)

rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("take_id", sa.String(20), primary_key=True),
    sa.Column("wish", sa.String(KEY_LIMIT), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),  # of the round that is open
    sa.Column("tally_id", sa.BigInteger),  # the message that says how it stands, where the clip's buttons do not
)

ballots = sa.Table(
    "ballots",
    metadata,
    sa.Column("take_id", sa.String(20), primary_key=True),
    sa.Column("wish", sa.String(KEY_LIMIT), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("member_id", sa.BigInteger, primary_key=True),
    sa.Column("cast_at", sa.Float, nullable=False),
    sa.Index("ix_ballots_member_id", "member_id"),
)

reactions = sa.Table(
    "reactions",
    metadata,
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("emoji", sa.String(100), primary_key=True),
    sa.Column("member_id", sa.BigInteger, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),  # of the round that it counted in, or `NOWHERE`
    sa.Column("taken_back", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("seen_at", sa.Float, nullable=False, index=True),
    sa.Index("ix_reactions_member_id", "member_id"),
)

copies = sa.Table(
    "copies",
    metadata,
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("take_id", sa.String(20), nullable=False, index=True),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
)

houses = sa.Table(
    "houses",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True),
    sa.Column("rules", sa.Text, nullable=False),
)

jams = sa.Table(
    "jams",
    metadata,
    sa.Column("id", sa.String(20), primary_key=True),
    sa.Column("guild_id", sa.BigInteger),
    sa.Column("root", sa.String(20), nullable=False, index=True),  # the first take of its family
    sa.Column("host_id", sa.BigInteger, nullable=False),
    sa.Column("terms", sa.Text, nullable=False),
    sa.Column("phase", sa.String(12), nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),  # of the round, from 1
    sa.Column("closes_at", sa.Float),  # the vote
    sa.Column("message_id", sa.BigInteger),  # the vote's message
    sa.Column("winners", sa.Text, nullable=False),
    sa.Column("word_id", sa.BigInteger),  # the message that says whose jam it was, and who voted
    sa.Index("ix_jams_host_id", "host_id"),
)

jam_votes = sa.Table(
    "jam_votes",
    metadata,
    sa.Column("jam_id", sa.String(20), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("member_id", sa.BigInteger, primary_key=True),
    sa.Column("take_id", sa.String(20), nullable=False),
    sa.Index("ix_jam_votes_member_id", "member_id"),
)

stills = sa.Table(
    "stills",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("likeness", sa.String(64), nullable=False),  # what another file of the same picture shares with it
    sa.Column("taken_in_at", sa.Float, nullable=False),
)

blocks = sa.Table(
    "blocks",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(8), primary_key=True),  # member, still or word
    sa.Column("subject", sa.String(80), primary_key=True),  # an id, a hash, a word
    sa.Column("likeness", sa.String(64), nullable=False),  # of a still
    sa.Column("by", sa.BigInteger, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("take_id", sa.String(20), primary_key=True),
    sa.Column("member_id", sa.BigInteger, primary_key=True, autoincrement=False),  # who reported it
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_reports_member_id", "member_id", "at"),
)

report_posts = sa.Table(
    "report_posts",
    metadata,
    sa.Column("take_id", sa.String(20), primary_key=True),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),  # where the moderators read of it
    sa.Column("settled", sa.String(12), nullable=False, server_default=""),  # how they settled it
    sa.Column("settled_by", sa.BigInteger),  # the moderator whom that message names, too
    sa.Index("ix_report_posts_settled_by", "settled_by"),
)

notices = sa.Table(  # words to a member beside a clip, which go again
    "notices",
    metadata,
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("member_id", sa.BigInteger, nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.String(20), primary_key=True),  # the interaction's
    sa.Column("member_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("still", sa.String(64), nullable=False, server_default=""),  # what was read
)

promises = sa.Table(
    "promises",
    metadata,
    sa.Column("id", sa.String(20), primary_key=True),  # the interaction's
    sa.Column("life", sa.String(40), primary_key=True),  # of the bot that made it
    sa.Column("token", sa.Text, nullable=False),  # a secret, good for 15 minutes; then the row goes
    sa.Column("application_id", sa.BigInteger, nullable=False),
    sa.Column("member_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("guild_id", sa.BigInteger),
    sa.Column("channel_id", sa.BigInteger),
    sa.Column("locale", sa.String(10), nullable=False),
    sa.Column("thinking", sa.Boolean, nullable=False),
    sa.Column("request", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

farewells = sa.Table(
    "farewells",
    metadata,
    sa.Column("member_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Float, nullable=False),
)
