"""A programme that is over can be made read-only."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("read_only_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("programme", "read_only_since")
