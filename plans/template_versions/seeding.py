"""The first versions of an installation come from the files of its profile; from then on the database is the truth."""

import json
from hashlib import sha256

from sqlalchemy import func, select

from core import clock
from core.database import db
from plans.models import PlanTemplate, TemplateStatus
from plans.templates import parsed, profile_definitions
from programme.models import Programme


def seed_templates(programme: Programme) -> None:
    """Only an empty table is filled: a version that the database has stays as it is, whatever a file says by now."""
    if db.session.scalar(select(func.count()).select_from(PlanTemplate)):
        return
    found = {}
    for text in profile_definitions(programme.profile):
        definition = parsed(text)
        found[definition.kind, definition.version] = text
    for (kind, version), text in found.items():
        row = PlanTemplate(kind=kind, version=version, definition=text, published_at=clock.now())
        is_newest = version == max(one for of, one in found if of is kind)
        row.status = TemplateStatus.CURRENT if is_newest else TemplateStatus.RETIRED
        db.session.add(row)
    note_change(programme)


def note_change(programme: Programme) -> None:
    """Every process sees another stamp with its next request, and asks the database anew.

    It is made of what the table says: a change that is rolled back cannot leave its stamp to another change.
    """
    db.session.flush()
    rows = db.session.scalars(select(PlanTemplate).order_by(PlanTemplate.kind, PlanTemplate.version))
    said = [
        (
            row.kind.value,
            row.version,
            row.status.value,
            row.definition,
            str(row.accepted_until),
            str(row.checks_from),
        )
        for row in rows
    ]
    programme.template_stamp = sha256(json.dumps(said).encode()).hexdigest()[:40]
