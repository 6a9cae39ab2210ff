"""How many attempts at a take Redis lost, counted by themselves: neither a worker nor the take is to blame for them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("takes") as batch:
        batch.add_column(sa.Column("mislaid", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("takes") as batch:
        batch.drop_column("mislaid")
