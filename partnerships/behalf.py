"""Who acts for whom: the office for a leader, and a deputy or the office for a partnership that has none."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core import clock
from core.i18n import _l
from core.labels import LabelledEnum
from partnerships.models import Partnership


class OnBehalf(LabelledEnum):
    """In whose place something was done, in words that also stand on public pages: without anybody's name."""

    OFFICE_FOR_LEADER = "office_for_leader", _l("the programme office on behalf of the leader")
    OFFICE_FOR_PARTNERSHIP = (
        "office_for_partnership",
        _l("the programme office on behalf of the partnership, which had no leader"),
    )
    DEPUTY_FOR_PARTNERSHIP = (
        "deputy_for_partnership",
        _l("a deputy leader on behalf of the partnership, which had no leader"),
    )


@dataclass(frozen=True)
class Principal:
    """For whom somebody acts: a leader, or a partnership without one."""

    how: OnBehalf
    who: User | Partnership


def principal_of(partnership: Partnership, actor: User) -> Principal | None:
    """None for who acts in their own right: the leader, a deputy beside a leader, and the animator."""
    today = clock.today()
    leader, deputises = partnership.leader(today), actor.id in partnership.deputy_ids(today)
    advises = actor.id in partnership.animator_ids(today)
    if actor.id in partnership.leader_ids(today) or (advises and not deputises):
        return None
    if leader is not None:
        return None if deputises else Principal(OnBehalf.OFFICE_FOR_LEADER, leader)
    how = OnBehalf.DEPUTY_FOR_PARTNERSHIP if deputises else OnBehalf.OFFICE_FOR_PARTNERSHIP
    return Principal(how, partnership)


def acts_for(partnership: Partnership, actor: User) -> User | Partnership | None:
    """On whose behalf, for ``audit.record``."""
    principal = principal_of(partnership, actor)
    return principal.who if principal else None


def acts_without_leader(partnership: Partnership, actor: User) -> Partnership | None:
    """The same for what deputies and the office may do in their own right beside a leader, such as keeping members."""
    who = acts_for(partnership, actor)
    return who if isinstance(who, Partnership) else None


def remembered_principal(partnership: Partnership, actor: User) -> dict[str, Any]:
    """On whose behalf, as keyword arguments of ``audit.record``; nothing for who acts in their own right."""
    who = acts_for(partnership, actor)
    return {"on_behalf_of": who} if who else {}
