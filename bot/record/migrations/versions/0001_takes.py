"""Takes, offers, notes and the lease."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "takes",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("root", sa.String(20), nullable=False, index=True),
        sa.Column("parent", sa.String(20)),
        sa.Column("take", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
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
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("posting", sa.Boolean, nullable=False),
        sa.Column("report", sa.Text),
        sa.Column("problem", sa.Text),
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("offered_at", sa.Float, nullable=False, index=True),
    )
    op.create_table(
        "notes",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until", sa.Float, nullable=False),
    )


def downgrade() -> None:
    for name in ("leases", "notes", "offers", "takes"):
        op.drop_table(name)
