"""How Alembic reaches the database: through the application that runs it (`flask db ...`)."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeEngine

from core.database import CodeEnum, UTCDateTime, db


def render_item(kind: str, item: object, _: object) -> str | bool:
    """Write our own column types as what they are in the database: a migration must not change with the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, CodeEnum):
        return "sa.String(length=40)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=compare_type,
    )
    with context.begin_transaction():
        context.run_migrations()


def compare_type(*args: object) -> bool | None:
    """Our own types are compared by what they are in the database."""
    metadata_type: TypeEngine[object] = args[4]  # type: ignore[assignment]  # Alembic passes them untyped
    return False if isinstance(metadata_type, CodeEnum | UTCDateTime) else None


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with current_app.extensions["migrate"].db.engine.connect() as fresh:
        run(fresh)
        fresh.commit()
