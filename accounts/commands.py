"""Commands for whoever runs the installation."""

import click
from flask.cli import AppGroup

from accounts import services
from accounts.models import User
from accounts.queries import person_by_email
from accounts.roles import GRANTED_ROLES, Role
from accounts.second_factor import services as second_factor
from core.database import db
from core.errors import DomainError

commands = AppGroup("admin", help="People and their roles.")

ROLES = click.Choice(sorted(role.value for role in GRANTED_ROLES))


@commands.command("invite")
@click.argument("email")
@click.option("--name", help="First name and surname; by default what stands before the @.")
def invite(email: str, name: str | None) -> None:
    """Make EMAIL an administrator and print a link that works once. No mail is sent."""
    try:
        person, link = services.link_for_administrator(email, name or email.partition("@")[0])
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{person.email} chooses a password here, once:\n{link}")


@commands.command("grant")
@click.argument("email")
@click.argument("role", type=ROLES)
def grant(email: str, role: str) -> None:
    """Give the person with EMAIL a role for the whole programme."""
    person = _person(email)
    try:
        services.grant_role(person, Role(role), actor=None)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{person.email} is {role} from today on")


@commands.command("second-step-off")
@click.argument("email")
def second_step_off(email: str) -> None:
    """Let the person with EMAIL sign in without the code from the phone: it is lost, and so are the recovery codes."""
    person = _person(email)
    second_factor.take_away(person, actor=None)
    db.session.commit()
    click.echo(f"{person.email} is not asked for a code until setting it up anew")


@commands.command("revoke")
@click.argument("email")
@click.argument("role", type=ROLES)
def revoke(email: str, role: str) -> None:
    """End a role of the person with EMAIL at once."""
    person = _person(email)
    held = next((held for held in person.grants if held.role == role and held.ends_on is None), None)
    if held is None:
        raise click.ClickException(f"{person.email} is not {role}")
    try:
        services.end_grant(held, actor=None)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{person.email} is no longer {role}")


def _person(email: str) -> User:
    person = person_by_email(email)
    if person is None:
        raise click.ClickException(f"nobody signs in as {email}")
    return person
