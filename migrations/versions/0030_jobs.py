"""Every run of a job, and what it came to."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def columns() -> list[sa.Column]:
    return [
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("due_handled", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.Column("requested_at", sa.DateTime(timezone=True)),
        sa.Column("last_failed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("last_success_at", sa.DateTime(timezone=True)),
        sa.Column("last_milliseconds", sa.Integer()),
        sa.Column("runs", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
    ]


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("result", sa.String(length=200)),
        sa.Column("ok", sa.Boolean()),
        sa.Column("error", sa.String(length=120)),
        sa.Column("instance", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    op.create_index("ix_job_run_job", "job_run", ["job", "started_at"])
    op.create_index(op.f("ix_job_run_started_at"), "job_run", ["started_at"])
    op.create_table(
        "job_process",
        sa.Column("instance", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("instance", name=op.f("pk_job_process")),
    )
    for column in columns():
        op.add_column("job_lease", column)


def downgrade() -> None:
    for column in reversed(columns()):
        op.drop_column("job_lease", column.name)
    op.drop_table("job_process")
    op.drop_table("job_run")
