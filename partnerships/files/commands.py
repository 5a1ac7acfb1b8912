"""Commands about files of partnerships, for whoever runs the installation."""

import click
from flask.cli import AppGroup

from core import clock
from partnerships.files.jobs import remove_expired
from partnerships.files.queries import files_past_their_time

commands = AppGroup("files", help="Files of partnerships.")


@commands.command("expire")
@click.option("--dry-run", is_flag=True, help="Only name the files that would go.")
def expire(dry_run: bool) -> None:
    """Remove files whose time is over, as the daily job does. Their records stay."""
    if not dry_run:
        click.echo(remove_expired())
        return
    due = files_past_their_time(clock.today())
    for one in due:
        click.echo(
            f"{one.retain_until} {one.file_class:11} file {one.id} of partnership {one.partnership_id}"
        )
    click.echo(f"{len(due)} would be removed")
