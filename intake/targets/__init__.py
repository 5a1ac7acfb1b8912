"""Every kind of records that files can bring."""

from collections.abc import Mapping

from intake.models import RecordKind
from intake.targets.base import Target
from intake.targets.members import Members
from intake.targets.register import Register

TARGETS: Mapping[RecordKind, Target] = {target.kind: target for target in (Register(), Members())}


def target_of(kind: RecordKind) -> Target:
    return TARGETS[kind]
