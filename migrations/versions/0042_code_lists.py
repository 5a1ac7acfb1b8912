"""Entries of code lists can be retired, and the history is searched by kind of record.

What is retired is kept with the other changes of the lists (``programme.list_changes``): no table knows of it.
"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_event_kind", "audit_event", ["record_kind", "at"])


def downgrade() -> None:
    op.drop_index("ix_audit_event_kind", table_name="audit_event")
