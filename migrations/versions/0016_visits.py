"""Dates of visits as they are agreed on."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def columns() -> dict[str, list[sa.Column]]:
    return {
        "consultation": [
            sa.Column("calendar_uid", sa.String(length=80)),
            sa.Column("move_asked_at", sa.DateTime(timezone=True)),
            sa.Column("move_asked_by", sa.String(length=40)),
        ],
        "visit_slot": [
            sa.Column("by_phone", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("by_office", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("answer_note", sa.String(length=500)),
        ],
    }


def upgrade() -> None:
    for table, added in columns().items():
        for column in added:
            op.add_column(table, column)


def downgrade() -> None:
    for table, added in columns().items():
        for column in reversed(added):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
