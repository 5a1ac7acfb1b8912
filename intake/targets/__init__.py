"""Every kind of records that files can bring."""

from collections.abc import Mapping

from intake.models import RecordKind
from intake.targets.advice import Consultations, Visits
from intake.targets.base import Target
from intake.targets.handbooks import Handbooks
from intake.targets.hours import Hours
from intake.targets.meetings import Meetings
from intake.targets.members import Members
from intake.targets.plans import Plans
from intake.targets.register import Register
from intake.targets.webinars import Webinars

_ALL: tuple[type[Target], ...] = (
    Register, Members, Meetings, Visits, Consultations, Hours, Handbooks, Plans, Webinars,
)  # fmt: skip

TARGETS: Mapping[RecordKind, type[Target]] = {target.kind: target for target in _ALL}


def target_of(kind: RecordKind) -> Target:
    """A new one each time: it keeps what it has read for one comparison."""
    return TARGETS[kind]()
