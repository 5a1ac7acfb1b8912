"""Hours asked for and granted, dates of visits, what follows from them, and how a consultation was confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

CHECKED = {
    "planned_minutes": "INTEGER CONSTRAINT ck_consultation_is_planned_to_last CHECK (planned_minutes IS NULL OR planned_minutes > 0)",
    "over_budget_minutes": (
        "INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_consultation_over_budget_not_negative CHECK (over_budget_minutes >= 0)"
    ),
}


def columns() -> list[sa.Column]:
    return [
        sa.Column("planned_start", sa.DateTime(timezone=True)),
        sa.Column("place", sa.String(length=300)),
        sa.Column("stands_from", sa.DateTime(timezone=True)),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.Column("cancelled_by", sa.String(length=40)),
        sa.Column("cancel_reason", sa.String(length=500)),
        sa.Column("cancelled_late", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("length_note", sa.String(length=500)),
        sa.Column("late_entry_reason", sa.String(length=500)),
        sa.Column("entry_key", sa.String(length=64)),
        sa.Column("reported_at", sa.DateTime(timezone=True)),
        sa.Column("disputed_at", sa.DateTime(timezone=True)),
        sa.Column("dispute_reason", sa.Text()),
        sa.Column("decision_note", sa.Text()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("confirmed_by", sa.String(length=40)),
    ]


def upgrade() -> None:
    for column in columns():
        op.add_column("consultation", column)
    for name, definition in CHECKED.items():  # a table of SQLite takes a new check only with its column
        op.execute(f"ALTER TABLE consultation ADD COLUMN {name} {definition}")
    op.create_index("ix_consultation_planned", "consultation", ["animator_id", "planned_start"])
    op.create_index("uq_consultation_entry_key", "consultation", ["entry_key"], unique=True)
    op.create_table(
        "budget_adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer()),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("requested_by_id", sa.Integer()),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decision_note", sa.String(length=500)),
        sa.Column("paired_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes <> 0", name=op.f("ck_budget_adjustment_moves_something")),
        sa.ForeignKeyConstraint(["budget_id"], ["hour_budget.id"], name=op.f("fk_budget_adjustment_budget_id_hour_budget")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_budget_adjustment_consultation_id_consultation")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["user.id"], name=op.f("fk_budget_adjustment_requested_by_id_user")),
        sa.ForeignKeyConstraint(["paired_id"], ["budget_adjustment.id"], name=op.f("fk_budget_adjustment_paired_id_budget_adjustment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_adjustment")),
    )
    op.create_index(op.f("ix_budget_adjustment_budget_id"), "budget_adjustment", ["budget_id"])
    op.create_index(op.f("ix_budget_adjustment_consultation_id"), "budget_adjustment", ["consultation_id"])
    op.create_index(op.f("ix_budget_adjustment_decision"), "budget_adjustment", ["decision"])
    op.create_index(
        "uq_budget_adjustment_overrun", "budget_adjustment", ["consultation_id"], unique=True,
        sqlite_where=sa.text("decision = 'pending'"), postgresql_where=sa.text("decision = 'pending'"),
    )
    op.create_table(
        "visit_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_visit_slot_lasts")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_visit_slot_consultation_id_consultation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_slot")),
    )
    op.create_index(op.f("ix_visit_slot_consultation_id"), "visit_slot", ["consultation_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("done_on", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_follow_up_consultation_id_consultation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index(op.f("ix_follow_up_consultation_id"), "follow_up", ["consultation_id"])


def downgrade() -> None:
    for table in ("follow_up", "visit_slot", "budget_adjustment"):
        op.drop_table(table)
    for index in ("uq_consultation_entry_key", "ix_consultation_planned"):
        op.drop_index(index, table_name="consultation")
    for name in (*CHECKED, *(column.name for column in reversed(columns()))):
        op.execute(f"ALTER TABLE consultation DROP COLUMN {name}")
