"""Who may do what: the whole table on one page.

A rule is asked about a person, a record and a day. Asked about no record it tells whether the person's role could
ever do this, which decides between "not for your role" and "there is no such page".
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from accounts.models import User
from accounts.role_sources import roles_of
from accounts.roles import Role
from core.clock import today


class InPartnership(Protocol):
    """A record that belongs to a partnership, or is one."""

    def leader_ids(self, on: date) -> Set[int]: ...
    def deputy_ids(self, on: date) -> Set[int]: ...
    def deputies_who_submit(self, on: date) -> Set[int]: ...
    def deputies_who_publish(self, on: date) -> Set[int]: ...
    def animator_ids(self, on: date) -> Set[int]: ...
    def heir_ids(self, on: date) -> Set[int]: ...
    def heir_animator_ids(self, on: date) -> Set[int]: ...


class Permission(StrEnum):
    PARTNERSHIP_READ = "partnership.read"
    PARTNERSHIP_EDIT = "partnership.edit"
    PARTNERSHIP_MANAGE = "partnership.manage"
    TERM_EDIT = "term.edit"
    HANDOVER_REQUEST = "handover.request"
    HANDOVER_READ = "handover.read"
    HANDOVER_ANSWER = "handover.answer"
    HANDOVER_CONFIRM = "handover.confirm"
    HANDOVER_CANCEL = "handover.cancel"
    PLAN_START = "plan.start"
    PLAN_START_YEAR = "plan.start_year"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    PLAN_SUBMIT = "plan.submit"
    PLAN_PUBLISH = "plan.publish"
    PLAN_CONSENT = "plan.consent"
    PLAN_REVIEW = "plan.review"
    PLAN_REOPEN = "plan.reopen"
    PLAN_CORRECT = "plan.correct"
    PLAN_ADVISE = "plan.advise"
    YEAR_DECLARE = "year.declare"
    YEAR_TOTALS = "year.totals"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_CALL = "organisation.call"
    ORGANISATION_EDIT = "organisation.edit"
    MAYOR_EDIT = "mayor.edit"
    FILE_OPEN = "file.open"
    FILE_EDIT = "file.edit"
    REVIEW_LIST = "review.list"
    PHRASE_LIST = "phrase.list"
    PHRASE_EDIT = "phrase.edit"
    PHRASE_SHARE = "phrase.share"
    CARD_LIST = "card.list"
    CARD_READ = "card.read"
    CARD_EDIT = "card.edit"
    CARD_CHECK = "card.check"
    BOARD_READ = "board.read"
    BOARD_VIEW_EDIT = "board_view.edit"
    LETTER_WRITE = "letter.write"
    HOURS_READ_ALL = "hours.read_all"
    HANDBOOK_MANAGE = "handbook.manage"
    TEMPLATE_MANAGE = "template.manage"
    PAPER_EDIT = "paper.edit"
    PAPER_WORDING = "paper.wording"
    RECORDS_IMPORT = "records.import"
    IMPORT_EDIT = "import.edit"
    MUNICIPALITY_READ = "municipality.read"
    MUNICIPALITY_CHANGE = "municipality.change"
    ANIMATOR_MANAGE = "animator.manage"
    ANIMATOR_PROFILE = "animator.profile"
    LEAVE_READ = "leave.read"
    ADVICE_LOG = "advice.log"
    ADVICE_CALL = "advice.call"
    ADVICE_ASK = "advice.ask"
    ADVICE_READ = "advice.read"
    ADVICE_ANSWER = "advice.answer"
    ADVICE_WITHDRAW = "advice.withdraw"
    ADVICE_CORRECT = "advice.correct"
    ADVICE_OUTSIDE = "advice.outside"
    PEOPLE_MANAGE = "people.manage"
    MAIL_MANAGE = "mail.manage"
    BUDGET_DECIDE = "budget.decide"
    VISIT_READ = "visit.read"
    VISIT_AGREE = "visit.agree"
    VISIT_TRIP = "visit.trip"
    CONSULTATION_READ = "consultation.read"
    CONSULTATION_REPORT = "consultation.report"
    CONSULTATION_CONFIRM = "consultation.confirm"
    CONSULTATION_DECIDE = "consultation.decide"
    FOLLOW_UP_EDIT = "follow_up.edit"
    ASSESSMENT_EDIT = "assessment.edit"
    JOBS_RUN = "jobs.run"
    PROGRAMME_MANAGE = "programme.manage"
    HISTORY_SEARCH = "history.search"
    ERASURE_MANAGE = "erasure.manage"
    SEAT_TAKE = "seat.take"
    SEAT_CHANGE = "seat.change"
    SEAT_MANAGE = "seat.manage"
    TASK_WAIVE = "task.waive"
    PROGRAMME_END = "programme.end"
    REPORT_LIST = "report.list"
    REPORT_READ = "report.read"
    REPORT_MANAGE = "report.manage"
    DIGEST_MANAGE = "digest.manage"
    FEEDBACK_READ = "feedback.read"
    CATALOGUE_MANAGE = "catalogue.manage"
    INITIATIVE_MANAGE = "initiative.manage"
    WEBINAR_READ = "webinar.read"
    WEBINAR_MANAGE = "webinar.manage"
    CERTIFICATE_READ = "certificate.read"
    LONG_WORK_LIST = "long_work.list"
    LONG_WORK_READ = "long_work.read"
    LONG_WORK_CHANGE = "long_work.change"
    LONG_WORK_FETCH = "long_work.fetch"
    OWN_ACCOUNT = "account.own"


class Rule(Protocol):
    @property
    def role(self) -> Role | None: ...

    def holds(self, person: User, subject: Any, on: date) -> bool: ...


@dataclass(frozen=True)
class Granted:
    """The role itself is enough."""

    role: Role

    def holds(self, person: User, subject: Any, on: date) -> bool:
        return person.holds(self.role, on)


@dataclass(frozen=True)
class GrantedIf:
    """The role, for records that say so of themselves: ``GrantedIf(Role.OFFICE, "open_to_office")``."""

    role: Role
    claim: str

    def holds(self, person: User, subject: Any, on: date) -> bool:
        return person.holds(self.role, on) and bool(getattr(subject, self.claim))


@dataclass(frozen=True)
class InScope:
    """The record names the person: ``InScope(Role.LEADER, "leader_ids")``."""

    role: Role
    scope: str

    def holds(self, person: User, subject: Any, on: date) -> bool:
        return person.id in getattr(subject, self.scope)(on)


@dataclass(frozen=True)
class Advises:
    """The assigned animator (or the cover of that day), where the record is open to them."""

    claim: str | None = None
    scope: str = "animator_ids"
    role: Role | None = Role.ANIMATOR

    def holds(self, person: User, subject: Any, on: date) -> bool:
        if person.id not in getattr(subject, self.scope)(on):
            return False
        return self.claim is None or bool(getattr(subject, self.claim))


@dataclass(frozen=True)
class ReviewsForOthers:
    """The assigned animator, or with whom this review stays; never for a partnership that they help to lead."""

    role: Role | None = Role.ANIMATOR

    def holds(self, person: User, subject: Any, on: date) -> bool:
        own = person.id in subject.leader_ids(on) | subject.deputy_ids(on)
        return not own and person.id in subject.reviewer_ids(on)


@dataclass(frozen=True)
class OverridesForOthers:
    """The office in place of the animator (the service asks for a reason), never for a partnership of their own."""

    role: Role | None = Role.OFFICE

    def holds(self, person: User, subject: Any, on: date) -> bool:
        own = person.id in subject.leader_ids(on) | subject.deputy_ids(on)
        return not own and person.holds(Role.OFFICE, on) and bool(subject.open_to_office)


@dataclass(frozen=True)
class Anyone:
    """Everybody who is signed in."""

    role: Role | None = None

    def holds(self, person: User, subject: Any, on: date) -> bool:
        return True


@dataclass(frozen=True)
class AnyoneIf:
    """Everybody who is signed in, for records that say so of themselves: ``AnyoneIf("is_public")``."""

    claim: str
    role: Role | None = None

    def holds(self, person: User, subject: Any, on: date) -> bool:
        return bool(getattr(subject, self.claim))


@dataclass(frozen=True)
class Named:
    """The record names the person, whatever their role: ``Named("successor_ids")``."""

    scope: str
    role: Role | None = None

    def holds(self, person: User, subject: Any, on: date) -> bool:
        return person.id in getattr(subject, self.scope)(on)


office, admin = Granted(Role.OFFICE), Granted(Role.ADMIN)
leads = InScope(Role.LEADER, "leader_ids")
inherits = InScope(Role.LEADER, "heir_ids")
"""Leader and deputies of the partnership in which a merged one goes on."""
deputises = InScope(Role.DEPUTY, "deputy_ids")
may_submit = InScope(Role.DEPUTY, "deputies_who_submit")
may_publish = InScope(Role.DEPUTY, "deputies_who_publish")
opens_as_deputy = InScope(Role.DEPUTY, "deputies_who_open")
advises = Advises()
advises_heir = Advises(scope="heir_animator_ids")
opens_as_heir = InScope(Role.LEADER, "heirs_who_open")

RULES: dict[Permission, tuple[Rule, ...]] = {
    Permission.PARTNERSHIP_READ: (office, leads, deputises, advises, inherits, advises_heir),
    Permission.PARTNERSHIP_EDIT: (office, leads, deputises),
    Permission.PARTNERSHIP_MANAGE: (office,),
    Permission.TERM_EDIT: (office, InScope(Role.LEADER, "term_editors")),
    Permission.HANDOVER_REQUEST: (office, leads, InScope(Role.DEPUTY, "stand_in_ids")),
    Permission.HANDOVER_READ: (office, leads, deputises, advises, Named("successor_ids")),
    Permission.HANDOVER_ANSWER: (Named("successor_ids"),),
    Permission.HANDOVER_CONFIRM: (office, advises),
    Permission.HANDOVER_CANCEL: (
        office,
        InScope(Role.LEADER, "withdrawer_ids"),
        InScope(Role.DEPUTY, "withdrawer_ids"),
    ),
    Permission.PLAN_START: (leads, deputises, GrantedIf(Role.OFFICE, "is_leaderless")),
    Permission.PLAN_START_YEAR: (leads, deputises),
    Permission.PLAN_READ: (
        GrantedIf(Role.OFFICE, "open_to_office"),
        leads,
        deputises,
        inherits,
        Advises("open_to_animator"),
        Advises("open_to_animator", "heir_animator_ids"),
    ),
    Permission.PLAN_EDIT: (leads, deputises, GrantedIf(Role.OFFICE, "is_written_by_office")),
    Permission.PLAN_SUBMIT: (leads, may_submit, GrantedIf(Role.OFFICE, "open_to_office")),
    Permission.PLAN_PUBLISH: (leads, may_publish, GrantedIf(Role.OFFICE, "open_to_office")),
    Permission.PLAN_CONSENT: (leads, may_publish),
    Permission.PLAN_REVIEW: (ReviewsForOthers(), OverridesForOthers()),
    Permission.PLAN_REOPEN: (leads, ReviewsForOthers(), GrantedIf(Role.OFFICE, "open_to_office")),
    Permission.PLAN_CORRECT: (GrantedIf(Role.OFFICE, "open_to_office"),),
    Permission.PLAN_ADVISE: (Advises("open_to_animator"),),
    Permission.YEAR_DECLARE: (leads, may_submit),
    Permission.YEAR_TOTALS: (office,),
    Permission.ORGANISATION_READ: (office, leads, deputises, advises),
    Permission.ORGANISATION_CALL: (
        office,
        InScope(Role.LEADER, "keeper_leader_ids"),
        InScope(Role.DEPUTY, "keeper_deputy_ids"),
        Advises(scope="keeper_animator_ids"),
    ),
    Permission.ORGANISATION_EDIT: (
        office,
        InScope(Role.LEADER, "keeper_leader_ids"),
        InScope(Role.DEPUTY, "keeper_deputy_ids"),
    ),
    Permission.MAYOR_EDIT: (office, leads),
    Permission.FILE_OPEN: (office, leads, opens_as_deputy, advises, opens_as_heir, advises_heir),
    Permission.FILE_EDIT: (office, leads, opens_as_deputy),
    Permission.REVIEW_LIST: (Granted(Role.ANIMATOR),),
    Permission.PHRASE_LIST: (Granted(Role.ANIMATOR), office),
    Permission.PHRASE_EDIT: (
        InScope(Role.ANIMATOR, "owner_ids"),
        InScope(Role.OFFICE, "owner_ids"),
        GrantedIf(Role.OFFICE, "is_shared"),
    ),
    Permission.PHRASE_SHARE: (office,),
    Permission.CARD_LIST: (Granted(Role.ANIMATOR),),
    Permission.CARD_READ: (office, Named("owner_ids")),
    Permission.CARD_EDIT: (Named("owner_ids"),),
    Permission.CARD_CHECK: (office,),
    Permission.BOARD_READ: (office,),
    Permission.BOARD_VIEW_EDIT: (InScope(Role.OFFICE, "owner_ids"), GrantedIf(Role.OFFICE, "is_shared")),
    Permission.LETTER_WRITE: (office,),
    Permission.HOURS_READ_ALL: (office,),
    Permission.HANDBOOK_MANAGE: (office,),
    Permission.TEMPLATE_MANAGE: (office, admin),
    Permission.PAPER_EDIT: (office, leads, deputises, Advises("is_of_animator")),
    Permission.PAPER_WORDING: (office,),
    Permission.RECORDS_IMPORT: (office,),
    Permission.IMPORT_EDIT: (office, leads, deputises),
    Permission.MUNICIPALITY_READ: (Anyone(),),
    Permission.MUNICIPALITY_CHANGE: (office,),
    Permission.ANIMATOR_MANAGE: (office,),
    Permission.ANIMATOR_PROFILE: (Granted(Role.ANIMATOR),),
    Permission.LEAVE_READ: (office, InScope(Role.ANIMATOR, "returning_ids")),
    Permission.ADVICE_LOG: (Granted(Role.ANIMATOR),),
    Permission.ADVICE_CALL: (advises,),
    Permission.ADVICE_ASK: (leads, deputises),
    Permission.ADVICE_READ: (office, leads, deputises, advises),
    Permission.ADVICE_ANSWER: (advises,),
    Permission.ADVICE_WITHDRAW: (leads, deputises),
    Permission.ADVICE_CORRECT: (InScope(Role.ANIMATOR, "author_ids"),),
    Permission.ADVICE_OUTSIDE: (InScope(Role.ANIMATOR, "author_ids"),),
    Permission.PEOPLE_MANAGE: (office, admin),
    Permission.MAIL_MANAGE: (office,),
    Permission.BUDGET_DECIDE: (office,),
    Permission.VISIT_READ: (office, leads, deputises, advises),
    Permission.VISIT_AGREE: (office, leads, deputises, advises),
    Permission.VISIT_TRIP: (Granted(Role.ANIMATOR),),
    Permission.CONSULTATION_READ: (office, leads, deputises, advises),
    Permission.CONSULTATION_REPORT: (advises,),
    Permission.CONSULTATION_CONFIRM: (office, leads, deputises),
    Permission.CONSULTATION_DECIDE: (office,),
    Permission.FOLLOW_UP_EDIT: (office, leads, deputises, advises),
    Permission.ASSESSMENT_EDIT: (leads, deputises),
    Permission.JOBS_RUN: (office, admin),
    Permission.PROGRAMME_MANAGE: (office, admin),
    Permission.HISTORY_SEARCH: (office, admin),
    Permission.ERASURE_MANAGE: (office, admin),
    Permission.SEAT_TAKE: (Anyone(),),
    Permission.SEAT_CHANGE: (Named("owner_ids"),),
    Permission.SEAT_MANAGE: (office,),
    Permission.TASK_WAIVE: (office,),
    Permission.PROGRAMME_END: (office,),
    Permission.REPORT_LIST: (office, Granted(Role.FUNDER)),
    Permission.REPORT_READ: (office, GrantedIf(Role.FUNDER, "is_kept")),
    Permission.REPORT_MANAGE: (office,),
    Permission.DIGEST_MANAGE: (office,),
    Permission.FEEDBACK_READ: (office,),
    Permission.CATALOGUE_MANAGE: (office,),
    Permission.INITIATIVE_MANAGE: (office,),
    Permission.WEBINAR_READ: (office, AnyoneIf("is_public")),
    Permission.WEBINAR_MANAGE: (office,),
    Permission.CERTIFICATE_READ: (office, Named("owner_ids")),
    Permission.LONG_WORK_LIST: (office,),
    Permission.LONG_WORK_READ: (office, Named("asker_ids")),
    Permission.LONG_WORK_CHANGE: (office, Named("asker_ids")),
    Permission.LONG_WORK_FETCH: (Named("asker_ids"),),
    Permission.OWN_ACCOUNT: (Anyone(),),
}


def can(person: Any, permission: Permission, subject: Any = None) -> bool:
    """Whether this person may do this to this record today; without a record, whether their role ever could."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    if subject is None:
        return _could_ever(person, RULES[permission])
    day = today()
    return any(rule.holds(person, subject, day) for rule in RULES[permission])


def _could_ever(person: User, rules: Sequence[Rule]) -> bool:
    """Granted roles come with the person; those that records give are asked for only where these do not settle it."""
    day = today()
    if any(rule.role is None or person.holds(rule.role, day) for rule in rules):
        return True
    roles = roles_of(person, day)
    return any(rule.role in roles for rule in rules)
