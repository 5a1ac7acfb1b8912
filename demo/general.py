"""The life of a general plan, told through the application's own services, so that history, mails and hashes are real."""

from collections.abc import Callable

from accounts.models import User
from core import clock
from demo.cast import HOME, HOME_THEMES
from demo.founding import SETTLED_AFTER
from demo.outline import Brief
from demo.remarks import OBJECTS, followed, notes, remark_of, some_remarks
from demo.renewal import amended, renewed
from demo.seats import Seat
from demo.unfinished import UNFINISHED
from demo.uploads import upload_whole
from demo.writing import whole_plan
from plans.definitions import PlanContent, PlanKind
from plans.models import OPEN_COMMENTS, AnswerKind, CommentState, PlanVersion
from plans.services import flow, review, writing
from plans.templates import definition_of

SHORT = 35
"""Per cent of the plans that were written in the short workbook."""

AGREE = 40
"""Per cent of those who might that want their plan published as soon as it is approved."""

GAPS = {
    "fill": (8, 26),
    "upload": (8, 26),
    "half": (3, 12),
    "nearly": (9, 20),
    "begin": (0, 3),
    "submit": (0, 3),
    "submit_for_leader": (0, 2),
    "withdraw": (0, 1),
    "review": (1, 6),
    "settle": (0, 0),
    "remark": (0, 1),
    "return": (0, 2),
    "revise": (0, 4),
    "answer": (1, 7),
    "answer_some": (1, 2),
    "approve": (0, 3),
    "publish": (0, 8),
    "reopen": (1, 4),
    "new_round": (35, 50),
    "renew": (3, 12),
    "correct": (20, 40),
    "amend": (1, 2),
}
"""Days between a step and the one before it."""


def live_general_plan(seat: Seat) -> PlanVersion | None:
    """Everything its part says; gives the version that is current then."""
    steps = seat.part.script.steps
    if not steps:
        return None
    life = GeneralLife(seat)
    for step, days_ago in zip(steps, _days(seat), strict=True):
        with seat.at(days_ago):
            life.take(step)
        if step == "publish" and seat.published is None:
            seat.published = days_ago
    return life.version


def _days(seat: Seat) -> list[int]:
    """How many days ago each step was, the first one not before the partnership was there."""
    chance = seat.chance("pace")
    last = seat.calendar.working_days_ago(seat.part.ended)
    days = [last]
    for step in reversed(seat.part.script.steps[1:]):
        days.insert(0, days[0] + chance.whole(*GAPS[step]))
    possible = seat.founded - SETTLED_AFTER
    if days[0] <= possible:
        return days
    return [last + (day - last) * (possible - last) // (days[0] - last) for day in days]


class GeneralLife:
    version: PlanVersion

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.chance = seat.chance("life")

    def take(self, step: str) -> None:
        if step in UNFINISHED:
            self._write(UNFINISHED[step](self._whole()))
        else:
            STEPS[step](self)

    # --- Who acts ---

    @property
    def author(self) -> User:
        """Mostly the leader; sometimes a deputy who may."""
        able = self.seat.partnership.deputies_who_submit(clock.today())
        deputies = [deputy for deputy in self.seat.deputies if deputy.id in able]
        return deputies[0] if deputies and self.chance.happens(30) else self.seat.leader

    @property
    def reviewer(self) -> User:
        return self.seat.partnership.animator(clock.today()) or self.seat.animator

    # --- Writing ---

    def start(self) -> None:
        self.version = writing.start_plan(
            self.seat.partnership,
            PlanKind.GENERAL,
            year_from=self.seat.calendar.first_year,
            actor=self.seat.leader,
        )

    def fill(self) -> None:
        self._write(self._whole())

    def upload(self) -> None:
        upload_whole(self.version, self._whole(), actor=self.author)

    def renew(self) -> None:
        self._write(renewed(self.version.rows, self.seat.place, self.chance))

    def amend(self) -> None:
        self._write(amended(self.version.rows))

    def _whole(self) -> PlanContent:
        is_home = self.seat.code == HOME
        is_short = self.chance.happens(SHORT) and not is_home
        brief = Brief(self.seat.place, self.seat.code, is_short, HOME_THEMES if is_home else ())
        return whole_plan(self.version.rows, brief, definition_of(self.version))

    def _write(self, content: PlanContent) -> None:
        writing.replace_rows(self.version, content)

    # --- The authors' steps ---

    def submit(self) -> None:
        author = self.author
        flow.submit_plan(self.version, actor=author, publish_on_approval=self._agrees(author))

    def _agrees(self, author: User) -> bool:
        """Some leaders want their plan public as soon as it is approved; here of those that still wait for that."""
        is_decided = "approve" in self.seat.part.script.steps
        return author is self.seat.leader and not is_decided and self.seat.chance("agrees").happens(AGREE)

    def submit_for_leader(self) -> None:
        flow.submit_plan(self.version, actor=self.seat.office)

    def withdraw(self) -> None:
        flow.withdraw_plan(self.version, actor=self.seat.leader)

    def revise(self) -> None:
        self.version = flow.revise_plan(self.version, actor=self.author)

    def answer(self) -> None:
        self._answer(len(self.version.comments))

    def answer_some(self) -> None:
        """Work in progress: the first ones are answered, the others wait."""
        self._answer(len([one for one in self.version.comments if one.state in OPEN_COMMENTS]) // 2)

    def _answer(self, count: int) -> None:
        waiting = [one for one in self.version.comments if one.state in OPEN_COMMENTS]
        for comment in waiting[:count]:
            remark = remark_of(comment)
            if remark is None:
                continue
            objects = bool(remark.objection) and self.chance.happens(OBJECTS)
            if not objects:
                self._write(followed(self.version, comment, remark))
            review.answer_comment(
                comment,
                answer=remark.objection if objects else remark.answer,
                kind=AnswerKind.NOT_CHANGED if objects else AnswerKind.CHANGED,
                actor=self.seat.leader,
            )

    def publish(self) -> None:
        flow.publish_plan(self.version, actor=self.seat.leader)

    def new_round(self) -> None:
        self.version = flow.start_new_round(self.version, actor=self.seat.leader)

    # --- The reviewer's steps, and the office's ---

    def review(self) -> None:
        review.start_review(self.version, actor=self.reviewer)

    def remark(self) -> None:
        count = self.chance.whole(2, 3) if self.version.returns else self.chance.whole(3, 6)
        for one in some_remarks(self.version.rows, count, self.chance):
            review.add_comment(
                self.version,
                text=one.remark.text,
                actor=self.reviewer,
                sheet=one.remark.sheet,
                row_uid=one.row_uid,
                column_key=one.remark.column,
            )

    def settle(self) -> None:
        """The reviewer goes through the answers; a reason for leaving things is read twice."""
        for comment in self.version.comments:
            if comment.state is CommentState.ANSWERED and comment.answer_kind is AnswerKind.CHANGED:
                review.settle_comment(comment, actor=self.reviewer)

    def give_back(self) -> None:
        kinds = ("returned", "returned_again", "returned_often")
        note = self.chance.one(notes()[kinds[min(self.version.returns, 2)]])
        review.return_plan(self.version, note=note, actor=self.reviewer)

    def approve(self) -> None:
        if self.chance.happens(20):
            text = self.chance.one(notes()["advice"])
            review.add_comment(self.version, text=text, actor=self.reviewer, sheet="lines")
        note = self.chance.one(notes()["approved"])
        checks = set(review.ApprovalCheck)
        review.approve_plan(self.version, checks=checks, note=note, actor=self.reviewer)

    def reopen(self) -> None:
        reason = self.chance.one(notes()["reopened"])
        self.version = flow.reopen_plan(self.version, reason=reason, actor=self.seat.leader)

    def correct(self) -> None:
        reason = self.chance.one(notes()["corrected"])
        self.version = flow.correct_plan(self.version, reason=reason, actor=self.seat.office)


STEPS: dict[str, Callable[[GeneralLife], None]] = {
    "start": GeneralLife.start,
    "fill": GeneralLife.fill,
    "upload": GeneralLife.upload,
    "renew": GeneralLife.renew,
    "amend": GeneralLife.amend,
    "submit": GeneralLife.submit,
    "submit_for_leader": GeneralLife.submit_for_leader,
    "withdraw": GeneralLife.withdraw,
    "revise": GeneralLife.revise,
    "answer": GeneralLife.answer,
    "answer_some": GeneralLife.answer_some,
    "publish": GeneralLife.publish,
    "new_round": GeneralLife.new_round,
    "review": GeneralLife.review,
    "remark": GeneralLife.remark,
    "settle": GeneralLife.settle,
    "return": GeneralLife.give_back,
    "approve": GeneralLife.approve,
    "reopen": GeneralLife.reopen,
    "correct": GeneralLife.correct,
}
"""The words of ``demo/cast.py`` -> what is done."""
