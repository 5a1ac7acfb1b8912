"""Let the database itself keep history and submitted plans from being changed."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FROZEN = "(SELECT status FROM plan_version WHERE id = {row}.version_id) NOT IN ('draft', 'in_use')"

SQLITE = {
    "audit_event_keep_update": "BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'history is only added to'); END",
    "audit_event_keep_delete": "BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'history is only added to'); END",
    "plan_entry_frozen_insert": (
        f"BEFORE INSERT ON plan_entry WHEN {FROZEN.format(row='NEW')} "
        "BEGIN SELECT RAISE(ABORT, 'a submitted plan does not change'); END"
    ),
    "plan_entry_frozen_update": (
        f"BEFORE UPDATE ON plan_entry WHEN {FROZEN.format(row='OLD')} OR {FROZEN.format(row='NEW')} "
        "BEGIN SELECT RAISE(ABORT, 'a submitted plan does not change'); END"
    ),
    "plan_entry_frozen_delete": (
        f"BEFORE DELETE ON plan_entry WHEN {FROZEN.format(row='OLD')} "
        "BEGIN SELECT RAISE(ABORT, 'a submitted plan does not change'); END"
    ),
}

POSTGRESQL_UP = (
    """
    CREATE FUNCTION history_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'history is only added to' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER audit_event_keep BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION history_is_only_added_to()
    """,
    """
    CREATE FUNCTION a_submitted_plan_does_not_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND
           (SELECT status FROM plan_version WHERE id = OLD.version_id) NOT IN ('draft', 'in_use') THEN
            RAISE EXCEPTION 'a submitted plan does not change' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP <> 'DELETE' AND
           (SELECT status FROM plan_version WHERE id = NEW.version_id) NOT IN ('draft', 'in_use') THEN
            RAISE EXCEPTION 'a submitted plan does not change' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER plan_entry_frozen BEFORE INSERT OR UPDATE OR DELETE ON plan_entry
    FOR EACH ROW EXECUTE FUNCTION a_submitted_plan_does_not_change()
    """,
)

POSTGRESQL_DOWN = (
    "DROP TRIGGER plan_entry_frozen ON plan_entry",
    "DROP FUNCTION a_submitted_plan_does_not_change()",
    "DROP TRIGGER audit_event_keep ON audit_event",
    "DROP FUNCTION history_is_only_added_to()",
)


def upgrade() -> None:
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
