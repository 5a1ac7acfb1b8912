"""Recordings of webinars, and the question that confirms watching."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

STAMPS = ("created_at", "updated_at")


def upgrade() -> None:
    make_recordings()
    make_questions()
    make_tries()
    make_checked_links()


def make_recordings() -> None:
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("url", sa.String(length=500)),
        sa.Column("minutes", sa.Integer()),
        sa.Column("captions", sa.String(length=40), nullable=False),
        sa.Column("captions_file_id", sa.Integer()),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("transcript_file_id", sa.Integer()),
        sa.Column("without_materials", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("none_reason", sa.String(length=500), nullable=False),
        sa.Column("substitute", sa.String(length=1000), nullable=False),
        sa.Column("substitute_link", sa.String(length=500)),
        *stamps(),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'published' OR url IS NOT NULL", name=op.f("ck_recording_leads_somewhere")),
        sa.CheckConstraint(
            "state <> 'published' OR captions <> 'no' OR transcript <> '' OR transcript_file_id IS NOT NULL",
            name=op.f("ck_recording_can_be_read"),
        ),
        sa.CheckConstraint(
            "state <> 'none' OR (none_reason <> '' AND (substitute <> '' OR substitute_link IS NOT NULL))",
            name=op.f("ck_recording_says_why_not"),
        ),
        sa.CheckConstraint(
            "(captions = 'file') = (captions_file_id IS NOT NULL)", name=op.f("ck_recording_has_its_captions")
        ),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_recording_lasts")),
        sa.ForeignKeyConstraint(
            ["captions_file_id"], ["stored_file.id"], name=op.f("fk_recording_captions_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["transcript_file_id"], ["stored_file.id"], name=op.f("fk_recording_transcript_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_recording_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("webinar_id", name=op.f("uq_recording_webinar_id")),
    )
    for column in ("captions_file_id", "due_on", "transcript_file_id"):
        op.create_index(op.f(f"ix_recording_{column}"), "recording", [column])


def make_questions() -> None:
    op.create_table(
        "recording_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("right_answer", sa.Integer(), nullable=False),
        *stamps(),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "right_answer >= 0 AND right_answer < 4", name=op.f("ck_recording_question_has_a_right_answer")
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_recording_question_recording_id_recording")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_question")),
        sa.UniqueConstraint("recording_id", name=op.f("uq_recording_question_recording_id")),
    )


def make_tries() -> None:
    op.create_table(
        "recording_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *stamps(),
        sa.CheckConstraint("number > 0", name=op.f("ck_recording_tries_somebody_tried")),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_recording_tries_recording_id_recording")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recording_tries_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_tries")),
        sa.UniqueConstraint("recording_id", "user_id", "day", name="uq_recording_tries_day"),
    )
    for column in ("day", "user_id"):
        op.create_index(op.f(f"ix_recording_tries_{column}"), "recording_tries", [column])


def make_checked_links() -> None:
    op.create_table(
        "checked_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_on", sa.Date()),
        sa.Column("answer", sa.String(length=40)),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        *stamps(),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_checked_link_counts_failures")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_link")),
        sa.UniqueConstraint("url", name=op.f("uq_checked_link_url")),
    )
    op.create_index(op.f("ix_checked_link_state"), "checked_link", ["state"])


def stamps() -> list[sa.Column]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in STAMPS]


def downgrade() -> None:
    for table in ("checked_link", "recording_tries", "recording_question", "recording"):
        op.drop_table(table)
