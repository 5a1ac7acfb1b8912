"""Reading what somebody sent, while nobody else waits for the database."""

from http import HTTPStatus

from flask import abort

from core.database import let_others_write
from plans.models import PlanVersion
from plans.queries import version_by_id
from plans.services import uploads
from plans.workbooks.reading import Expected, PlanReading


def read_meanwhile(
    version: PlanVersion, file: uploads.SentFile, expected: Expected
) -> tuple[PlanVersion, PlanReading | uploads.Refusal]:
    """It may take seconds. The version comes back as it is then, with all that belongs to it, in one query."""
    version_id, rules = version.id, uploads.Rules.of_today()
    let_others_write()
    outcome = uploads.read_upload(file, expected, rules)
    found = version_by_id(version_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found, outcome
