"""Papers to sign."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_text")),
        sa.UniqueConstraint("kind", "language", "version", name=op.f("uq_paper_text_kind_language_version")),
    )
    op.create_table(
        "paper_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_paper_counter")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer()),
        sa.Column("meeting_id", sa.Integer()),
        sa.Column("term_id", sa.Integer()),
        sa.Column("issue_id", sa.Integer()),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer()),
        sa.Column("scan_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("serial > 0", name=op.f("ck_paper_counted_from_one")),
        sa.ForeignKeyConstraint(["issue_id"], ["handbook_issue.id"], name=op.f("fk_paper_issue_id_handbook_issue")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_paper_made_by_id_user")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["partnership_meeting.id"], name=op.f("fk_paper_meeting_id_partnership_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["partnership_member.id"], name=op.f("fk_paper_member_id_partnership_member")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_paper_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["attachment.id"], name=op.f("fk_paper_scan_id_attachment")),
        sa.ForeignKeyConstraint(["term_id"], ["leader_term.id"], name=op.f("fk_paper_term_id_leader_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("token", name=op.f("uq_paper_token")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_paper_year_serial")),
    )
    op.create_index("ix_paper_partnership", "paper", ["partnership_id", "kind"])


def downgrade() -> None:
    op.drop_table("paper")
    op.drop_table("paper_counter")
    op.drop_table("paper_text")
