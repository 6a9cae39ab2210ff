"""What members cover stays covered; an offer remembers all pictures of its message."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = {
    "takes": sa.Column("spoiler", sa.Boolean, nullable=False, server_default=sa.false()),
    "offers": sa.Column("pictures", sa.Text, nullable=False, server_default=""),
}


def upgrade() -> None:
    for table, column in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(column)


def downgrade() -> None:
    for table, column in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column.name)
