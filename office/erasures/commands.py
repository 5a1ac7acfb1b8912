"""Commands about erasures, for whoever restores a copy of the database."""

import click
from flask.cli import AppGroup

from core.database import db
from core.i18n import in_language
from office.erasures.repeating import repeat_erasures

commands = AppGroup("erasures", help="People who were erased.")


@commands.command("repeat")
def repeat() -> None:
    """Erase again whoever a restored copy of the database brought back."""
    with in_language("en"):
        result = repeat_erasures()
    db.session.commit()
    click.echo(f"erased again: {result.done}")
    if result.waiting:
        numbers = ", ".join(str(person.id) for person in result.waiting)
        raise click.ClickException(
            f"still to erase, as they lead, advise or hold a role again: accounts {numbers}. "
            "Hand their work over in the application, then run this once more."
        )
