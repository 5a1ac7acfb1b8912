"""Self-assessments of municipalities."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date()),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("accepted_need_rows", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(taken_on IS NULL) = (finished_at IS NULL)", name=op.f("ck_self_assessment_dated_once_finished")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_self_assessment_partnership_id_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessment")),
    )
    op.create_index(op.f("ix_self_assessment_partnership_id"), "self_assessment", ["partnership_id"])
    op.create_index("ix_self_assessment_latest", "self_assessment", ["partnership_id", "taken_on"])
    op.create_index(
        "uq_self_assessment_open",
        "self_assessment",
        ["partnership_id"],
        unique=True,
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "self_assessment_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("score", sa.Integer()),
        sa.Column("saved_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "score IS NULL OR (score >= 0 AND score <= 100)",
            name=op.f("ck_self_assessment_area_score_of_a_hundred"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["self_assessment.id"],
            name=op.f("fk_self_assessment_area_assessment_id_self_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessment_area")),
        sa.UniqueConstraint(
            "assessment_id", "area", name=op.f("uq_self_assessment_area_assessment_id_area")
        ),
    )
    op.create_index(
        op.f("ix_self_assessment_area_assessment_id"), "self_assessment_area", ["assessment_id"]
    )


def downgrade() -> None:
    op.drop_table("self_assessment_area")
    op.drop_table("self_assessment")
