"""What the office decided about each lone surname, and signed scans that wait for their paper."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=60), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["erasure_request.id"], name=op.f("fk_erasure_place_request_id_erasure_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_place")),
        sa.UniqueConstraint(
            "request_id",
            "table",
            "field",
            "record_id",
            name=op.f("uq_erasure_place_request_id_table_field_record_id"),
        ),
    )
    op.create_table(
        "waiting_scan",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_waiting_scan_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_waiting_scan")),
    )


def downgrade() -> None:
    op.drop_table("waiting_scan")
    op.drop_table("erasure_place")
