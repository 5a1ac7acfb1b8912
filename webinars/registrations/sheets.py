"""The office's list as a workbook. What people need stands in it as counts alone."""

from collections.abc import Sequence
from typing import NamedTuple

from core.i18n import _, _l
from core.sheets import Column, Sheet
from core.workbooks.export import write_sheets
from core.workbooks.kinds import member_of, moment, text, whole_number
from webinars.models import Webinar
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration
from webinars.registrations.queries import NeedLine

_WORDS, _COUNT = text(max_length=300), whole_number(0, 1_000_000)


class _Row(NamedTuple):
    name: str
    email: str
    municipality: str | None
    group: AudienceGroup
    status: RegistrationStatus
    asked_at: object


class _Count(NamedTuple):
    label: str
    people: int


PEOPLE: Sheet[_Row] = Sheet(
    _Row,
    {
        "name": Column(_l("Name"), _WORDS),
        "email": Column(_l("E-mail address"), _WORDS),
        "municipality": Column(_l("Municipality"), _WORDS),
        "group": Column(_l("Group"), member_of(AudienceGroup)),
        "status": Column(_l("Status"), member_of(RegistrationStatus)),
        "asked_at": Column(_l("Asked on"), moment()),
    },
    name=_l("Registrations"),
)

NEEDS: Sheet[_Count] = Sheet(
    _Count,
    {"label": Column(_l("What is needed"), _WORDS), "people": Column(_l("People"), _COUNT)},
    name=_l("Access"),
)


def workbook(seats: Sequence[WebinarRegistration], needs: Sequence[NeedLine]) -> bytes:
    rows = [
        _Row(
            seat.mail_name,
            seat.mail_address,
            seat.municipality.name if seat.municipality else None,
            seat.group,
            seat.status,
            seat.asked_at,
        )
        for seat in seats
    ]
    counts = [_Count(str(line.need.label), line.people) for line in needs]
    return write_sheets([PEOPLE.part(rows), NEEDS.part(counts)])


def file_name(webinar: Webinar) -> str:
    return "-".join((_("registrations"), f"{webinar.id}.xlsx"))
