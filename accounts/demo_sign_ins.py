"""The sign-ins of a demonstration. Everybody may know them; an installation for real work has none."""

from dataclasses import dataclass

from accounts.roles import Role
from core.i18n import LazyString, _l

DEMO_PASSWORD = "gromada-demo-2026"  # noqa: S105  # printed on the sign-in page of every demonstration


@dataclass(frozen=True)
class DemoSignIn:
    role: Role
    label: LazyString


BEGINNER = "beginner@gromada.example"

DEMO_SIGN_INS: dict[str, DemoSignIn] = {
    "leader@gromada.example": DemoSignIn(Role.LEADER, Role.LEADER.label),
    BEGINNER: DemoSignIn(Role.LEADER, _l("Leader at the beginning")),
    "deputy@gromada.example": DemoSignIn(Role.DEPUTY, Role.DEPUTY.label),
    "animator@gromada.example": DemoSignIn(Role.ANIMATOR, Role.ANIMATOR.label),
    "office@gromada.example": DemoSignIn(Role.OFFICE, Role.OFFICE.label),
    "admin@gromada.example": DemoSignIn(Role.ADMIN, Role.ADMIN.label),
}
