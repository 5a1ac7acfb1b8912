"""Meetings and handbooks; calendar entries that travel with a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_mail", sa.Column("calendar", sa.Text()))
    op.create_table(
        "partnership_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time()),
        sa.Column("minutes", sa.Integer()),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("agenda", sa.Text()),
        sa.Column("people_count", sa.Integer()),
        sa.Column("summary", sa.Text()),
        sa.Column("next_steps", sa.Text()),
        sa.Column("minutes_file_id", sa.Integer()),
        sa.Column("calendar_uid", sa.String(length=80), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True)),
        sa.Column("called_off_at", sa.DateTime(timezone=True)),
        sa.Column("call_off_reason", sa.String(length=300)),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("people_count IS NULL OR people_count > 0", name=op.f("ck_partnership_meeting_somebody_came")),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_partnership_meeting_lasts")),
        sa.ForeignKeyConstraint(
            ["minutes_file_id"], ["attachment.id"], name=op.f("fk_partnership_meeting_minutes_file_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_meeting_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_meeting")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_partnership_meeting_calendar_uid")),
    )
    op.create_index(op.f("ix_partnership_meeting_partnership_id"), "partnership_meeting", ["partnership_id"])
    only_initiating = sa.text("kind = 'initiating' AND called_off_at IS NULL")
    op.create_index(
        "uq_partnership_meeting_initiating",
        "partnership_meeting",
        ["partnership_id"],
        unique=True,
        sqlite_where=only_initiating,
        postgresql_where=only_initiating,
    )
    op.create_table(
        "handbook_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("edition", sa.String(length=60), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("file_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_handbook_edition_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook_edition")),
        sa.UniqueConstraint("edition", name=op.f("uq_handbook_edition_edition")),
    )
    op.create_index(
        "uq_handbook_edition_current",
        "handbook_edition",
        ["is_current"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "handbook_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_count", sa.Integer(), nullable=False),
        sa.Column("confirmed_count", sa.Integer()),
        sa.Column("confirmed_on", sa.Date()),
        sa.Column("note", sa.String(length=300)),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sent_count > 0", name=op.f("ck_handbook_issue_something_sent")),
        sa.CheckConstraint(
            "confirmed_count IS NULL OR confirmed_count >= 0", name=op.f("ck_handbook_issue_count_not_negative")
        ),
        sa.CheckConstraint(
            "(confirmed_count IS NULL) = (confirmed_on IS NULL)", name=op.f("ck_handbook_issue_confirmed_with_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["handbook_edition.id"], name=op.f("fk_handbook_issue_edition_id_handbook_edition")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_handbook_issue_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook_issue")),
    )
    op.create_index(op.f("ix_handbook_issue_edition_id"), "handbook_issue", ["edition_id"])
    op.create_index(op.f("ix_handbook_issue_municipality_id"), "handbook_issue", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("handbook_issue")
    op.drop_table("handbook_edition")
    op.drop_table("partnership_meeting")
    op.drop_column("outbox_mail", "calendar")
