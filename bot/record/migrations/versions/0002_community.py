"""What communities do with takes: ballots, reactions, fates, rules of the house, jams."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WISH = 80

NEW_COLUMNS = {
    "locale": sa.Column("locale", sa.String(10), nullable=False, server_default="en-US"),
    "wish": sa.Column("wish", sa.String(WISH), nullable=False, server_default=""),
    "credits": sa.Column("credits", sa.Text, nullable=False, server_default="[]"),
    "seconds": sa.Column("seconds", sa.Float, nullable=False, server_default="4"),
    "fate": sa.Column("fate", sa.String(12), nullable=False, server_default="undecided"),
    "fate_by": sa.Column("fate_by", sa.BigInteger),
}
INDICES = {"message_id": ["message_id"], "parent": ["parent"], "guild_id": ["guild_id", "asked_at"]}
TABLES = ("rounds", "ballots", "reactions", "copies", "houses", "jams", "jam_votes")


def upgrade() -> None:
    with op.batch_alter_table("takes") as batch:
        for column in NEW_COLUMNS.values():
            batch.add_column(column)
    with op.batch_alter_table("takes") as batch:  # the rows there are have their values: new ones say their own
        for name, column in NEW_COLUMNS.items():
            if column.server_default is not None:
                batch.alter_column(name, server_default=None)
        for name, columns in INDICES.items():
            batch.create_index(f"ix_takes_{name}", columns)
    op.create_table(
        "rounds",
        sa.Column("take_id", sa.String(20), primary_key=True),
        sa.Column("wish", sa.String(WISH), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("tally_id", sa.BigInteger),
    )
    op.create_table(
        "ballots",
        sa.Column("take_id", sa.String(20), primary_key=True),
        sa.Column("wish", sa.String(WISH), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("member_id", sa.BigInteger, primary_key=True),
        sa.Column("cast_at", sa.Float, nullable=False),
    )
    op.create_table(
        "reactions",
        sa.Column("message_id", sa.BigInteger, primary_key=True),
        sa.Column("emoji", sa.String(100), primary_key=True),
        sa.Column("member_id", sa.BigInteger, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
    )
    op.create_table(
        "copies",
        sa.Column("message_id", sa.BigInteger, primary_key=True),
        sa.Column("take_id", sa.String(20), nullable=False, index=True),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "houses",
        sa.Column("guild_id", sa.BigInteger, primary_key=True),
        sa.Column("rules", sa.Text, nullable=False),
    )
    op.create_table(
        "jams",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("root", sa.String(20), nullable=False),
        sa.Column("host_id", sa.BigInteger, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("phase", sa.String(12), nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("closes_at", sa.Float),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("winners", sa.Text, nullable=False),
    )
    op.create_table(
        "jam_votes",
        sa.Column("jam_id", sa.String(20), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("member_id", sa.BigInteger, primary_key=True),
        sa.Column("take_id", sa.String(20), nullable=False),
    )


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
    with op.batch_alter_table("takes") as batch:
        for name in INDICES:
            batch.drop_index(f"ix_takes_{name}")
        for name in NEW_COLUMNS:
            batch.drop_column(name)
