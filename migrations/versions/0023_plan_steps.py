"""Earlier states of plans, and what an upload brings where the plan went on meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("undo", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_plan_step_version_id_plan_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
    )
    op.create_index(op.f("ix_plan_step_version_id"), "plan_step", ["version_id"])
    op.create_index(op.f("ix_plan_step_made_at"), "plan_step", ["made_at"])
    op.add_column("plan_import", sa.Column("merge_base", sa.String(length=64)))
    op.add_column("plan_import", sa.Column("theirs", sa.JSON()))
    op.add_column("plan_import", sa.Column("open_conflicts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plan_import", sa.Column("choices", sa.JSON()))


def downgrade() -> None:
    for column in ("choices", "open_conflicts", "theirs", "merge_base"):
        op.drop_column("plan_import", column)
    op.drop_table("plan_step")
