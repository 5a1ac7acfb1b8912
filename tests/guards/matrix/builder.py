"""A small country in which every text is a secret of one place, and everything exists at least once in each state.

Towns are named by their family and the state of their plan: ``areview``, ``bdraft``. Secrets are named by the town and
what they stand in: ``areviewplan``, ``areviewremark``.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from agenda.services import make_address
from core.database import db
from partnerships.handovers.models import LeaderHandover
from partnerships.models import Partnership
from partnerships.services import accept_handover, request_handover
from plans.content import fingerprint
from plans.definitions import PlanKind
from plans.downloads import plan_workbook
from plans.models import AnswerKind, PlanVersion, ReviewComment
from plans.services import flow, own_plan, review, uploads, writing
from plans.services.corrections import state_of
from plans.services.final_file import receive_final_file
from plans.services.uploads import SentFile
from plans.workbooks.layout import EXAMPLE_MARKS
from plans.workflow import PlanStatus
from tests.guards.matrix.absences import an_absence
from tests.guards.matrix.administration_kept import some_administration
from tests.guards.matrix.board_kept import a_board
from tests.guards.matrix.cards_kept import some_cards
from tests.guards.matrix.changes_of_places import some_changes
from tests.guards.matrix.contacts_kept import some_contacts
from tests.guards.matrix.contents import over_in_march, secret_content, slipped
from tests.guards.matrix.knowledge_kept import some_offers
from tests.guards.matrix.long_work_kept import some_long_work
from tests.guards.matrix.mails_kept import some_mails
from tests.guards.matrix.markers import hostile, marked
from tests.guards.matrix.news_kept import some_news
from tests.guards.matrix.papers_made import an_own_text
from tests.guards.matrix.phrases_kept import some_phrases
from tests.guards.matrix.reports_kept import some_reports
from tests.guards.matrix.second_steps_kept import some_second_steps
from tests.guards.matrix.templates_kept import some_templates
from tests.guards.matrix.towns import Towns
from tests.guards.matrix.webinars_kept import some_webinars
from tests.guards.matrix.world import World

YEAR = 2026
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


class Builder(Towns):
    """Everything happens through the services, as it would in life."""

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
        a_board(self.world, self.people)
        some_administration(self.world, self.people)
        some_long_work(self.world, self.people)
        some_webinars(self.world, self.people)
        some_news(self.world, self.people)
        some_offers(self.world, self.people)
        some_templates(self.world, actor=self.people["office"])
        some_mails(self.world, self.people)
        some_second_steps(self.world, self.people)
        some_contacts(self.world)
        self._sign_everybody_in()
        db.session.commit()
        return self.world

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
        self.world.seen[f"{name} carried"] = review.mark_of_answer(comment)
        self._keep("remark", f"{name} sent", name[0], "handed over", comment_id=self._id(before.comments[0]))
        self._upload(name, version, "draft")
        self.world.seen[f"{name} draft"] = str(version.row_version)

    def _submitted(self, name: str) -> None:
        self._led(name, PlanStatus.SUBMITTED, "submitted")

    def _review(self, name: str) -> None:
        """The second round: one remark carried along, one not sent yet."""
        version = flow.revise_plan(self._sent_back(name, "returned before"), actor=self._leader(name))
        review.answer_comment(
            version.comments[0], answer="Jest źródło", kind=AnswerKind.CHANGED, actor=self._leader(name)
        )
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
        private = self._year(name, version.partnership, YEAR, "private")
        writing.replace_rows(private, over_in_march(private.rows))
        shared = self._year(name, version.partnership, YEAR + 1, "shared")
        own_plan.put_in_use(shared, actor=self._leader(name))
        self.world.seen[f"{name} shared"] = fingerprint(shared.rows)
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
