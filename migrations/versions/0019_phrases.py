"""Ready words for remarks and reports."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OWN = "owner_id IS NOT NULL AND put_away_at IS NULL"
SHARED = "owner_id IS NULL AND put_away_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=60)),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("put_away_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_phrase_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )
    op.create_index(op.f("ix_phrase_owner_id"), "phrase", ["owner_id"])
    op.create_index(
        "uq_phrase_own_title", "phrase", ["owner_id", "kind", "title"], unique=True,
        sqlite_where=sa.text(OWN), postgresql_where=sa.text(OWN),
    )
    op.create_index(
        "uq_phrase_shared_title", "phrase", ["kind", "title"], unique=True,
        sqlite_where=sa.text(SHARED), postgresql_where=sa.text(SHARED),
    )
    op.create_table(
        "phrase_use",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("phrase_key", sa.String(length=80), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_phrase_use_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "phrase_key", name=op.f("pk_phrase_use")),
    )


def downgrade() -> None:
    op.drop_table("phrase_use")
    op.drop_table("phrase")
