"""Leaders who hand over, terms that never overlap, and on whose behalf a plan was submitted and published."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SHARES_A_DAY = """
    NEW.kind = 'leader' AND EXISTS (
        SELECT 1 FROM leader_term AS other
        WHERE other.kind = 'leader' AND other.partnership_id = NEW.partnership_id {besides}
        AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')
        AND COALESCE(other.ends_on, '9999-12-31') >= NEW.starts_on
    )
"""
REFUSE = "BEGIN SELECT RAISE(ABORT, 'two leaders on one day'); END"

SQLITE = {
    "leader_term_alone_insert": (
        f"BEFORE INSERT ON leader_term WHEN {SHARES_A_DAY.format(besides='')} {REFUSE}"
    ),
    "leader_term_alone_update": (
        "BEFORE UPDATE OF kind, partnership_id, starts_on, ends_on ON leader_term "
        f"WHEN {SHARES_A_DAY.format(besides='AND other.id <> NEW.id')} {REFUSE}"
    ),
}

# A range of one partnership compares with && as the days do, so no extension is needed to index it.
POSTGRESQL = """
    ALTER TABLE leader_term ADD CONSTRAINT leader_term_alone EXCLUDE USING gist (
        int4range(partnership_id, partnership_id, '[]') WITH &&,
        daterange(starts_on, ends_on, '[]') WITH &&
    ) WHERE (kind = 'leader')
"""


def upgrade() -> None:
    op.create_table(
        "leader_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("from_term_id", sa.Integer(), nullable=True),
        sa.Column("to_user_id", sa.Integer(), nullable=False),
        sa.Column("to_term_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("answer_until", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_how", sa.String(length=40), nullable=True),
        sa.Column("end_reason", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('confirmed', 'done')) = (to_term_id IS NOT NULL)",
            name=op.f("ck_leader_handover_confirmed_has_a_term"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_leader_handover_{column}_{table}"))
            for column, table in (
                ("partnership_id", "partnership"), ("from_term_id", "leader_term"), ("to_term_id", "leader_term"),
                ("to_user_id", "user"), ("organisation_id", "organisation"), ("requested_by_id", "user"),
                ("confirmed_by_id", "user"), ("ended_by_id", "user"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_handover")),
    )  # fmt: skip
    for column in ("partnership_id", "status", "to_user_id"):
        op.create_index(op.f(f"ix_leader_handover_{column}"), "leader_handover", [column])
    is_open = sa.text("status IN ('requested', 'accepted', 'confirmed')")
    op.create_index(
        "uq_leader_handover_open", "leader_handover", ["partnership_id"], unique=True,
        sqlite_where=is_open, postgresql_where=is_open,
    )  # fmt: skip
    op.add_column("plan_version", sa.Column("submitted_on_behalf", sa.String(length=40)))
    op.add_column("plan_version", sa.Column("published_on_behalf", sa.String(length=40)))
    if op.get_bind().dialect.name == "sqlite":
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        op.execute(POSTGRESQL)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("ALTER TABLE leader_term DROP CONSTRAINT leader_term_alone")
    op.drop_column("plan_version", "published_on_behalf")
    op.drop_column("plan_version", "submitted_on_behalf")
    op.drop_table("leader_handover")
