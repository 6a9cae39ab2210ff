"""What a house refuses, what was reported, and what has to go: stills by their likeness, blocks, reports, farewells."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("stills", "blocks", "reports", "report_posts", "attempts", "farewells")


def upgrade() -> None:
    with op.batch_alter_table("takes") as batch:
        batch.add_column(sa.Column("still", sa.String(64), nullable=False, server_default=""))
    takes = sa.table("takes", sa.column("id"), sa.column("take"), sa.column("still"))
    connection = op.get_bind()
    for take_id, take in connection.execute(sa.select(takes.c.id, takes.c.take)).all():
        still = json.loads(take)["shot"]["still"]
        connection.execute(takes.update().where(takes.c.id == take_id).values(still=still))
    with op.batch_alter_table("takes") as batch:
        batch.alter_column("still", server_default=None)
        batch.create_index("ix_takes_still", ["still"])
    op.create_table(
        "stills",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("likeness", sa.String(64), nullable=False),
        sa.Column("taken_in_at", sa.Float, nullable=False),
    )
    op.create_table(
        "blocks",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("subject", sa.String(80), primary_key=True),
        sa.Column("likeness", sa.String(64), nullable=False),
        sa.Column("by", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("take_id", sa.String(20), primary_key=True),
        sa.Column("member_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "report_posts",
        sa.Column("take_id", sa.String(20), primary_key=True),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("member_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "farewells",
        sa.Column("member_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Float, nullable=False),
    )


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
    with op.batch_alter_table("takes") as batch:
        batch.drop_index("ix_takes_still")
        batch.drop_column("still")
