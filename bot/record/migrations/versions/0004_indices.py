"""Indices for what is asked often, or of tables that grow without end. No row and no column changes."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDICES = {
    "takes": {
        "ix_takes_state_status_id": ["state", "status_id"],
        "ix_takes_place_id": ["place_id", "asked_at"],
        "ix_takes_fate_by": ["fate_by"],
    },
    "ballots": {"ix_ballots_member_id": ["member_id"]},
    "reactions": {"ix_reactions_member_id": ["member_id"], "ix_reactions_seen_at": ["seen_at"]},
    "jams": {"ix_jams_root": ["root"]},
    "jam_votes": {"ix_jam_votes_member_id": ["member_id"]},
    "reports": {"ix_reports_member_id": ["member_id", "at"]},
    "attempts": {"ix_attempts_at": ["at"]},
}


def upgrade() -> None:
    for table, indices in INDICES.items():
        with op.batch_alter_table(table) as batch:
            for name, columns in indices.items():
                batch.create_index(name, columns)
    with op.batch_alter_table("takes") as batch:  # the one of state and status line serves instead
        batch.drop_index("ix_takes_state")


def downgrade() -> None:
    with op.batch_alter_table("takes") as batch:
        batch.create_index("ix_takes_state", ["state"])
    for table, indices in INDICES.items():
        with op.batch_alter_table(table) as batch:
            for name in indices:
                batch.drop_index(name)
