"""Changes of municipalities, and the partnership that another one was merged into."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "municipality_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300)),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("proposed_by_id", sa.Integer()),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("journal", sa.JSON(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.Column("applied_by_id", sa.Integer()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'draft') = (applied_at IS NULL)",
            name=op.f("ck_municipality_change_applied_has_a_moment"),
        ),
        sa.CheckConstraint(
            "(status = 'undone') = (undone_at IS NOT NULL)",
            name=op.f("ck_municipality_change_undone_has_a_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["register_import.id"],
            name=op.f("fk_municipality_change_proposed_by_id_register_import"),
        ),
        sa.ForeignKeyConstraint(
            ["applied_by_id"], ["user.id"], name=op.f("fk_municipality_change_applied_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_municipality_change_undone_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_change")),
    )
    op.create_index(op.f("ix_municipality_change_status"), "municipality_change", ["status"])
    op.create_table(
        "municipality_change_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("municipality_id", sa.Integer()),
        sa.Column("begins", sa.Boolean(), nullable=False),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.Column("new_code", sa.String(length=7)),
        sa.Column("new_name", sa.String(length=120)),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["municipality_change.id"],
            name=op.f("fk_municipality_change_unit_change_id_municipality_change"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_municipality_change_unit_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_change_unit")),
    )
    op.create_index(op.f("ix_municipality_change_unit_change_id"), "municipality_change_unit", ["change_id"])
    op.create_index(
        op.f("ix_municipality_change_unit_municipality_id"), "municipality_change_unit", ["municipality_id"]
    )
    # Making the table anew, as SQLite's other way would, would break what looks into it.
    op.execute(
        "ALTER TABLE partnership ADD COLUMN successor_id INTEGER "
        "CONSTRAINT fk_partnership_successor_id_partnership REFERENCES partnership (id)"
    )
    op.create_index(op.f("ix_partnership_successor_id"), "partnership", ["successor_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_partnership_successor_id"), "partnership")
    op.drop_column("partnership", "successor_id")
    op.drop_table("municipality_change_unit")
    op.drop_table("municipality_change")
