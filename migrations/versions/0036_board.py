"""Views of the board, letters to many partnerships, files of mails."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=1500), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_board_view_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_view")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_board_view_owner_id_name")),
    )
    default = sa.text("is_default")
    op.create_index(
        "uq_board_view_default", "board_view", ["owner_id"], unique=True,
        sqlite_where=default, postgresql_where=default,
    )
    op.create_table(
        "board_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=150), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_board_letter_author_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_letter")),
    )
    op.create_index(op.f("ix_board_letter_author_id"), "board_letter", ["author_id"])
    op.create_index(op.f("ix_board_letter_sent_at"), "board_letter", ["sent_at"])
    op.create_table(
        "board_letter_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["board_letter.id"], name=op.f("fk_board_letter_file_letter_id_board_letter")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_board_letter_file_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_letter_file")),
    )
    op.create_index(op.f("ix_board_letter_file_letter_id"), "board_letter_file", ["letter_id"])
    op.create_index(op.f("ix_board_letter_file_file_id"), "board_letter_file", ["file_id"])
    op.create_table(
        "board_letter_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer()),
        sa.Column("subject", sa.String(length=200)),
        sa.Column("body", sa.Text()),
        sa.ForeignKeyConstraint(["letter_id"], ["board_letter.id"], name=op.f("fk_board_letter_delivery_letter_id_board_letter")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_board_letter_delivery_partnership_id_partnership")),
        sa.ForeignKeyConstraint(["recipient_id"], ["user.id"], name=op.f("fk_board_letter_delivery_recipient_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_letter_delivery")),
        sa.UniqueConstraint("letter_id", "partnership_id", name=op.f("uq_board_letter_delivery_letter_id_partnership_id")),
    )
    op.create_index(op.f("ix_board_letter_delivery_partnership_id"), "board_letter_delivery", ["partnership_id"])
    op.create_index(op.f("ix_board_letter_delivery_recipient_id"), "board_letter_delivery", ["recipient_id"])
    op.create_table(
        "outbox_file",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox_mail.id"], name=op.f("fk_outbox_file_mail_id_outbox_mail"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_outbox_file_file_id_stored_file")),
        sa.PrimaryKeyConstraint("mail_id", "file_id", name=op.f("pk_outbox_file")),
    )
    op.create_index(op.f("ix_outbox_file_file_id"), "outbox_file", ["file_id"])


def downgrade() -> None:
    for table in ("outbox_file", "board_letter_delivery", "board_letter_file", "board_letter", "board_view"):
        op.drop_table(table)
