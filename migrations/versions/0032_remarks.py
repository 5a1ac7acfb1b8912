"""Answers to remarks that come with a workbook, and those that did not settle one."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review_comment", sa.Column("earlier", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("plan_import", sa.Column("answers", sa.JSON()))


def downgrade() -> None:
    op.drop_column("plan_import", "answers")
    op.drop_column("review_comment", "earlier")
