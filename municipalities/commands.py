"""``flask municipalities import FILE`` and ``flask municipalities population FILE``."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import click
from flask.cli import AppGroup

from core.database import db
from core.errors import DomainError
from core.formatting import number
from core.i18n import _
from municipalities.changes import Decisions, Pair
from municipalities.official_file import read_official_file
from municipalities.packed_file import unpacked
from municipalities.population_file import read_population_file
from municipalities.report import (
    applied_at_once,
    changes_in_words,
    contents,
    outcome,
    population_total,
    total,
)
from municipalities.services.changing import apply_those_that_touch_nothing
from municipalities.services.population import import_population
from municipalities.services.register import ALLOWED_TO_END, apply_import, plan_import, refuse_doubtful

commands = AppGroup("municipalities", help="The register of municipalities.")

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")


class CodePair(click.ParamType[Pair]):
    name = "OLD=NEW"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Pair:
        found = re.fullmatch(r"([0-9]{7})=([0-9]{7})", str(value))
        if found is None:
            self.fail("two codes of seven digits with = between them, such as 0221091=0265011", param, ctx)
        return found[1], found[2]


@commands.command("import")
@FILE
@DRY_RUN
@click.option("--same", type=CodePair(), multiple=True, help="One municipality under a new code. Repeatable.")
@click.option("--different", type=CodePair(), multiple=True, help="One ended, another began. Repeatable.")
@click.option(
    "--allow-ending",
    type=click.FloatRange(0, 100),
    default=ALLOWED_TO_END,
    show_default=True,
    metavar="PERCENT",
    help="How many municipalities may end with this file.",
)
@click.option("--apply-unused", is_flag=True, help="Apply at once what touches nobody in the programme.")
def import_register(
    *,
    file: Path,
    dry_run: bool,
    same: tuple[Pair, ...],
    different: tuple[Pair, ...],
    allow_ending: float,
    apply_unused: bool,
) -> None:
    """Take in an official register file (TERC; CSV, XML or the ZIP): enter what is new, propose every change."""
    with _one_transaction(dry_run=dry_run):
        content = unpacked(file.read_bytes())
        register = read_official_file(content)
        click.echo(contents(register))
        changes = plan_import(register, decisions=Decisions(frozenset(same), frozenset(different)))
        for line in changes_in_words(changes):
            click.echo(line)
        click.echo(total(changes))
        refuse_doubtful(changes, allow_ending=allow_ending)
        taken = apply_import(changes, file_hash=_hash(content), actor=None, allow_ending=allow_ending)
        click.echo(outcome(taken))
        if apply_unused:
            click.echo(applied_at_once(apply_those_that_touch_nothing(actor=None)))


@commands.command("population")
@FILE
@DRY_RUN
def population(*, file: Path, dry_run: bool) -> None:
    """Take numbers of people into the register: a CSV with the columns code;population;year."""
    with _one_transaction(dry_run=dry_run):
        content = file.read_bytes()
        counts = import_population(read_population_file(content), file_hash=_hash(content), actor=None)
        click.echo(population_total(counts))


@contextmanager
def _one_transaction(*, dry_run: bool) -> Iterator[None]:
    """All of it or nothing; a refusal is said in its own sentence."""
    began = time.monotonic()
    try:
        yield
    except DomainError as error:
        db.session.rollback()
        raise click.ClickException(" ".join([str(error), _("Nothing was changed.")])) from error
    if dry_run:
        db.session.rollback()
        click.echo(_("Only tried out: nothing was changed."))
        return
    db.session.commit()
    click.echo(_("Done in %(seconds)s s.", seconds=number(round(time.monotonic() - began, 1))))


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
