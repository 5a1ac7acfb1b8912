"""Forms of the review: remarks, answers, decisions."""

from collections.abc import Sequence

from core.forms import (
    BaseForm,
    Choice,
    Choices,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    TextArea,
)
from core.i18n import _, _l
from plans.models import AnswerKind
from plans.services.review import ApprovalCheck

WHOLE_ROW = "row"


class NewCommentForm(BaseForm):
    column = Choice(_l("About"))
    text = TextArea(
        _l("Remark"),
        description=_l("Only you see it until you return the plan. Then all remarks go out in one mail."),
        validators=[InputRequired(_l("Write the remark")), Length(max=2000)],
    )

    @classmethod
    def at(cls, cells: Sequence[tuple[str, str]], *, chosen: str | None) -> "NewCommentForm":
        """For a row the columns are offered; a sheet or the whole plan has nothing to choose from."""
        form = cls(column=chosen or WHOLE_ROW)
        form.column.choices = [
            SelectChoice(WHOLE_ROW, _("the whole row")),
            *(SelectChoice(*cell) for cell in cells),
        ]
        return form

    @property
    def column_key(self) -> str | None:
        return None if self.column.data == WHOLE_ROW else self.column.data


class AnswerForm(BaseForm):
    kind = Radio(
        _l("What did you do?"),
        choices=[SelectChoice(kind.value, kind.label) for kind in AnswerKind],
        validators=[InputRequired(_l("Say whether you changed the plan"))],
    )
    answer = TextArea(
        _l("Your answer"),
        description=_l("One or two sentences: what you changed, or why you left it."),
        validators=[InputRequired(_l("Write an answer")), Length(max=2000)],
    )


class ReturnForm(BaseForm):
    note = TextArea(
        _l("Note to the leader"),
        description=_l("It stands at the top of the mail, above your remarks."),
        validators=[Optional(), Length(max=2000)],
    )


class ApproveForm(BaseForm):
    checks = Choices(
        _l("Before you approve"),
        description=_l("Tick what you have checked. A plan is approved when all four hold."),
        choices=[SelectChoice(check.value, check.label) for check in ApprovalCheck],
        validators=[InputRequired(_l("Tick every check: a plan is approved when all of them hold"))],
    )
    note = TextArea(
        _l("Note to the leader"),
        description=_l("For example what is especially good, or advice for later."),
        validators=[Optional(), Length(max=2000)],
    )

    @property
    def ticked(self) -> set[ApprovalCheck]:
        return {ApprovalCheck(value) for value in self.checks.data or []}
