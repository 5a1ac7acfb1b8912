"""A task that the office has waived, in one town."""

from accounts.models import User
from partnerships.models import Partnership
from tasks.rules import TaskCode
from tasks.services import waive
from tests.guards.matrix.markers import hostile


def a_waived_task(name: str, partnership: Partnership, *, office: User) -> None:
    if name == "anew":
        waive(partnership, TaskCode.REMOTE, reason=f"Waived {hostile(f'{name}waiver')}", actor=office)
