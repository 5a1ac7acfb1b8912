"""The roles, and which of them are granted."""

from core.i18n import _l
from core.labels import LabelledEnum


class Role(LabelledEnum):
    LEADER = "leader", _l("Leader")
    DEPUTY = "deputy", _l("Deputy leader")
    ANIMATOR = "animator", _l("Animator")
    OFFICE = "office", _l("Programme office")
    FUNDER = "funder", _l("Funder")
    ADMIN = "admin", _l("Administrator")


GRANTED_ROLES = frozenset({Role.ANIMATOR, Role.OFFICE, Role.FUNDER, Role.ADMIN})
"""Given with a date. An animator's grant lets municipalities be assigned; only the assignment gives any right in one."""
