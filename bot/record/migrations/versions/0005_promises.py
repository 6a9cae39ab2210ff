"""What a bot has acknowledged and not yet begun."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("life", sa.String(40), primary_key=True),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("application_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("thinking", sa.Boolean, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("promises")
