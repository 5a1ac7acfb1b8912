"""Reporting periods and frozen figures; the database itself keeps what was frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

REFUSE = "BEGIN SELECT RAISE(ABORT, 'a frozen figure does not change'); END"
FROZEN_MOVED = (
    "OLD.frozen_at IS NOT NULL AND (NEW.frozen_at IS NOT OLD.frozen_at OR NEW.content_hash IS NOT OLD.content_hash "
    "OR NEW.begins_on <> OLD.begins_on OR NEW.ends_on <> OLD.ends_on)"
)
SQLITE = {
    "report_snapshot_frozen_update": f"BEFORE UPDATE ON report_snapshot {REFUSE}",
    "report_snapshot_frozen_delete": f"BEFORE DELETE ON report_snapshot {REFUSE}",
    "report_delta_frozen_update": f"BEFORE UPDATE ON report_delta {REFUSE}",
    "report_delta_frozen_delete": f"BEFORE DELETE ON report_delta {REFUSE}",
    "reporting_period_frozen_update": f"BEFORE UPDATE ON reporting_period WHEN {FROZEN_MOVED} {REFUSE}",
    "reporting_period_frozen_delete": f"BEFORE DELETE ON reporting_period WHEN OLD.frozen_at IS NOT NULL {REFUSE}",
}
SAY_NO = "RAISE EXCEPTION 'a frozen figure does not change' USING ERRCODE = 'integrity_constraint_violation'"
POSTGRESQL_UP = (
    f"""
    CREATE FUNCTION a_frozen_figure_does_not_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {SAY_NO}; END $$
    """,
    """
    CREATE TRIGGER report_snapshot_frozen BEFORE UPDATE OR DELETE ON report_snapshot
    FOR EACH ROW EXECUTE FUNCTION a_frozen_figure_does_not_change()
    """,
    """
    CREATE TRIGGER report_delta_frozen BEFORE UPDATE OR DELETE ON report_delta
    FOR EACH ROW EXECUTE FUNCTION a_frozen_figure_does_not_change()
    """,
    f"""
    CREATE FUNCTION a_frozen_period_keeps_its_figures() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.frozen_at IS NULL THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' THEN {SAY_NO}; END IF;
        IF NEW.frozen_at IS DISTINCT FROM OLD.frozen_at OR NEW.content_hash IS DISTINCT FROM OLD.content_hash
           OR NEW.begins_on <> OLD.begins_on OR NEW.ends_on <> OLD.ends_on THEN {SAY_NO};
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER reporting_period_frozen BEFORE UPDATE OR DELETE ON reporting_period
    FOR EACH ROW EXECUTE FUNCTION a_frozen_period_keeps_its_figures()
    """,
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER reporting_period_frozen ON reporting_period",
    "DROP FUNCTION a_frozen_period_keeps_its_figures()",
    "DROP TRIGGER report_delta_frozen ON report_delta",
    "DROP TRIGGER report_snapshot_frozen ON report_snapshot",
    "DROP FUNCTION a_frozen_figure_does_not_change()",
)


def upgrade() -> None:
    op.create_table(
        "reporting_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True)),
        sa.Column("content_hash", sa.String(length=64)),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("compared_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_reporting_period_days_in_order")),
        sa.CheckConstraint(
            "(status IN ('frozen', 'submitted')) = (frozen_at IS NOT NULL)",
            name=op.f("ck_reporting_period_frozen_has_a_moment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_period")),
        sa.UniqueConstraint("begins_on", "ends_on", name=op.f("uq_reporting_period_begins_on_ends_on")),
    )
    op.create_table(
        "report_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("evidence_refs", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_report_snapshot_period_id_reporting_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_snapshot")),
        sa.UniqueConstraint("period_id", "indicator", name=op.f("uq_report_snapshot_period_id_indicator")),
    )
    op.create_index(op.f("ix_report_snapshot_period_id"), "report_snapshot", ["period_id"])
    op.create_table(
        "report_delta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("value_after", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.JSON(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["report_snapshot.id"], name=op.f("fk_report_delta_snapshot_id_report_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_delta")),
    )
    op.create_index(op.f("ix_report_delta_snapshot_id"), "report_delta", ["snapshot_id"])
    if op.get_bind().dialect.name == "sqlite":
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
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
    op.drop_table("report_delta")
    op.drop_table("report_snapshot")
    op.drop_table("reporting_period")
