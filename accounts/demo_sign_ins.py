"""The sign-ins of a demonstration. Everybody may know them; an installation for real work has none."""

from accounts.roles import Role

DEMO_PASSWORD = "gromada-demo-2026"  # noqa: S105  # printed on the sign-in page of every demonstration

DEMO_SIGN_INS: dict[str, Role] = {
    "leader@gromada.example": Role.LEADER,
    "deputy@gromada.example": Role.DEPUTY,
    "animator@gromada.example": Role.ANIMATOR,
    "office@gromada.example": Role.OFFICE,
    "admin@gromada.example": Role.ADMIN,
}
