"""What a year has come to, and what of it is shared."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "year_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_year_declaration_partnership_id_partnership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_declaration")),
    )
    op.create_index(op.f("ix_year_declaration_partnership_id"), "year_declaration", ["partnership_id"])
    standing = sa.text("withdrawn_on IS NULL")
    op.create_index(
        "uq_year_declaration_standing", "year_declaration", ["partnership_id", "year"], unique=True,
        sqlite_where=standing, postgresql_where=standing,
    )  # fmt: skip
    op.create_table(
        "carried_training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_plan_id", sa.Integer(), nullable=False),
        sa.Column("source_row_uid", sa.String(length=40), nullable=False),
        sa.Column("target_plan_id", sa.Integer(), nullable=False),
        sa.Column("target_row_uid", sa.String(length=40), nullable=False),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_plan_id"], ["plan.id"], name=op.f("fk_carried_training_source_plan_id_plan")
        ),
        sa.ForeignKeyConstraint(
            ["target_plan_id"], ["plan.id"], name=op.f("fk_carried_training_target_plan_id_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_training")),
        sa.UniqueConstraint(
            "source_plan_id", "source_row_uid", name=op.f("uq_carried_training_source_plan_id_source_row_uid")
        ),
    )
    op.create_index(op.f("ix_carried_training_target_plan_id"), "carried_training", ["target_plan_id"])
    op.create_table(
        "training_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("row_uid", sa.String(length=40), nullable=False),
        sa.Column("quarter", sa.String(length=10)),
        sa.Column("date_from", sa.Date()),
        sa.Column("date_to", sa.Date()),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_training_move_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_move")),
    )
    op.create_index("ix_training_move_row", "training_move", ["plan_id", "row_uid"])
    op.add_column("plan", sa.Column("totals_shared", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("plan", "totals_shared")
    for table in ("training_move", "carried_training", "year_declaration"):
        op.drop_table(table)
