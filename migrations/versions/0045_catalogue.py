"""The catalogue of offers: what providers offer, looked through before it is public."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("provider_website", sa.String(length=500)),
        sa.Column("provider_status", sa.String(length=40), nullable=False),
        sa.Column("digcomp_areas", sa.JSON(), nullable=False),
        sa.Column("life_areas", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("price_kind", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("is_suggestion", sa.Boolean(), nullable=False),
        sa.Column("contact_email", sa.String(length=254)),
        sa.Column("search_text", sa.Text(), nullable=False, server_default=""),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'published' OR checked_on IS NOT NULL", name=op.f("ck_catalogue_item_published_was_checked")
        ),
        sa.CheckConstraint(
            "contact_email IS NULL OR state IN ('draft', 'moderated')",
            name=op.f("ck_catalogue_item_contact_goes_when_decided"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_item")),
    )
    op.create_index("ix_catalogue_item_state", "catalogue_item", ["state", "sort_key"])
    op.create_index(op.f("ix_catalogue_item_published_at"), "catalogue_item", ["published_at"])


def downgrade() -> None:
    op.drop_table("catalogue_item")
