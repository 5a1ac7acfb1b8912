"""Requests for advice, and advice outside the partnerships."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "advice_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("wished_times", sa.String(length=300)),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("consultation_id", sa.Integer()),
        sa.Column("entry_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'answered') = (consultation_id IS NOT NULL)",
            name=op.f("ck_advice_request_answered_in_a_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_advice_request_partnership_id_partnership")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_advice_request_asked_by_id_user")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_advice_request_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_request")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_advice_request_consultation_id")),
        sa.UniqueConstraint("entry_key", name=op.f("uq_advice_request_entry_key")),
    )
    op.create_index("ix_advice_request_open", "advice_request", ["partnership_id", "status"])
    op.create_index(op.f("ix_advice_request_asked_by_id"), "advice_request", ["asked_by_id"])
    op.create_table(
        "outside_advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("animator_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("municipality_id", sa.Integer()),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text()),
        sa.Column("late_entry_reason", sa.String(length=500)),
        sa.Column("taken_back_at", sa.DateTime(timezone=True)),
        sa.Column("taken_back_reason", sa.String(length=500)),
        sa.Column("entry_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_outside_advice_lasts")),
        sa.ForeignKeyConstraint(["animator_id"], ["user.id"], name=op.f("fk_outside_advice_animator_id_user")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_outside_advice_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_advice")),
        sa.UniqueConstraint("entry_key", name=op.f("uq_outside_advice_entry_key")),
    )
    op.create_index("ix_outside_advice_of_animator", "outside_advice", ["animator_id", "day"])
    op.create_index(op.f("ix_outside_advice_municipality_id"), "outside_advice", ["municipality_id"])


def downgrade() -> None:
    op.drop_table("outside_advice")
    op.drop_table("advice_request")
