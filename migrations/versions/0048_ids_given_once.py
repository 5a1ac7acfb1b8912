"""Ids of terms, assignments and sendings are given once, also when a row is taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLES = ("leader_term", "animator_assignment", "handbook_issue")
AGAIN, ONCE = "PRIMARY KEY (id)", "PRIMARY KEY (id AUTOINCREMENT)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # a sequence of PostgreSQL never goes back
        for table in TABLES:
            _make_anew(table, AGAIN, ONCE)
            _go_on_after_the_last(table)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            _make_anew(table, ONCE, AGAIN)


def _make_anew(table: str, key: str, new_key: str) -> None:
    """From its own words, so that every column, check, index and trigger stays as it is.

    Other tables refer to its rows. These go and come back within one transaction, which asks at its end whether all are
    there.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    kept = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY rowid")
    parts = op.get_bind().execute(kept, {"table": table}).all()
    definition = next(sql for kind, sql in parts if kind == "table")
    if definition.count(key) != 1:
        raise RuntimeError(f"{table} has no {key}")
    op.execute(f"CREATE TEMPORARY TABLE kept_rows AS SELECT * FROM {table}")
    op.execute(f"DELETE FROM {table}")
    op.execute(f"DROP TABLE {table}")
    connection = op.get_bind()
    connection.exec_driver_sql(definition.replace(key, new_key))
    op.execute(f"INSERT INTO {table} SELECT * FROM kept_rows")
    op.execute("DROP TABLE kept_rows")
    for kind, sql in parts:
        if kind != "table":
            connection.exec_driver_sql(sql)


def _go_on_after_the_last(table: str) -> None:
    """Also after those that were taken back before: the history knows them."""
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
    op.execute(
        f"""
        INSERT INTO sqlite_sequence (name, seq) SELECT '{table}', MAX(
            (SELECT COALESCE(MAX(id), 0) FROM {table}),
            (SELECT COALESCE(MAX(record_id), 0) FROM audit_event WHERE record_kind = '{table}')
        )
        """
    )
