"""Words, lists and logos that the office gives the programme; who asked to be erased; the history by its kind."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("words", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("programme", sa.Column("list_changes", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("user", sa.Column("erased_at", sa.DateTime(timezone=True)))
    op.create_index("ix_audit_event_event", "audit_event", ["event", "at"])
    op.create_table(
        "programme_logo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_programme_logo_programme_id_programme")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_programme_logo_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_logo")),
    )
    op.create_index(op.f("ix_programme_logo_programme_id"), "programme_logo", ["programme_id"])
    op.create_index(op.f("ix_programme_logo_file_id"), "programme_logo", ["file_id"])
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("address", sa.String(length=254)),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("status", sa.String(length=7), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_by_id", sa.Integer()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('open', 'done', 'refused')", name=op.f("ck_erasure_request_erasurestatus")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_erasure_request_user_id_user")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_erasure_request_entered_by_id_user")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_erasure_request_closed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
    )
    op.create_index(op.f("ix_erasure_request_user_id"), "erasure_request", ["user_id"])
    op.create_index(op.f("ix_erasure_request_status"), "erasure_request", ["status"])


def downgrade() -> None:
    op.drop_table("erasure_request")
    op.drop_table("programme_logo")
    op.drop_index("ix_audit_event_event", "audit_event")
    op.drop_column("user", "erased_at")
    op.drop_column("programme", "list_changes")
    op.drop_column("programme", "words")
