"""News from the office under every topic; certificates of guests who have no account."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

GUEST = "fk_certificate_registration_id_webinar_registration"
SOMEBODYS = "ck_certificate_is_somebodys"
STANDING = "revoked_at IS NULL"
STANDING_GUEST = "revoked_at IS NULL AND registration_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "office_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("published_by_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["published_by_id"], ["user.id"], name=op.f("fk_office_news_published_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_news")),
    )
    op.create_index("ix_office_news_status_published_at", "office_news", ["status", "published_at"])
    with op.batch_alter_table("certificate", copy_from=_certificate(sa.MetaData())) as table:
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("registration_id", sa.Integer()))
        table.add_column(sa.Column("guest_initials", sa.String(length=10)))
        table.create_foreign_key(op.f(GUEST), "webinar_registration", ["registration_id"], ["id"])
        table.create_check_constraint(op.f(SOMEBODYS), "(user_id IS NULL) <> (registration_id IS NULL)")
    op.create_index(op.f("ix_certificate_registration_id"), "certificate", ["registration_id"])
    op.create_index(
        "uq_certificate_guest", "certificate", ["webinar_id", "registration_id"], unique=True,
        sqlite_where=sa.text(STANDING_GUEST), postgresql_where=sa.text(STANDING_GUEST),
    )


def downgrade() -> None:
    """Certificates of guests cannot be kept without their columns."""
    op.execute("DELETE FROM certificate WHERE user_id IS NULL")
    op.drop_index("uq_certificate_guest", "certificate")
    op.drop_index(op.f("ix_certificate_registration_id"), "certificate")
    metadata = sa.MetaData()
    more = (
        sa.Column("registration_id", sa.Integer()),
        sa.Column("guest_initials", sa.String(length=10)),
        sa.ForeignKeyConstraint(["registration_id"], ["webinar_registration.id"], name=GUEST),
        sa.CheckConstraint("(user_id IS NULL) <> (registration_id IS NULL)", name=SOMEBODYS),
    )
    with op.batch_alter_table("certificate", copy_from=_certificate(metadata, *more, nullable=True)) as table:
        table.drop_constraint(op.f(SOMEBODYS), type_="check")
        table.drop_constraint(op.f(GUEST), type_="foreignkey")
        table.drop_column("guest_initials")
        table.drop_column("registration_id")
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("office_news")


def _certificate(metadata: sa.MetaData, *more: sa.schema.SchemaItem, nullable: bool = False) -> sa.Table:
    """As it stood before: SQLite makes a table anew to let a column be empty."""
    for other in ("webinar", "user", "webinar_registration"):
        sa.Table(other, metadata, sa.Column("id", sa.Integer(), primary_key=True))
    return sa.Table(
        "certificate",
        metadata,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=nullable),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("by_recording", sa.Boolean(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_by_id", sa.Integer()),
        sa.Column("revoke_reason", sa.String(length=300)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["revoked_by_id"], ["user.id"], name="fk_certificate_revoked_by_id_user"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_certificate_user_id_user"),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name="fk_certificate_webinar_id_webinar"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("token", name="uq_certificate_token"),
        sa.Index("ix_certificate_user_id", "user_id"),
        sa.Index("ix_certificate_webinar_id", "webinar_id"),
        sa.Index(
            "uq_certificate_standing", "webinar_id", "user_id", unique=True,
            sqlite_where=sa.text(STANDING), postgresql_where=sa.text(STANDING),
        ),
    )
