"""What is known of organisations, people and mayors."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LENGTHS = {
    "sector": 40, "phone": 40, "best_time": 120, "registry_kind": 40, "registry_no": 40,
    "signatory_function": 120, "signatory_name": 120, "power_of_attorney": 120,
}  # fmt: skip
NOT_DECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})


def upgrade() -> None:
    op.add_column("organisation", sa.Column("search_text", sa.String(length=400), nullable=False, server_default=""))
    for column, length in LENGTHS.items():
        op.add_column("organisation", sa.Column(column, sa.String(length=length)))
    # Making the table anew, as SQLite's other way would, would break what points to it.
    add_link("organisation", "parent_id", "organisation")
    op.create_index(op.f("ix_organisation_parent_id"), "organisation", ["parent_id"])
    op.create_index(op.f("ix_organisation_search_text"), "organisation", ["search_text"])
    make_findable(op.get_bind())
    add_link("partnership", "agreement_id", "attachment")
    add_link("partnership_member", "agreement_id", "attachment")
    op.add_column("user", sa.Column("best_time", sa.String(length=120)))
    op.create_table(
        "mayor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_mayor_days_in_order")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_mayor_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mayor")),
    )
    op.create_index(op.f("ix_mayor_municipality_id"), "mayor", ["municipality_id"])
    open_ended = sa.text("valid_to IS NULL")
    op.create_index(
        "uq_mayor_open", "mayor", ["municipality_id"], unique=True, sqlite_where=open_ended, postgresql_where=open_ended
    )


def add_link(table: str, column: str, to: str) -> None:
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT fk_{table}_{column}_{to} REFERENCES {to} (id)"
    )


def make_findable(connection: sa.Connection) -> None:
    """The names of organisations entered before, as a search compares them: without case and accents."""
    table = sa.table("organisation", sa.column("id", sa.Integer), sa.column("name"), sa.column("search_text"))
    for row in connection.execute(sa.select(table.c.id, table.c.name)).all():
        decomposed = unicodedata.normalize("NFKD", row.name.casefold().translate(NOT_DECOMPOSED))
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).strip()
        connection.execute(table.update().where(table.c.id == row.id).values(search_text=plain[:400]))


def downgrade() -> None:
    op.drop_table("mayor")
    op.drop_column("user", "best_time")
    op.drop_column("partnership_member", "agreement_id")
    op.drop_column("partnership", "agreement_id")
    op.drop_index(op.f("ix_organisation_search_text"), "organisation")
    op.drop_index(op.f("ix_organisation_parent_id"), "organisation")
    op.drop_column("organisation", "parent_id")
    for column in reversed(LENGTHS):
        op.drop_column("organisation", column)
    op.drop_column("organisation", "search_text")
