"""Commands about mails, for whoever reads the mailbox to which they come back."""

import click
from flask.cli import AppGroup

from core.database import db
from core.errors import DomainError
from core.i18n import in_language
from core.mail_addresses import mark_address_bounced

commands = AppGroup("mail", help="What was sent.")


@commands.command("bounced")
@click.argument("address")
@click.option("--reason", default="", help="What the answer said.")
def bounced(address: str, reason: str) -> None:
    """The last mail to ADDRESS came back: nothing goes there until somebody corrects or clears it."""
    with in_language("en"):
        try:
            mark_address_bounced(address, reason=reason)
        except DomainError as refusal:
            raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"nothing is sent to {address} until it is corrected or cleared")
