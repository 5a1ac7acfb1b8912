"""Waivers of minimum tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waived_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= waived_on", name=op.f("ck_task_waiver_days_in_order")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_task_waiver_partnership_id_partnership")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_waiver")),
    )
    op.create_index(op.f("ix_task_waiver_partnership_id"), "task_waiver", ["partnership_id"])
    standing = sa.text("ended_on IS NULL")
    op.create_index(
        "uq_task_waiver_standing", "task_waiver", ["partnership_id", "task"], unique=True,
        sqlite_where=standing, postgresql_where=standing,
    )


def downgrade() -> None:
    op.drop_table("task_waiver")
