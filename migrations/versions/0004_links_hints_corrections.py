"""Sign-in links, hints read, publication asked for beforehand, findings that are corrected on the page."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dismissed_hint",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("hint", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_dismissed_hint_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "hint", name=op.f("pk_dismissed_hint")),
    )
    op.add_column("one_time_token", sa.Column("browser_hash", sa.String(length=64)))
    op.add_column("import_finding", sa.Column("of_file", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("import_finding", sa.Column("typed", sa.Text()))
    op.add_column("import_finding", sa.Column("corrected_at", sa.DateTime(timezone=True)))
    op.add_column("plan_import", sa.Column("purpose", sa.String(length=40), nullable=False, server_default="change"))
    op.add_column("plan_version", sa.Column("publish_on_approval_at", sa.DateTime(timezone=True)))
    # Making the table anew, as SQLite's other way would, would break the triggers that look into it.
    op.execute(
        "ALTER TABLE plan_version ADD COLUMN publish_on_approval_by_id INTEGER "
        'CONSTRAINT fk_plan_version_publish_on_approval_by_id_user REFERENCES "user" (id)'
    )


def downgrade() -> None:
    op.drop_column("plan_version", "publish_on_approval_by_id")
    op.drop_column("plan_version", "publish_on_approval_at")
    op.drop_column("plan_import", "purpose")
    for name in ("corrected_at", "typed", "of_file"):
        op.drop_column("import_finding", name)
    op.drop_column("one_time_token", "browser_hash")
    op.drop_table("dismissed_hint")
