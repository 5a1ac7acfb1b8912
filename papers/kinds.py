"""The kinds of papers as data: what each is about, what it may say of that, and where its signed scan belongs."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import LazyString, _l
from core.labels import LabelledEnum


class PaperKind(LabelledEnum):
    AGREEMENT = "agreement", _l("Partnership agreement")
    DECLARATION = "declaration", _l("Member's declaration")
    INVITATION = "invitation", _l("Invitation and agenda")
    ATTENDANCE = "attendance", _l("Attendance list")
    MINUTES = "minutes", _l("Minutes")
    APPOINTMENT = "appointment", _l("Leader's appointment")
    RECEIPT = "receipt", _l("Handbook receipt")
    CONSULTATION = "consultation", _l("Consultation card")


class Subject(LabelledEnum):
    """What a paper is about, beside the partnership itself."""

    PARTNERSHIP = "partnership", _l("Partnership")
    MEMBER = "member", _l("Member")
    MEETING = "meeting", _l("Meeting")
    TERM = "term", _l("Leader's term")
    HANDBOOKS = "handbooks", _l("Copies of the handbook")


@dataclass(frozen=True)
class Form:
    """What is known of a kind beside its words."""

    subject: Subject
    used: LazyString
    """When it is used, in one line."""
    is_evidence: bool = False
    """Its signed scan names people: it is kept as evidence with personal data."""
    is_repeated: bool = False
    """Each use takes a paper of its own: one that is signed is never the same as the next."""
    is_of_animator: bool = False
    """The animator of the partnership makes it too, and sends its signed scan."""
    has_clause: bool = False
    """Whoever signs it has to be told what happens with their data."""


FORMS: Mapping[PaperKind, Form] = {
    PaperKind.AGREEMENT: Form(
        Subject.PARTNERSHIP, _l("When the partnership is founded: its members and the mayor sign it.")
    ),
    PaperKind.DECLARATION: Form(
        Subject.MEMBER, _l("When an organisation joins: it says what it contributes.")
    ),
    PaperKind.INVITATION: Form(
        Subject.MEETING, _l("Before a meeting: day, place and agenda, to print or to send.")
    ),
    PaperKind.ATTENDANCE: Form(
        Subject.MEETING,
        _l("At a meeting: everybody present signs. It says what happens with the data."),
        is_evidence=True,
        has_clause=True,
    ),
    PaperKind.MINUTES: Form(Subject.MEETING, _l("After a meeting: what was agreed and who does what next.")),
    PaperKind.APPOINTMENT: Form(Subject.TERM, _l("When somebody begins to lead the partnership.")),
    PaperKind.RECEIPT: Form(Subject.HANDBOOKS, _l("When printed handbooks arrive.")),
    PaperKind.CONSULTATION: Form(
        Subject.PARTNERSHIP,
        _l(
            "At a consultation with the animator: time, topics and what was agreed. One for each consultation."
        ),
        is_evidence=True,
        is_repeated=True,
        is_of_animator=True,
    ),
}

ABOUT_THE_PARTNERSHIP = (
    "number", "today", "programme", "operator", "municipality", "municipality_type", "county", "voivodeship",
    "territorial_code", "partnership", "founded_on", "members", "leader", "leader_organisation", "animator", "mayor",
)  # fmt: skip

ABOUT_THE_SUBJECT: Mapping[Subject, tuple[str, ...]] = {
    Subject.PARTNERSHIP: (),
    Subject.MEMBER: (
        "organisation", "organisation_type", "organisation_address", "registry_number", "signatory", "power_of_attorney",
        "role", "contribution", "joined_on",
    ),
    Subject.MEETING: ("meeting_kind", "meeting_day", "meeting_time", "meeting_place", "agenda", "people_count", "summary", "next_steps"),
    Subject.TERM: ("appointed", "appointed_from", "appointed_organisation"),
    Subject.HANDBOOKS: ("sent_on", "sent_count", "edition", "handbook"),
}  # fmt: skip
"""The names that may stand in braces in the text of a paper about this."""


def placeholders(kind: PaperKind) -> tuple[str, ...]:
    return (*ABOUT_THE_PARTNERSHIP, *ABOUT_THE_SUBJECT[FORMS[kind].subject])
