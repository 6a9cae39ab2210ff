"""What forgetting a member has to find: whose offers and pictures are, and which messages name them beside a clip."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offers") as batch:
        batch.add_column(sa.Column("member_id", sa.BigInteger, nullable=False, server_default=sa.text("0")))
    with op.batch_alter_table("attempts") as batch:
        batch.add_column(sa.Column("still", sa.String(64), nullable=False, server_default=""))
    with op.batch_alter_table("jams") as batch:
        batch.add_column(sa.Column("word_id", sa.BigInteger))
        batch.create_index("ix_jams_host_id", ["host_id"])
    with op.batch_alter_table("report_posts") as batch:
        batch.add_column(sa.Column("settled_by", sa.BigInteger))
        batch.create_index("ix_report_posts_settled_by", ["settled_by"])
    op.create_table(
        "notices",
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("until", sa.Float, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("notices")
    with op.batch_alter_table("report_posts") as batch:
        batch.drop_index("ix_report_posts_settled_by")
        batch.drop_column("settled_by")
    with op.batch_alter_table("jams") as batch:
        batch.drop_index("ix_jams_host_id")
        batch.drop_column("word_id")
    with op.batch_alter_table("attempts") as batch:
        batch.drop_column("still")
    with op.batch_alter_table("offers") as batch:
        batch.drop_column("member_id")
