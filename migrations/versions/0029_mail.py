"""Mails that wait for the day's bundle, choices of how often, bounces."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_mail", sa.Column("template", sa.String(length=120)))
    op.add_column("outbox_mail", sa.Column("recipient_id", sa.Integer()))
    op.add_column("outbox_mail", sa.Column("held_until", sa.DateTime(timezone=True)))
    op.add_column("outbox_mail", sa.Column("bundle_id", sa.Integer()))
    op.add_column("outbox_mail", sa.Column("list_unsubscribe", sa.String(length=600)))
    op.create_index("ix_outbox_mail_recipient_id", "outbox_mail", ["recipient_id"])
    op.create_index("ix_outbox_mail_bundle_id", "outbox_mail", ["bundle_id"])
    op.create_table(
        "bounced_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounced_address")),
        sa.UniqueConstraint("address", name=op.f("uq_bounced_address_address")),
    )
    op.add_column(
        "user", sa.Column("mail_rhythm", sa.String(length=40), nullable=False, server_default="daily")
    )
    op.add_column(
        "user", sa.Column("wants_reminders", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("user", sa.Column("wants_news", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("user", "wants_news")
    op.drop_column("user", "wants_reminders")
    op.drop_column("user", "mail_rhythm")
    op.drop_table("bounced_address")
    op.drop_index("ix_outbox_mail_bundle_id", table_name="outbox_mail")
    op.drop_index("ix_outbox_mail_recipient_id", table_name="outbox_mail")
    for name in ("list_unsubscribe", "bundle_id", "held_until", "recipient_id", "template"):
        op.drop_column("outbox_mail", name)
