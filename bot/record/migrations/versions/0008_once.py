"""What is done once: a report that was settled, a reaction that was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report_posts") as batch:
        batch.add_column(sa.Column("settled", sa.String(12), nullable=False, server_default=""))
    with op.batch_alter_table("reactions") as batch:
        batch.add_column(sa.Column("taken_back", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("reactions") as batch:
        batch.drop_column("taken_back")
    with op.batch_alter_table("report_posts") as batch:
        batch.drop_column("settled")
