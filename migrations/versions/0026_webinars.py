"""Series, webinars as they are announced, and who has registered."""

import sqlalchemy as sa
from alembic import op

from core.text import words

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STAMPS = ("created_at", "updated_at")

def columns() -> list[sa.Column]:
    return [
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("abstract", sa.Text(), nullable=False, server_default=""),
        sa.Column("presenters", sa.String(length=300), nullable=False, server_default=""),
        sa.Column("co_organisers", sa.String(length=300), nullable=False, server_default=""),
        sa.Column("form", sa.String(length=40), nullable=False, server_default="online"),
        sa.Column("place", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("join_link", sa.String(length=500)),
        sa.Column("is_outside", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("outside_link", sa.String(length=500)),
        sa.Column("explains", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("announced_at", sa.DateTime(timezone=True)),
        sa.Column("short_notice_reason", sa.String(length=300)),
        sa.Column("cancel_reason", sa.String(length=300)),
        sa.Column("moved_from", sa.DateTime(timezone=True)),
        sa.Column("reconfirm_by", sa.DateTime(timezone=True)),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("held_at", sa.DateTime(timezone=True)),
        sa.Column("notice_days", sa.Integer()),
        sa.Column("search_text", sa.Text(), nullable=False, server_default=""),
    ]


def upgrade() -> None:
    op.create_table(
        "webinar_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("introduction_id", sa.Integer()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("min_minutes", sa.Integer(), nullable=False),
        sa.Column("recording_counts", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        *stamps(),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("min_minutes >= 0", name=op.f("ck_webinar_series_asks_for_some_minutes")),
        sa.ForeignKeyConstraint(["introduction_id"], ["webinar.id"], name=op.f("fk_webinar_series_introduction_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_series")),
        sa.UniqueConstraint("name", name=op.f("uq_webinar_series_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_webinar_series_slug")),
    )
    for column in columns():
        op.add_column("webinar", column)
    make_findable()
    op.execute(
        "ALTER TABLE webinar ADD COLUMN series_id INTEGER "
        "CONSTRAINT fk_webinar_series_id_webinar_series REFERENCES webinar_series (id)"
    )
    op.execute(
        "ALTER TABLE webinar ADD COLUMN capacity INTEGER "
        "CONSTRAINT ck_webinar_has_room CHECK (capacity IS NULL OR capacity > 0)"
    )
    op.create_index(op.f("ix_webinar_series_id"), "webinar", ["series_id"])
    op.create_table(
        "webinar_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500)),
        sa.Column("file_id", sa.Integer()),
        sa.Column("file_name", sa.String(length=200)),
        *stamps(),
        sa.CheckConstraint("(file_id IS NULL) <> (link IS NULL)", name=op.f("ck_webinar_material_is_file_or_link")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_webinar_material_file_id_stored_file")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_material_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_material")),
    )
    op.create_index(op.f("ix_webinar_material_file_id"), "webinar_material", ["file_id"])
    op.create_index(op.f("ix_webinar_material_webinar_id"), "webinar_material", ["webinar_id"])
    make_registrations()


def make_findable() -> None:
    """Those taken over have nothing but a title."""
    webinar = sa.table("webinar", sa.column("id"), sa.column("title"), sa.column("search_text"))
    for key, title in op.get_bind().execute(sa.select(webinar.c.id, webinar.c.title)).all():
        found = " ".join(words(title))
        op.execute(webinar.update().where(webinar.c.id == key).values(search_text=found))


def make_registrations() -> None:
    op.create_table(
        "webinar_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("email", sa.String(length=254)),
        sa.Column("name", sa.String(length=200)),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("municipality_id", sa.Integer()),
        sa.Column("audience_group", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.Column("access_needs", sa.JSON(), nullable=False),
        sa.Column("access_note", sa.String(length=300)),
        sa.Column("forgotten_at", sa.DateTime(timezone=True)),
        *stamps(),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "user_id IS NOT NULL OR email IS NOT NULL OR forgotten_at IS NOT NULL",
            name=op.f("ck_webinar_registration_is_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_webinar_registration_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_webinar_registration_user_id_user")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_registration_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_registration")),
    )
    for column in ("email", "municipality_id", "user_id", "webinar_id"):
        op.create_index(op.f(f"ix_webinar_registration_{column}"), "webinar_registration", [column])
    op.create_index("ix_webinar_registration_waiting", "webinar_registration", ["webinar_id", "status", "asked_at"])
    for name, columns, where in (
        ("uq_webinar_registration_user", ["webinar_id", "user_id"], "user_id IS NOT NULL"),
        ("uq_webinar_registration_guest", ["webinar_id", "email"], "user_id IS NULL"),
    ):
        op.create_index(
            name, "webinar_registration", columns, unique=True,
            sqlite_where=sa.text(where), postgresql_where=sa.text(where),
        )
    make_links()
    make_access_tasks()


def make_links() -> None:
    op.create_table(
        "webinar_guest_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        *stamps(),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["webinar_registration.id"],
            name=op.f("fk_webinar_guest_link_registration_id_webinar_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_guest_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_webinar_guest_link_token_hash")),
    )
    op.create_index(op.f("ix_webinar_guest_link_registration_id"), "webinar_guest_link", ["registration_id"])


def make_access_tasks() -> None:
    op.create_table(
        "webinar_access_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webinar_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        *stamps(),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_webinar_access_task_done_by_id_user")),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_webinar_access_task_webinar_id_webinar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar_access_task")),
        sa.UniqueConstraint("webinar_id", "need", name="uq_webinar_access_task_need"),
    )
    op.create_index(op.f("ix_webinar_access_task_done_by_id"), "webinar_access_task", ["done_by_id"])
    op.create_index(op.f("ix_webinar_access_task_webinar_id"), "webinar_access_task", ["webinar_id"])


def stamps() -> list[sa.Column]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in STAMPS]


def downgrade() -> None:
    op.drop_table("webinar_access_task")
    op.drop_table("webinar_guest_link")
    op.drop_table("webinar_registration")
    op.drop_table("webinar_material")
    op.drop_index(op.f("ix_webinar_series_id"), "webinar")
    for column in ("capacity", "series_id", *(column.name for column in reversed(columns()))):
        op.drop_column("webinar", column)
    op.drop_table("webinar_series")
