"""Subscriptions, issues of the digest, whether pages helped."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def moment(name: str, *, required: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required)


def upgrade() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("email", sa.String(length=254)),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("frequency", sa.String(length=40), nullable=False),
        moment("confirmed_at"),
        moment("told_until"),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        moment("created_at"),
        moment("updated_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(user_id IS NULL) <> (email IS NULL)", name=op.f("ck_subscriber_is_account_or_address")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_subscriber_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("user_id", name=op.f("uq_subscriber_user_id")),
        sa.UniqueConstraint("email", name=op.f("uq_subscriber_email")),
        sa.UniqueConstraint("key", name=op.f("uq_subscriber_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_subscriber_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriber_frequency", "subscriber", ["frequency", "told_until"])
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("voivodeship_id", sa.Integer()),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscription_subscriber_id_subscriber")),
        sa.ForeignKeyConstraint(["voivodeship_id"], ["voivodeship.id"], name=op.f("fk_subscription_voivodeship_id_voivodeship")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_index("ix_subscription_subscriber_id", "subscription", ["subscriber_id"])
    op.create_index("ix_subscription_voivodeship_id", "subscription", ["voivodeship_id"])
    regional, whole = "voivodeship_id IS NOT NULL", "voivodeship_id IS NULL"
    op.create_index(
        "uq_subscription_region", "subscription", ["subscriber_id", "topic", "voivodeship_id"], unique=True,
        sqlite_where=sa.text(regional), postgresql_where=sa.text(regional),
    )
    op.create_index(
        "uq_subscription_whole", "subscription", ["subscriber_id", "topic"], unique=True,
        sqlite_where=sa.text(whole), postgresql_where=sa.text(whole),
    )
    op.create_table(
        "subscription_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("frequency", sa.String(length=40), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        moment("asked_at"),
        moment("valid_until"),
        moment("used_at", required=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_subscription_request_token_hash")),
    )
    op.create_index("ix_subscription_request_email", "subscription_request", ["email"])
    op.create_index("ix_subscription_request_asked_at", "subscription_request", ["asked_at"])
    op.create_table(
        "digest_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("status", sa.String(length=40), nullable=False),
        moment("since"),
        moment("until"),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("introductions", sa.JSON(), nullable=False),
        moment("released_at", required=False),
        sa.Column("released_by_id", sa.Integer()),
        moment("sent_at", required=False),
        sa.Column("sent_count", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("updated_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["released_by_id"], ["user.id"], name=op.f("fk_digest_issue_released_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_issue")),
        sa.UniqueConstraint("week", name=op.f("uq_digest_issue_week")),
        sa.UniqueConstraint("number", name=op.f("uq_digest_issue_number")),
    )
    op.create_table(
        "digest_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("voivodeship_id", sa.Integer()),
        moment("at"),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["digest_issue.id"], name=op.f("fk_digest_item_issue_id_digest_issue")),
        sa.ForeignKeyConstraint(["voivodeship_id"], ["voivodeship.id"], name=op.f("fk_digest_item_voivodeship_id_voivodeship")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_item")),
    )
    op.create_index("uq_digest_item_key", "digest_item", ["issue_id", "key"], unique=True)
    op.create_index("ix_digest_item_voivodeship_id", "digest_item", ["voivodeship_id"])
    op.create_table(
        "page_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_feedback")),
    )
    op.create_index("ix_page_feedback_path", "page_feedback", ["path", "given_on"])
    op.create_index("ix_page_feedback_given_on", "page_feedback", ["given_on"])


def downgrade() -> None:
    for table in ("page_feedback", "digest_item", "digest_issue", "subscription_request", "subscription", "subscriber"):
        op.drop_table(table)
