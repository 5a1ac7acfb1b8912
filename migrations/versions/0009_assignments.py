"""Animators: profiles, assignments that never overlap, reviews that stay."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SHARES_A_DAY = (
    "other.municipality_id = NEW.municipality_id AND other.kind = NEW.kind "
    "AND (NEW.ends_on IS NULL OR other.starts_on <= NEW.ends_on) "
    "AND (other.ends_on IS NULL OR other.ends_on >= NEW.starts_on)"
)
REFUSAL = "somebody is assigned on these days"

SQLITE = {
    "animator_assignment_alone_insert": (
        "BEFORE INSERT ON animator_assignment WHEN EXISTS "
        f"(SELECT 1 FROM animator_assignment AS other WHERE {SHARES_A_DAY}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
    "animator_assignment_alone_update": (
        "BEFORE UPDATE OF municipality_id, kind, starts_on, ends_on ON animator_assignment WHEN EXISTS "
        f"(SELECT 1 FROM animator_assignment AS other WHERE other.id <> NEW.id AND {SHARES_A_DAY}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
}

# The row of the municipality first: whoever assigns there at the same moment waits, and is then seen.
POSTGRESQL_UP = (
    f"""
    CREATE FUNCTION an_assignment_shares_no_day() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM municipality WHERE id = NEW.municipality_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT 1 FROM animator_assignment AS other WHERE other.id <> NEW.id AND {SHARES_A_DAY}
        ) THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER animator_assignment_alone
    BEFORE INSERT OR UPDATE OF municipality_id, kind, starts_on, ends_on ON animator_assignment
    FOR EACH ROW EXECUTE FUNCTION an_assignment_shares_no_day()
    """,
)

POSTGRESQL_DOWN = (
    "DROP TRIGGER animator_assignment_alone ON animator_assignment",
    "DROP FUNCTION an_assignment_shares_no_day()",
)


def upgrade() -> None:
    op.create_table(
        "animator_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("bio", sa.Text()),
        sa.Column("photo_id", sa.Integer()),
        sa.Column("public_email", sa.String(length=254)),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_animator_profile_photo_id_stored_file")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_animator_profile_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_animator_profile")),
        sa.UniqueConstraint("user_id", name=op.f("uq_animator_profile_user_id")),
    )
    op.create_table(
        "leave_summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("animator_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_leave_summary_days_in_order")),
        sa.ForeignKeyConstraint(["animator_id"], ["user.id"], name=op.f("fk_leave_summary_animator_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_summary")),
    )
    op.create_index(op.f("ix_leave_summary_animator_id"), "leave_summary", ["animator_id"])
    op.create_table(
        "summarised_cover",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["animator_assignment.id"], name=op.f("fk_summarised_cover_assignment_id_animator_assignment")
        ),
        sa.ForeignKeyConstraint(["summary_id"], ["leave_summary.id"], name=op.f("fk_summarised_cover_summary_id_leave_summary")),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_summarised_cover")),
    )
    op.create_index(op.f("ix_summarised_cover_summary_id"), "summarised_cover", ["summary_id"])
    # Making the table anew, as SQLite's other way would, would break the triggers that look into it.
    op.execute(
        "ALTER TABLE plan_version ADD COLUMN kept_with_id INTEGER "
        'CONSTRAINT fk_plan_version_kept_with_id_user REFERENCES "user" (id)'
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        for statement in POSTGRESQL_UP:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for statement in POSTGRESQL_DOWN:
            op.execute(statement)
    op.drop_column("plan_version", "kept_with_id")
    for table in ("summarised_cover", "leave_summary", "animator_profile"):
        op.drop_table(table)
