"""Mails know in whose file they lie."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_mail", sa.Column("story_kind", sa.String(length=40)))
    op.add_column("outbox_mail", sa.Column("story_id", sa.Integer()))
    op.create_index("ix_outbox_mail_story", "outbox_mail", ["story_kind", "story_id"])


def downgrade() -> None:
    op.drop_index("ix_outbox_mail_story", table_name="outbox_mail")
    op.drop_column("outbox_mail", "story_id")
    op.drop_column("outbox_mail", "story_kind")
