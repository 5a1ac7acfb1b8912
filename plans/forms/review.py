"""Forms of the review: remarks, answers, the decision."""

import re
from typing import Self

from accounts.models import User
from core.forms import (
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    Hidden,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    TextArea,
    ValidationError,
)
from core.i18n import _, _l
from core.personal_fields import NoPesel
from phrases.forms import WithPhrases
from phrases.models import PhraseKind
from plans.errors import ChecksMissing
from plans.models import AnswerKind, ReviewComment
from plans.page_parts import Place
from plans.services.review import ApprovalCheck, new_uid
from plans.workflow import PlanAction

WHOLE_ROW = "row"
UID = re.compile(r"[0-9a-f]{16}")


class SaysSomething:
    """A remark is typed, chosen among the ready phrases, or both."""

    field_flags = {"required": True}

    def __call__(self, form: "RemarkForm", field: TextArea) -> None:
        if not (form.words and field.raw_data):
            raise ValidationError(_("Write the remark"))


class AllToApprove:
    """Each of the checks counts for an approval; a return needs none."""

    field_flags = {"required": True}

    def __call__(self, form: "DecisionForm", field: Choices) -> None:
        if form.approves and form.ticked != set(ApprovalCheck):
            raise ValidationError(str(ChecksMissing()))


class RemarkForm(WithPhrases):
    uid = Hidden()
    """Given with the empty form: whatever is saved from it, typed on or sent twice, is one remark."""
    column = Choice(_l("About"))
    text = TextArea(
        _l("Remark"),
        description=_l("Only you see it until you return the plan. Then all remarks go out in one mail."),
        validators=[NoPesel(), SaysSomething(), Length(max=2000)],
    )
    keep_phrase = Checkbox(_l("Keep what I wrote as a phrase of my own, for next time"))
    place: Place

    @classmethod
    def at(cls, place: Place, *, person: User, change: ReviewComment | None = None) -> Self:
        """For a row the columns are offered; a sheet or the whole plan has nothing to choose from."""
        form = cls(
            uid=change.uid if change else new_uid(),
            column=place.column_key or WHOLE_ROW,
            text=change.text if change else "",
        )
        form.place = place
        form.offer_phrases(person, PhraseKind.REMARK, sheet=place.sheet)
        form.column.choices = [
            SelectChoice(WHOLE_ROW, _("the whole row")),
            *(SelectChoice(*cell) for cell in place.cells),
        ]
        return form

    @property
    def remark_uid(self) -> str:
        sent = self.uid.data or ""
        return sent if UID.fullmatch(sent) else new_uid()

    @property
    def column_key(self) -> str | None:
        whole = self.column.data == WHOLE_ROW or not self.place.cells
        return None if whole else self.column.data

    @property
    def words(self) -> str:
        """The phrase that was chosen, then what was typed."""
        return self.with_phrase(self.text.data)


class AnswerForm(BaseForm):
    seen = Hidden()
    """The answer that was there when the page was opened: somebody else may write one meanwhile."""
    kind = Radio(
        _l("What did you do?"),
        choices=[SelectChoice(kind.value, kind.label) for kind in AnswerKind],
        validators=[InputRequired(_l("Say whether you changed the plan"))],
    )
    answer = TextArea(
        _l("Your answer"),
        description=_l("One or two sentences: what you changed, or why you left it."),
        validators=[InputRequired(_l("Write an answer")), NoPesel(), Length(max=2000)],
    )


class ReopenForm(BaseForm):
    text = TextArea(
        _l("What is still missing?"),
        description=_l("It goes out with your decision. The answer stays beside the remark."),
        validators=[
            InputRequired(_l("Say in a few words what is still missing")),
            NoPesel(),
            Length(max=2000),
        ],
    )


class DecisionForm(WithPhrases):
    """One form, two ways out of it: its buttons say which."""

    decision = Choice(
        choices=[SelectChoice(one.value, one.label) for one in (PlanAction.APPROVE, PlanAction.RETURN)]
    )
    checks = Choices(
        _l("What you have checked"),
        description=_l("Tick what holds. A plan is approved when all four do; to return it none is needed."),
        choices=[SelectChoice(check.value, check.label) for check in ApprovalCheck],
        validators=[AllToApprove()],
    )
    note = TextArea(
        _l("Note to the leader"),
        description=_l("It stands at the top of the mail, above your remarks."),
        validators=[Optional(), NoPesel(), Length(max=2000)],
    )

    @classmethod
    def of(cls, person: User) -> Self:
        form = cls()
        form.offer_phrases(person, PhraseKind.DECISION)
        return form

    @property
    def approves(self) -> bool:
        return bool(self.decision.data == PlanAction.APPROVE)

    @property
    def ticked(self) -> set[ApprovalCheck]:
        return {check for check in ApprovalCheck if check.value in (self.checks.data or [])}
