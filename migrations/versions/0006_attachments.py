"""Files that belong to partnerships."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LINKS = {
    "partnership_id": "partnership",
    "file_id": "stored_file",
    "added_by_id": "user",
    "signature_of_id": "attachment",
    "replaced_by_id": "attachment",
    "removed_by_id": "user",
}
INDEXED = ("partnership_id", "file_id", "retain_until", "signature_of_id", "replaced_by_id")


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer()),
        sa.Column("file_class", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer()),
        sa.Column("retain_until", sa.Date()),
        sa.Column("signature_of_id", sa.Integer()),
        sa.Column("replaced_by_id", sa.Integer()),
        sa.Column("removed_on", sa.Date()),
        sa.Column("removed_by_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(file_id IS NULL) = (removed_on IS NOT NULL)", name=op.f("ck_attachment_gone_on_a_day")),
        sa.CheckConstraint(
            "file_class <> 'evidence' OR retain_until IS NOT NULL", name=op.f("ck_attachment_evidence_has_an_end")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_attachment_{column}_{table}"))
            for column, table in LINKS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_attachment_{column}"), "attachment", [column])


def downgrade() -> None:
    op.drop_table("attachment")
