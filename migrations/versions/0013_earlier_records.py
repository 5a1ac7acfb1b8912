"""Records taken in from files, and the tables they go to."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SQLITE = {
    "ledger_entry_keep_update": "BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END",
    "ledger_entry_keep_delete": "BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END",
}

POSTGRESQL_UP = (
    """
    CREATE FUNCTION the_ledger_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is only added to' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER ledger_entry_keep BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION the_ledger_is_only_added_to()
    """,
)

POSTGRESQL_DOWN = (
    "DROP TRIGGER ledger_entry_keep ON ledger_entry",
    "DROP FUNCTION the_ledger_is_only_added_to()",
)


def upgrade() -> None:
    op.add_column("partnership_member", sa.Column("taken_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "webinar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_webinar_lasts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar")),
    )
    op.create_index(op.f("ix_webinar_starts_at"), "webinar", ["starts_at"])
    op.create_table(
        "column_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_by_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["used_by_id"], ["user.id"], name=op.f("fk_column_mapping_used_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint("kind", "signature", name=op.f("uq_column_mapping_kind_signature")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_attendance_lasts")),
        sa.CheckConstraint("people_count > 0", name=op.f("ck_attendance_somebody_came")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_attendance_municipality_id_municipality")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_attendance_user_id_user")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_attendance_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_municipality_id"), "attendance", ["municipality_id"])
    op.create_index(op.f("ix_attendance_user_id"), "attendance", ["user_id"])
    op.create_index(op.f("ix_attendance_webinar_id"), "attendance", ["webinar_id"])
    op.create_index("uq_attendance_person", "attendance", ["webinar_id", "municipality_id", "user_id"], unique=True)
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("animator_id", sa.Integer()),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("visit_no", sa.Integer()),
        sa.Column("actual_start", sa.DateTime(timezone=True)),
        sa.Column("actual_minutes", sa.Integer()),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("participants_count", sa.Integer()),
        sa.Column("summary", sa.Text()),
        sa.Column("next_steps", sa.Text()),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(channel = 'visit') = (visit_no IS NOT NULL)", name=op.f("ck_consultation_visits_are_numbered")),
        sa.CheckConstraint("actual_minutes IS NULL OR actual_minutes > 0", name=op.f("ck_consultation_lasts")),
        sa.ForeignKeyConstraint(["animator_id"], ["user.id"], name=op.f("fk_consultation_animator_id_user")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_consultation_municipality_id_municipality")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index(op.f("ix_consultation_animator_id"), "consultation", ["animator_id"])
    op.create_index("ix_consultation_municipality", "consultation", ["municipality_id", "actual_start"])
    op.create_table(
        "hour_budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("pot", sa.String(length=40), nullable=False),
        sa.Column("granted_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("granted_minutes >= 0", name=op.f("ck_hour_budget_granted_not_negative")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_hour_budget_municipality_id_municipality")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_budget")),
        sa.UniqueConstraint("municipality_id", "pot", name=op.f("uq_hour_budget_municipality_id_pot")),
    )
    op.create_table(
        "earlier_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("year_from", sa.Integer(), nullable=False),
        sa.Column("year_to", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("file_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("year_to >= year_from", name=op.f("ck_earlier_plan_years_in_order")),
        sa.ForeignKeyConstraint(["file_id"], ["attachment.id"], name=op.f("fk_earlier_plan_file_id_attachment")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_earlier_plan_partnership_id_partnership")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_plan")),
        sa.UniqueConstraint("partnership_id", "kind", "year_from", name=op.f("uq_earlier_plan_partnership_id_kind_year_from")),
    )
    op.create_index(op.f("ix_earlier_plan_partnership_id"), "earlier_plan", ["partnership_id"])
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("consultation_id", sa.Integer()),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=300)),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes <> 0", name=op.f("ck_ledger_entry_moves_something")),
        sa.ForeignKeyConstraint(["budget_id"], ["hour_budget.id"], name=op.f("fk_ledger_entry_budget_id_hour_budget")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_ledger_entry_consultation_id_consultation")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_ledger_entry_made_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    op.create_index(op.f("ix_ledger_entry_budget_id"), "ledger_entry", ["budget_id"])
    op.create_index(op.f("ix_ledger_entry_consultation_id"), "ledger_entry", ["consultation_id"])
    op.create_table(
        "record_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("partnership_id", sa.Integer()),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer()),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("refusal", sa.Text()),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("grid", sa.JSON()),
        sa.Column("rows", sa.JSON()),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("seen", sa.String(length=64)),
        sa.Column("invite", sa.Boolean(), nullable=False),
        sa.Column("to_invite", sa.JSON(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.Column("applied_by_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["applied_by_id"], ["user.id"], name=op.f("fk_record_import_applied_by_id_user")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_record_import_file_id_stored_file")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_record_import_partnership_id_partnership")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["user.id"], name=op.f("fk_record_import_uploaded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_import")),
    )
    op.create_index(op.f("ix_record_import_partnership_id"), "record_import", ["partnership_id"])
    op.create_index(op.f("ix_record_import_uploaded_by_id"), "record_import", ["uploaded_by_id"])

    if op.get_bind().dialect.name == "sqlite":
        for name, what in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {what}")
    else:
        for statement in POSTGRESQL_UP:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for statement in POSTGRESQL_DOWN:
            op.execute(statement)
    op.drop_table("ledger_entry")
    op.drop_table("earlier_plan")
    op.drop_table("hour_budget")
    op.drop_table("consultation")
    op.drop_table("attendance")
    op.drop_table("column_mapping")
    op.drop_table("webinar")
    op.drop_table("record_import")
    op.drop_column("partnership_member", "taken_over")
