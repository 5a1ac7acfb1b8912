"""Long work that people wait for: what was asked, how far it is, what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "long_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(200)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text()),
        sa.Column("reference", sa.String(16)),
        sa.Column("result_key", sa.String(80)),
        sa.Column("result_name", sa.String(200)),
        sa.Column("result_type", sa.String(120)),
        sa.Column("result_size", sa.BigInteger()),
        sa.Column("result_until", sa.DateTime(timezone=True)),
        sa.Column("fetched_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_long_work_asked_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_long_work")),
    )
    is_open = sa.text("state IN ('queued', 'running')")
    op.create_index(
        "uq_long_work_open",
        "long_work",
        ["kind", "about"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_long_work_state", "long_work", ["state", "not_before"])
    op.create_index(op.f("ix_long_work_asked_by_id"), "long_work", ["asked_by_id"])
    # What waited for the job that took files in so far: shown again, and applied with the next press of the button.
    op.execute("UPDATE record_import SET status = 'checked' WHERE status = 'queued'")


def downgrade() -> None:
    op.drop_table("long_work")
