"""The monthly work cards of animators; the database itself keeps what was submitted."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OPEN = "('open', 'returned')"
STATUS = "(SELECT status FROM work_card WHERE id = {row}.card_id)"
CHANGED = (
    "OLD.status = 'locked' OR (OLD.status NOT IN ('open', 'returned') AND NEW.status NOT IN ('open', 'returned') "
    "AND (NEW.content IS NOT OLD.content OR NEW.content_hash IS NOT OLD.content_hash OR NEW.month <> OLD.month "
    "OR NEW.animator_id <> OLD.animator_id))"
)
REFUSE = "BEGIN SELECT RAISE(ABORT, 'a submitted work card does not change'); END"

SQLITE = {
    "work_card_frozen_update": f"BEFORE UPDATE ON work_card WHEN {CHANGED} {REFUSE}",
    "work_card_frozen_delete": f"BEFORE DELETE ON work_card WHEN OLD.status NOT IN {OPEN} {REFUSE}",
    "work_card_line_frozen_insert": (
        f"BEFORE INSERT ON work_card_line WHEN {STATUS.format(row='NEW')} NOT IN {OPEN} {REFUSE}"
    ),
    "work_card_line_frozen_update": (
        f"BEFORE UPDATE ON work_card_line WHEN {STATUS.format(row='OLD')} NOT IN {OPEN} "
        f"OR {STATUS.format(row='NEW')} NOT IN {OPEN} {REFUSE}"
    ),
    "work_card_line_frozen_delete": (
        f"BEFORE DELETE ON work_card_line WHEN {STATUS.format(row='OLD')} NOT IN {OPEN} {REFUSE}"
    ),
}

SAY_NO = "RAISE EXCEPTION 'a submitted work card does not change' USING ERRCODE = 'integrity_constraint_violation'"

POSTGRESQL_UP = (
    f"""
    CREATE FUNCTION a_submitted_card_does_not_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.status NOT IN {OPEN} THEN {SAY_NO}; END IF;
            RETURN OLD;
        END IF;
        IF OLD.status = 'locked' OR (OLD.status NOT IN {OPEN} AND NEW.status NOT IN {OPEN} AND
           (NEW.content::text IS DISTINCT FROM OLD.content::text OR NEW.content_hash IS DISTINCT FROM OLD.content_hash
            OR NEW.month <> OLD.month OR NEW.animator_id <> OLD.animator_id)) THEN {SAY_NO};
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER work_card_frozen BEFORE UPDATE OR DELETE ON work_card
    FOR EACH ROW EXECUTE FUNCTION a_submitted_card_does_not_change()
    """,
    f"""
    CREATE FUNCTION lines_of_a_submitted_card_do_not_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND {STATUS.format(row="OLD")} NOT IN {OPEN} THEN {SAY_NO}; END IF;
        IF TG_OP <> 'DELETE' AND {STATUS.format(row="NEW")} NOT IN {OPEN} THEN {SAY_NO}; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER work_card_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON work_card_line
    FOR EACH ROW EXECUTE FUNCTION lines_of_a_submitted_card_do_not_change()
    """,
)

POSTGRESQL_DOWN = (
    "DROP TRIGGER work_card_line_frozen ON work_card_line",
    "DROP FUNCTION lines_of_a_submitted_card_do_not_change()",
    "DROP TRIGGER work_card_frozen ON work_card",
    "DROP FUNCTION a_submitted_card_does_not_change()",
)


def upgrade() -> None:
    op.create_table(
        "work_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("animator_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("content", sa.JSON()),
        sa.Column("content_hash", sa.String(length=64)),
        sa.Column("submitted_at", sa.DateTime(timezone=True)),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("locked_at", sa.DateTime(timezone=True)),
        sa.Column("return_reason", sa.String(length=500)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["animator_id"], ["user.id"], name=op.f("fk_work_card_animator_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_card")),
        sa.UniqueConstraint("animator_id", "month", name=op.f("uq_work_card_animator_id_month")),
    )
    op.create_index("ix_work_card_month", "work_card", ["month"])
    op.create_table(
        "work_card_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("km", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300)),
        sa.Column("is_correction", sa.Boolean(), nullable=False),
        sa.Column("entry_key", sa.String(length=64)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes <> 0 OR km <> 0", name=op.f("ck_work_card_line_says_something")),
        sa.CheckConstraint(
            "is_correction OR (minutes >= 0 AND km >= 0)", name=op.f("ck_work_card_line_not_negative")
        ),
        sa.CheckConstraint(
            "kind = 'travel' OR km = 0", name=op.f("ck_work_card_line_only_journeys_have_a_length")
        ),
        sa.ForeignKeyConstraint(["card_id"], ["work_card.id"], name=op.f("fk_work_card_line_card_id_work_card")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_card_line")),
        sa.UniqueConstraint("entry_key", name=op.f("uq_work_card_line_entry_key")),
    )
    op.create_index(op.f("ix_work_card_line_card_id"), "work_card_line", ["card_id"])
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
    op.drop_table("work_card_line")
    op.drop_table("work_card")
