"""What a search compares: the words of plans, remarks, consultations, files and partnerships."""

import re
import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None

SEARCHED = {
    "partnership": ("name",),
    "attachment": ("title", "file_name"),
    "plan_entry": ("values",),
    "review_comment": ("text", "answer"),
    "consultation": ("summary", "next_steps", "place"),
    "follow_up": ("text",),
}
KINDS = {"values": sa.JSON}
NOT_DECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})
AT_ONCE = 2000


def upgrade() -> None:
    connection = op.get_bind()
    for table, columns in SEARCHED.items():
        op.add_column(table, sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
        if table != "plan_entry":
            make_findable(connection, table, columns)
    # Rows of submitted plans do not change: the database lets nobody write there, and what was written stays.
    let_rows_be_written(connection)
    make_findable(connection, "plan_entry", SEARCHED["plan_entry"])
    freeze_rows_again(connection)


def downgrade() -> None:
    for table in reversed(SEARCHED):
        op.drop_column(table, "search_text")


def make_findable(connection: sa.Connection, name: str, columns: tuple[str, ...]) -> None:
    table = sa.table(name, sa.column("id", sa.Integer), sa.column("search_text", sa.Text), *(sa.column(one, KINDS.get(one, sa.Text)) for one in columns))
    written = table.update().where(table.c.id == sa.bindparam("row")).values(search_text=sa.bindparam("found"))
    last = 0
    while rows := connection.execute(
        sa.select(table.c.id, *(table.c[one] for one in columns)).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
    ).all():
        last = rows[-1].id
        connection.execute(written, [{"row": row[0], "found": words_of(row[1:])} for row in rows])


def words_of(values: tuple[object, ...]) -> str:
    texts = (text for value in values for text in texts_of(value))
    return " ".join(dict.fromkeys(word for text in texts for word in re.findall(r"[^\W_]+", folded(text))))


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in texts_of(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in texts_of(one))


def folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(NOT_DECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold().strip()


FROZEN = "(SELECT status FROM plan_version WHERE id = {row}.version_id) NOT IN ('draft', 'in_use')"


def let_rows_be_written(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        op.execute("DROP TRIGGER plan_entry_frozen_update")
    else:
        op.execute("ALTER TABLE plan_entry DISABLE TRIGGER plan_entry_frozen")


def freeze_rows_again(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER plan_entry_frozen_update "
            f"BEFORE UPDATE ON plan_entry WHEN {FROZEN.format(row='OLD')} OR {FROZEN.format(row='NEW')} "
            "BEGIN SELECT RAISE(ABORT, 'a submitted plan does not change'); END"
        )
    else:
        op.execute("ALTER TABLE plan_entry ENABLE TRIGGER plan_entry_frozen")
