"""``flask archive write FOLDER`` and ``flask archive read FOLDER``."""

from pathlib import Path

import click
from flask.cli import AppGroup

from archive.reading import read_archive
from archive.writing import write_archive
from core.database import db
from core.errors import DomainError

commands = AppGroup("archive", help="The whole programme in a folder, and back into an empty installation.")
FOLDER = click.Path(file_okay=False, path_type=Path)


@commands.command("write")
@click.argument("folder", type=FOLDER)
@click.option("--data-only", is_flag=True, help="Without the whole file of each partnership.")
def write(folder: Path, data_only: bool) -> None:
    """Write everything into FOLDER, with a manifest and checksums."""
    try:
        manifest = write_archive(folder, with_partnerships=not data_only)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.rollback()
    click.echo(
        f"{sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, {len(manifest.files)} files"
    )


@commands.command("read")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def read(folder: Path) -> None:
    """Read FOLDER into this empty installation."""
    try:
        manifest = read_archive(folder)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{manifest.programme}: {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables")
