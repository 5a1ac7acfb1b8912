"""Reports of attendance, people to be settled by hand, certificates."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ELSEWHERE = "municipality_id IS NULL AND user_id IS NOT NULL"
REGISTERED = "registration_id IS NOT NULL"
UNCALLED = "revoked_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("attendance", copy_from=_attendance(sa.MetaData())) as table:
        table.alter_column("municipality_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("registration_id", sa.Integer()))
        table.create_foreign_key(
            op.f("fk_attendance_registration_id_webinar_registration"), "webinar_registration", ["registration_id"], ["id"]
        )
    op.create_index(op.f("ix_attendance_registration_id"), "attendance", ["registration_id"])
    _only_one("uq_attendance_elsewhere", "attendance", ["webinar_id", "user_id"], ELSEWHERE)
    _only_one("uq_attendance_registration", "attendance", ["webinar_id", "registration_id"], REGISTERED)
    op.create_table(
        "attendance_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date()),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True)),
        sa.Column("forgotten_at", sa.DateTime(timezone=True)),
        *_stamps(),
        _key("attendance_report", "uploaded_by_id", "user"),
        _key("attendance_report", "webinar_id", "webinar"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_report")),
    )
    op.create_index(op.f("ix_attendance_report_webinar_id"), "attendance_report", ["webinar_id"])
    op.create_table(
        "attendance_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254)),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("spent", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("known_by", sa.String(length=40)),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("registration_id", sa.Integer()),
        sa.Column("municipality_id", sa.Integer()),
        *_stamps(),
        _key("attendance_line", "municipality_id", "municipality"),
        _key("attendance_line", "registration_id", "webinar_registration"),
        _key("attendance_line", "report_id", "attendance_report"),
        _key("attendance_line", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_line")),
    )
    op.create_index("ix_attendance_line_report_state", "attendance_line", ["report_id", "state"])
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("by_recording", sa.Boolean(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_by_id", sa.Integer()),
        sa.Column("revoke_reason", sa.String(length=300)),
        *_stamps(),
        _key("certificate", "revoked_by_id", "user"),
        _key("certificate", "user_id", "user"),
        _key("certificate", "webinar_id", "webinar"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("token", name=op.f("uq_certificate_token")),
    )
    op.create_index(op.f("ix_certificate_user_id"), "certificate", ["user_id"])
    op.create_index(op.f("ix_certificate_webinar_id"), "certificate", ["webinar_id"])
    _only_one("uq_certificate_standing", "certificate", ["webinar_id", "user_id"], UNCALLED)


def downgrade() -> None:
    op.drop_table("certificate")
    op.drop_table("attendance_line")
    op.drop_table("attendance_report")
    op.execute("DELETE FROM attendance WHERE municipality_id IS NULL")
    op.drop_index("uq_attendance_registration", "attendance")
    op.drop_index("uq_attendance_elsewhere", "attendance")
    op.drop_index(op.f("ix_attendance_registration_id"), "attendance")
    metadata = sa.MetaData()
    link = "fk_attendance_registration_id_webinar_registration"
    more = (
        sa.Column("registration_id", sa.Integer()),
        sa.ForeignKeyConstraint(["registration_id"], ["webinar_registration.id"], name=link),
    )
    with op.batch_alter_table("attendance", copy_from=_attendance(metadata, *more, nullable=True)) as table:
        table.drop_constraint(op.f(link), type_="foreignkey")
        table.drop_column("registration_id")
        table.alter_column("municipality_id", existing_type=sa.Integer(), nullable=False)


def _attendance(metadata: sa.MetaData, *more: Any, nullable: bool = False) -> sa.Table:
    """As it stood before: SQLite makes a table anew to let a column be empty, and does not tell its own checks."""
    for other in ("webinar", "municipality", "user", "webinar_registration"):
        sa.Table(other, metadata, sa.Column("id", sa.Integer(), primary_key=True))
    return sa.Table(
        "attendance",
        metadata,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=nullable),
        sa.Column("user_id", sa.Integer()),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        *more,
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name="ck_attendance_lasts"),
        sa.CheckConstraint("people_count > 0", name="ck_attendance_somebody_came"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name="fk_attendance_municipality_id_municipality"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_attendance_user_id_user"),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name="fk_attendance_webinar_id_webinar"),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        sa.Index("ix_attendance_municipality_id", "municipality_id"),
        sa.Index("ix_attendance_user_id", "user_id"),
        sa.Index("ix_attendance_webinar_id", "webinar_id"),
        sa.Index("uq_attendance_person", "webinar_id", "municipality_id", "user_id", unique=True),
    )


def _stamps() -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "updated_at")]


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _only_one(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition)
