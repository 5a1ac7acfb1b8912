"""Ids of every record that can be taken back and of which the history speaks are given once."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

TABLES = (
    "attendance",
    "attendance_report",
    "board_letter",
    "hour_budget",
    "mayor",
    "municipality",
    "municipality_change",
    "partnership_member",
    "plan",
    "plan_import",
    "plan_template",
    "plan_version",
    "recording_question",
    "review_comment",
    "role_grant",
    "webinar",
    "webinar_material",
)
AGAIN, ONCE = "PRIMARY KEY (id)", "PRIMARY KEY (id AUTOINCREMENT)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # a sequence of PostgreSQL never goes back
        _declare(AGAIN, ONCE)
        for table in TABLES:
            _go_on_after_the_last(table)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _declare(ONCE, AGAIN)
        for table in TABLES:
            op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")


def _declare(key: str, new_key: str) -> None:
    """In the words of the schema alone: both kinds of table lie in the file in the same way, so no row is touched, and
    nothing that refers to one. https://sqlite.org/lang_altertable.html names this procedure.
    """
    connection = op.get_bind()
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    try:
        for table in TABLES:
            _declare_one(connection, table, key, new_key)
        connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    finally:
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")
    if connection.execute(sa.text("PRAGMA quick_check(1)")).scalar_one() != "ok":
        raise RuntimeError("the database is damaged")


def _declare_one(connection: sa.Connection, table: str, key: str, new_key: str) -> None:
    named = {"table": table}
    definition = connection.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table"), named
    ).scalar_one()
    if definition.count(key) != 1:
        raise RuntimeError(f"{table} has no {key}")
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table"),
        {**named, "sql": definition.replace(key, new_key)},
    )


def _go_on_after_the_last(table: str) -> None:
    """Also after those that were taken back before: the history knows them."""
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
    op.execute(
        f"""
        INSERT INTO sqlite_sequence (name, seq) SELECT '{table}', MAX(
            (SELECT COALESCE(MAX(id), 0) FROM "{table}"),
            (SELECT COALESCE(MAX(record_id), 0) FROM audit_event WHERE record_kind = '{table}'),
            (SELECT COALESCE(MAX(story_id), 0) FROM audit_event WHERE story_kind = '{table}')
        )
        """
    )
