"""``flask demo load`` and ``flask demo sign-ins``."""

import time

import click
from flask import current_app
from flask.cli import AppGroup

from accounts.demo_sign_ins import DEMO_PASSWORD, DEMO_SIGN_INS
from config import Config
from core.database import db
from core.errors import DomainError
from core.formatting import number
from core.i18n import _

commands = AppGroup("demo", help="The demonstration: invented people in real municipalities.")


@commands.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, and fail not, where there is data already.")
def load(*, if_empty: bool) -> None:
    """Fill an empty database with the demonstration programme."""
    from demo.loading import holds_anything, is_loaded, load_demo  # only where it is asked for

    config: Config = current_app.config["GROMADA"]
    if is_loaded():
        click.echo(_("The demonstration is loaded already."))
        return
    if if_empty and holds_anything():
        click.echo(_("The database holds data already: no demonstration was loaded."))
        return
    began = time.monotonic()
    try:
        load_demo(config)
    except DomainError as refusal:
        db.session.rollback()
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    seconds = number(round(time.monotonic() - began, 1))
    click.echo(_("The demonstration was loaded in %(seconds)s s.", seconds=seconds))


@commands.command("sign-ins")
def sign_ins() -> None:
    """Name one sign-in for each role, and the password they share."""
    for email, sign_in in DEMO_SIGN_INS.items():
        click.echo(f"  {email:28} {sign_in.label}")
    click.echo(_("  Password: %(password)s", password=DEMO_PASSWORD))
