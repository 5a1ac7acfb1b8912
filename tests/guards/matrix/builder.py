"""A small country in which every text is a secret of one place, and everything exists at least once in each state.

Towns are named by their family and the state of their plan: ``areview``, ``bdraft``. Secrets are named by the town and
what they stand in: ``areviewplan``, ``areviewremark``.
"""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from openpyxl import load_workbook

from accounts.hints import Hint
from accounts.link_browsers import COOKIE, LinkBrowser, signed
from accounts.models import DismissedHint, RoleGrant, TokenPurpose, User
from accounts.roles import Role
from accounts.tokens import issue
from agenda.services import make_address
from core.database import db
from municipalities.models import Mayor
from municipalities.services.mayors import enter_mayor
from partnerships.handovers.models import LeaderHandover
from partnerships.models import AssignmentKind, Partnership, TermKind
from partnerships.services import accept_handover, request_handover
from plans.definitions import PlanKind
from plans.downloads import plan_workbook
from plans.models import AnswerKind, PlanImport, PlanVersion, ReviewComment
from plans.services import flow, own_plan, review, uploads, writing
from plans.services.corrections import state_of
from plans.services.final_file import receive_final_file
from plans.services.uploads import SentFile
from plans.workbooks.layout import EXAMPLE_MARKS
from plans.workflow import PlanStatus
from tests.guards.matrix.absences import an_absence
from tests.guards.matrix.advice_given import some_advice
from tests.guards.matrix.assessed import some_assessments
from tests.guards.matrix.cards_kept import some_cards
from tests.guards.matrix.changes_of_places import some_changes
from tests.guards.matrix.consultations_held import some_consultations
from tests.guards.matrix.contents import secret_content, slipped
from tests.guards.matrix.gatherings import a_meeting, some_handbooks
from tests.guards.matrix.mails_kept import some_mails
from tests.guards.matrix.markers import hostile, marked
from tests.guards.matrix.overruns import an_overrun
from tests.guards.matrix.papers_kept import some_files
from tests.guards.matrix.papers_made import an_own_text, some_papers
from tests.guards.matrix.phrases_kept import some_phrases
from tests.guards.matrix.records_kept import some_records
from tests.guards.matrix.reports_kept import some_reports
from tests.guards.matrix.tasks_waived import a_waived_task
from tests.guards.matrix.templates_kept import some_templates
from tests.guards.matrix.visits_to_agree import some_visits
from tests.guards.matrix.webinars_kept import some_webinars
from tests.guards.matrix.world import PASSWORD, Record, World
from tests.guards.matrix.years_declared import a_declared_year
from tests.make import Make
from tests.support.sign_in import session_token

YEAR = 2026
YEARS_AGO = date(2023, 12, 31)
ALL = frozenset(review.ApprovalCheck)


def retold(data: bytes, text: str) -> bytes:
    """The workbook with another text in the first need."""
    workbook, out = load_workbook(BytesIO(data)), BytesIO()
    page = workbook["2_Diagnoza"]
    column = next(cell.column for cell in page[4] if cell.value == "need_text")
    row = next(number for number in range(5, page.max_row + 1) if not _is_example(page.cell(number, 1).value))
    page.cell(row, column).value = text
    workbook.save(out)
    return out.getvalue()


def _is_example(uid: object) -> bool:
    return uid in EXAMPLE_MARKS.values()


class Builder:
    """Everything happens through the services, as it would in life."""

    def __init__(self) -> None:
        self.world = World()
        self.make = Make()
        self.people: dict[str, User] = {}

    def build(self) -> World:
        self._people()
        for town, build in {
            "anew": self._new, "aempty": self._empty, "adraft": self._draft, "asubmitted": self._submitted, "areview": self._review,
            "areturned": self._returned, "aapproved": self._approved, "apublished": self._published,
            "bdraft": self._draft, "breview": self._review, "bpublished": self._published,
            "bcorrected": self._corrected, "creview": self._review, "dreview": self._review,
            "eorphan": self._new,
        }.items():  # fmt: skip
            build(town)
        an_own_text(actor=self.people["office"])
        free = self.make.municipality(marked("zfreename"), code="1602012")
        self._keep("municipality", "zfree", "z", municipality_id=free.id)
        some_changes(self.make, self.people["office"], self._keep)
        self.world.records["reviewed remark"] = self.world.records["remark"]
        an_absence(self.world, self.people, self.make)
        make_address(self.people["deputy"], actor=self.people["deputy"])
        some_phrases(self.world, self.people)
        some_cards(self.world, self.people)
        some_reports(self.world, self.people)
        some_webinars(self.world, self.people)
        some_templates(self.world, actor=self.people["office"])
        some_mails(self.world, self.people)
        self._sign_everybody_in()
        db.session.commit()
        return self.world

    # --- people ---

    def _people(self) -> None:
        for name in (
            "leader", "deputy", "deputyfull", "formerleader", "disabled", "otherleader", "cleader", "newcomer",
            "successor",
        ):  # fmt: skip
            self._person(name)
        for name in ("animator", "otheranimator", "cover", "onleave", "manyhats"):
            self._person(name, Role.ANIMATOR)
        self._grant("manyhats", Role.OFFICE)
        for role in (Role.OFFICE, Role.ADMIN, Role.FUNDER):
            self._person(role.value, role)
        self.people["admin"].password_hash = self.make.user(password=PASSWORD).password_hash
        self.people["disabled"].is_active = False
        for purpose, name in {
            TokenPurpose.INVITATION: "newcomer",
            TokenPurpose.PASSWORD_RESET: "otherleader",
        }.items():
            self.world.links[purpose] = issue(self.people[name], purpose, valid=timedelta(days=9))[1]
        self._sign_in_link(LinkBrowser("the browser of everybody"))
        db.session.add(DismissedHint(user_id=self.people["leader"].id, hint=Hint.BOARD.value))

    def _sign_in_link(self, browser: LinkBrowser) -> None:
        asked = issue(
            self.people["cleader"], TokenPurpose.SIGN_IN, valid=timedelta(days=9), browser=browser.secret
        )
        self.world.links[TokenPurpose.SIGN_IN] = asked[1]
        self.world.cookies[COOKIE] = signed(browser)

    def _person(self, name: str, role: Role | None = None) -> None:
        person = self.make.user(f"Anna {hostile(name)}", email=f"{marked(name)}@gromada.example")
        person.notification_email = f"post-{marked(name)}@gromada.example"
        person.phone = marked(name)
        self.people[name] = person
        self.world.ids[name] = person.id
        self._keep("person", name, "", person_id=person.id)
        if role is not None:
            self._grant(name, role)

    def _grant(self, name: str, role: Role) -> None:
        grant = RoleGrant(user=self.people[name], role=role, starts_on=date(2024, 1, 1))
        db.session.add(grant)
        db.session.flush()
        self._keep("grant", f"{name} {role}", "", person_id=grant.user_id, grant_id=grant.id)

    def _sign_everybody_in(self) -> None:
        for name, person in self.people.items():
            self.world.sessions[name] = session_token(person)

    # --- towns ---

    def _town(self, name: str) -> Partnership:
        municipality = self.make.municipality(
            marked(f"{name}name"), code=f"{160101 + len(self.world.places)}2"
        )
        lead, advise = {
            "a": ("leader", "animator"), "b": ("otherleader", "otheranimator"), "c": ("cleader", "onleave"),
            "d": ("manyhats", "manyhats"), "e": ("newcomer", "newcomer"),
        }[name[0]]  # fmt: skip
        partnership = self.make.partnership(
            f"Partnership {hostile(f'{name}name')}",
            municipality=municipality, leader=self.people[lead], animator=self.people[advise],
            led=name[0] != "e", advised=name[0] != "e",
        )  # fmt: skip
        self._fill(name, partnership)
        self.world.places[name] = municipality.address_name
        self._keep(
            "partnership",
            name,
            name[0],
            "leaderless" if name[0] == "e" else "",
            partnership_id=partnership.id,
        )
        self._keep("municipality", name, name[0], municipality_id=municipality.id)
        return partnership

    def _fill(self, name: str, partnership: Partnership) -> None:
        secret = marked(f"{name}member")
        organisation = self.make.organisation(
            f"School {hostile(f'{name}member')}", municipality=partnership.municipality
        )
        member = self.make.member(partnership, organisation)
        member.contact_function, member.contact_email = (
            f"Head {hostile(f'{name}member')}",
            f"{secret}@school.example",
        )
        self._keep("member", name, name[0], member_id=member.id)
        organisation.phone, organisation.signatory_name = f"86 {secret}", f"Ewa {hostile(f'{name}member')}"
        self._keep("organisation", name, name[0], organisation_id=organisation.id)
        self._mayor(name, partnership)
        if name[0] == "a":
            self._term(name, partnership, "deputy", every_right=False)
            self._term(name, partnership, "deputyfull")
            self._term(name, partnership, "disabled")
            former = self.people["formerleader"]
            self.make.term(partnership, former, kind=TermKind.LEADER, starts_on=YEARS_AGO, ends_on=YEARS_AGO)
        if name[0] == "c":
            self.make.assignment(
                partnership.municipality,
                self.people["cover"],
                kind=AssignmentKind.COVER,
                ends_on=date(2026, 12, 31),
            )
        caller = self.people["office"] if name[0] == "e" else self._leader(name)
        a_meeting(self.world, name, partnership, actor=caller)
        some_assessments(self.world, name, partnership, actor=caller)
        some_files(self.world, name, partnership, actor=caller)
        some_records(self.world, name, partnership, actor=caller)
        a_declared_year(name, partnership, actor=caller)
        a_waived_task(name, partnership, office=self.people["office"])
        some_handbooks(self.world, name, partnership, actor=self.people["office"])
        some_papers(self.world, name, partnership, actor=caller)
        some_consultations(self.world, name, partnership)
        an_overrun(self.world, name, partnership)
        some_visits(self.world, name, partnership)
        db.session.refresh(partnership)
        some_advice(self.world, name, partnership, self.people, asker=caller)
        for term in partnership.terms:
            if term.kind is TermKind.LEADER and term.ends_on is None:
                self._keep("term", f"{name} leader", name[0], "leader's", term_id=term.id)

    def _mayor(self, name: str, partnership: Partnership) -> None:
        """Known to everybody who is signed in, as the municipality is."""
        mayor = enter_mayor(
            partnership.municipality,
            title="wojt",
            name=f"Jan {hostile(f'{name}name')}",
            valid_from=date(2024, 5, 7),
            actor=self.people["office"] if name[0] == "e" else self._leader(name),
        )
        self._keep("mayor", name, name[0], mayor_id=self._id(mayor))

    def _term(self, name: str, partnership: Partnership, person: str, *, every_right: bool = True) -> None:
        who = self.people[person]
        term = self.make.term(partnership, who, can_submit=every_right, can_publish=every_right)
        self._keep("term", f"{name} {person}", name[0], "deputy's", term_id=term.id)

    # --- plans ---

    def _new(self, name: str) -> None:
        self._town(name)

    def _empty(self, name: str) -> None:
        """Started, and nothing written yet."""
        town, leader = self._town(name), self._leader(name)
        version = writing.start_plan(town, PlanKind.GENERAL, year_from=YEAR, actor=leader)
        self._keep_version(f"{name} empty", version, "draft")
        self._handover(name, town)

    def _handover(self, name: str, town: Partnership) -> LeaderHandover:
        handover = request_handover(
            town,
            self.people["successor"],
            effective_on=date(2026, 5, 1),
            note=hostile(f"{name}handover"),
            actor=self._leader(name),
        )
        self._keep("handover", name, name[0], handover_id=self._id(handover))
        return handover

    def _draft(self, name: str) -> None:
        """Returned once; the next version is under way, one remark answered, a workbook waits to be applied."""
        before = self._sent_back(name, "returned before")
        version = flow.revise_plan(before, actor=self._leader(name))
        writing.replace_rows(version, slipped(secret_content(version, f"{name}next")))
        comment = version.comments[0]
        answer = hostile(f"{name}answer")
        review.answer_comment(comment, answer=answer, kind=AnswerKind.CHANGED, actor=self._leader(name))
        self._keep_version(f"{name} draft", version, "draft")
        self._keep("remark", f"{name} carried", name[0], "draft", comment_id=self._id(comment))
        self._keep("remark", f"{name} sent", name[0], "handed over", comment_id=self._id(before.comments[0]))
        self._upload(name, version, "draft")
        self.world.seen[f"{name} draft"] = str(version.row_version)

    def _submitted(self, name: str) -> None:
        self._led(name, PlanStatus.SUBMITTED, "submitted")

    def _review(self, name: str) -> None:
        """The second round: one remark carried along, one not sent yet."""
        version = flow.revise_plan(self._sent_back(name, "returned before"), actor=self._leader(name))
        flow.submit_plan(version, actor=self._leader(name), publish_on_approval=name[0] == "a")
        review.start_review(version, actor=self._animator(name))
        carried = version.comments[0]
        unsent = self._remark(name, version, f"{name}remark")
        self._keep_version(f"{name} review", version, "handed over")
        self._keep("remark", f"{name} carried", name[0], "handed over", comment_id=self._id(carried))
        self._keep("remark", f"{name} unsent", name[0], "not sent", comment_id=self._id(unsent))

    def _returned(self, name: str) -> None:
        version = self._sent_back(name, "returned")
        accept_handover(self._handover(name, version.partnership), actor=self.people["successor"])

    def _approved(self, name: str) -> None:
        """A final file was tried that says something else."""
        version = self._led(name, PlanStatus.APPROVED, "approved")
        db.session.flush()
        data = plan_workbook(version, language="pl", short=True).data
        self.world.workbooks[name] = data
        other = SentFile(f"{hostile(f'{name}file')}.xlsx", retold(data, hostile(f"{name}next")))
        outcome = uploads.read_upload(other, uploads.expected_of(version))
        upload = receive_final_file(version, other, outcome, actor=self._leader(name))
        self._keep("final file", name, name[0], upload_id=self._id(upload))

    def _published(self, name: str) -> None:
        version = self._led(name, PlanStatus.PUBLISHED, "published")
        self._year(name, version.partnership, YEAR, "private")
        shared = self._year(name, version.partnership, YEAR + 1, "shared")
        own_plan.put_in_use(shared, actor=self._leader(name))
        own_plan.request_feedback(shared, actor=self._leader(name))
        own_plan.give_feedback(shared, text=hostile(f"{name}advice"), actor=self._animator(name))

    def _corrected(self, name: str) -> None:
        """The office writes a version on behalf of the leader."""
        version = self._led(name, PlanStatus.SUBMITTED, "submitted")
        reason = hostile(f"{name}reason")
        draft = flow.correct_plan(version, reason=reason, actor=self.people["office"])
        writing.replace_rows(draft, secret_content(draft, f"{name}next"))
        self._keep_version(f"{name} correction", draft, "correction")
        self._upload(name, draft, "correction")

    def _led(self, name: str, status: PlanStatus, as_what: str) -> PlanVersion:
        """A plan led by its own people to this status, full of the town's secrets."""
        leader, animator = self._leader(name), self._animator(name)
        version = writing.start_plan(self._town(name), PlanKind.GENERAL, year_from=YEAR, actor=leader)
        writing.replace_rows(version, secret_content(version, f"{name}plan"))
        note = hostile(f"{name}note")
        steps: tuple[tuple[PlanStatus, Callable[[], object]], ...] = (
            (PlanStatus.SUBMITTED, lambda: flow.submit_plan(version, actor=leader)),
            (PlanStatus.IN_REVIEW, lambda: review.start_review(version, actor=animator)),
            (
                PlanStatus.APPROVED,
                lambda: review.approve_plan(version, checks=ALL, note=note, actor=animator),
            ),
            (PlanStatus.PUBLISHED, lambda: flow.publish_plan(version, actor=leader)),
        )
        for reached, step in steps:
            step()
            if reached is status:
                break
        self._keep_version(f"{name} {as_what}", version, "handed over")
        return version

    def _sent_back(self, name: str, as_what: str) -> PlanVersion:
        version = self._led(name, PlanStatus.IN_REVIEW, as_what)
        self._remark(name, version, f"{name}sent")
        review.return_plan(version, note=hostile(f"{name}note"), actor=self._animator(name))
        return version

    def _year(self, name: str, town: Partnership, year: int, state: str) -> PlanVersion:
        version = writing.start_plan(town, PlanKind.ANNUAL, year_from=year, actor=self._leader(name))
        writing.replace_rows(version, secret_content(version, f"{name}{state}"))
        self._keep_version(f"{name} {state}", version, state)
        return version

    def _remark(self, name: str, version: PlanVersion, secret: str) -> ReviewComment:
        self.world.row = version.rows.rows("needs")[0].row_uid
        place = {"sheet": "needs", "row_uid": self.world.row, "column_key": "need_text"}
        text = f"Why {hostile(secret)}?"
        return review.add_comment(version, text=text, actor=self._animator(name), **place)

    def _upload(self, name: str, version: PlanVersion, state: str) -> None:
        db.session.flush()
        data = plan_workbook(version, language="pl", short=True).data
        file = uploads.SentFile(f"{hostile(f'{name}file')}.xlsx", data)
        outcome = uploads.read_upload(file, uploads.expected_of(version))
        upload = uploads.receive(version, file, outcome, actor=self._leader(name))
        self.world.workbooks[name] = data
        self._keep("upload", name, name[0], state, upload_id=self._id(upload))
        self.world.seen[name] = state_of(upload)

    # --- small things ---

    def _leader(self, town: str) -> User:
        return self.people[{"a": "leader", "b": "otherleader", "c": "cleader", "d": "manyhats"}[town[0]]]

    def _animator(self, town: str) -> User:
        return self.people[{"a": "animator", "b": "otheranimator", "c": "cover", "d": "office"}[town[0]]]

    def _keep_version(self, name: str, version: PlanVersion, state: str) -> None:
        self._keep("version", name, name[0], state, version_id=self._id(version))

    def _keep(self, kind: str, name: str, family: str, state: str = "", **values: object) -> None:
        self.world.records.setdefault(kind, []).append(Record(name, family, values, state))

    @staticmethod
    def _id(record: PlanVersion | ReviewComment | PlanImport | LeaderHandover | Mayor) -> int:
        db.session.flush()
        return record.id
