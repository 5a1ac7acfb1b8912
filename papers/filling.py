"""What the records say for a paper: a value for each name that may stand in its text, in the reader's words."""

from collections.abc import Sequence
from datetime import date

from core import clock
from core.formatting import day
from core.i18n import _
from handbooks.models import HandbookIssue
from meetings.models import PartnershipMeeting
from municipalities.queries import mayor_on
from papers.kinds import PaperKind
from papers.subjects import About
from partnerships.models import LeaderTerm, Organisation, Partnership, PartnershipMember
from partnerships.queries import members_of
from partnerships.words import listed
from programme.queries import the_programme

GAP = "…" * 7
"""Where nothing is known: a line to write on. No dots, so that a full stop behind it stays one."""


def values_for(kind: PaperKind, partnership: Partnership, about: About) -> dict[str, str]:
    """Everything but the number, which only a paper that is made has."""
    on = _day_of(kind, partnership, about)
    return {**_partnership(partnership, on), **_about(about)}


def signing_members(partnership: Partnership) -> list[tuple[str, str]]:
    """Present members, each with who signs for it."""
    present = [one.organisation for one in members_of(partnership) if one.left_on is None]
    return [(one.name, signatory(one)) for one in present]


def _day_of(kind: PaperKind, partnership: Partnership, about: About) -> date:
    """The day a paper speaks of: whoever was in office on it stands in it."""
    if isinstance(about, PartnershipMeeting):
        return about.held_on
    if isinstance(about, LeaderTerm):
        return max(about.starts_on, clock.today())
    if kind is PaperKind.AGREEMENT and partnership.founded_on:
        return partnership.founded_on
    return clock.today()


def _partnership(partnership: Partnership, on: date) -> dict[str, str]:
    place, programme = partnership.municipality, the_programme()
    today = clock.today()
    term, animator = partnership.leader_term(today), partnership.animator(today)
    mayor = mayor_on(place, on)
    return {
        "today": day(today),
        "programme": programme.name,
        "operator": programme.operator,
        "municipality": place.name,
        "municipality_type": str(place.kind.label),
        "county": place.county.label,
        "voivodeship": place.voivodeship.name,
        "territorial_code": place.code,
        "partnership": partnership.name,
        "founded_on": day(partnership.founded_on) if partnership.founded_on else "",
        "members": "; ".join(name for name, _signs in signing_members(partnership)),
        "leader": term.user.name if term else "",
        "leader_organisation": term.organisation.name if term and term.organisation else "",
        "animator": animator.name if animator else "",
        "mayor": _phrase(listed(mayor.title, "mayor_title"), mayor.name) if mayor else "",
    }


def _about(about: About) -> dict[str, str]:
    if isinstance(about, PartnershipMember):
        return _member(about)
    if isinstance(about, PartnershipMeeting):
        return _meeting(about)
    if isinstance(about, LeaderTerm):
        return {
            "appointed": about.user.name,
            "appointed_from": day(about.starts_on),
            "appointed_organisation": about.organisation.name if about.organisation else "",
        }
    return _issue(about) if isinstance(about, HandbookIssue) else {}


def _member(member: PartnershipMember) -> dict[str, str]:
    organisation = member.organisation
    return {
        "organisation": organisation.name,
        "organisation_type": listed(organisation.org_type, "organisation_type"),
        "organisation_address": organisation.address or "",
        "registry_number": _registry(organisation),
        "signatory": signatory(organisation),
        "power_of_attorney": organisation.power_of_attorney or "",
        "role": listed(member.role, "partner_role"),
        "contribution": listed(member.contribution, "contribution"),
        "joined_on": day(member.joined_on),
    }


def _meeting(meeting: PartnershipMeeting) -> dict[str, str]:
    return {
        "meeting_kind": str(meeting.kind.label).lower(),
        "meeting_day": day(meeting.held_on),
        "meeting_time": f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "",
        "meeting_place": meeting.place,
        "agenda": meeting.agenda or "",
        "people_count": str(meeting.people_count or ""),
        "summary": meeting.summary or "",
        "next_steps": meeting.next_steps or "",
    }


def _issue(issue: HandbookIssue) -> dict[str, str]:
    return {
        "sent_on": day(issue.sent_on),
        "sent_count": str(issue.sent_count),
        "edition": issue.edition.edition,
        "handbook": issue.edition.title,
    }


def signatory(organisation: Organisation) -> str:
    """A function, with a name only where one is known: the head, Anna Lis."""
    return _phrase(organisation.signatory_function or "", organisation.signatory_name or "")


def _registry(organisation: Organisation) -> str:
    if not organisation.registry_no or not organisation.registry_kind:
        return ""
    register = listed(organisation.registry_kind, "registry_kind")
    return _("%(register)s no. %(number)s", register=register, number=organisation.registry_no)


def _phrase(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def missing(values: dict[str, str], wanted: Sequence[str]) -> list[str]:
    """Names that stand in the text and have no value: each will be a line to write on."""
    return [name for name in dict.fromkeys(wanted) if name in values and not values[name]]
