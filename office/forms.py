"""Forms of the programme office."""

from core.forms import AT_MOST, BaseForm, Choice, Choices, Length, Optional, SelectChoice, Text, TextArea
from core.i18n import _, _l
from municipalities.models import MunicipalityKind
from office.board import choices as offered
from office.board.wanted import BoardColumn, BoardFilter, Size, TaskState
from progress.stages import Stage
from tasks.rules import TaskCode
from tasks.words import task_label

NUMBER = {"type": "number", "min": "0", "max": "9999"}
LONGEST_NOTE = 600


class BoardFilterForm(BaseForm):
    """Narrows the board; read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Municipality, code or leader"), render_kw={"type": "search"})
    voivodeship = Choice(_l("Voivodeship"))
    animator = Choice(_l("Animator"))
    stage = Choice(_l("Stage of the plan"))
    task = Choice(_l("Task"))
    task_state = Choice(_l("How far this task is"))
    settled_from = Text(_l("Tasks settled, at least"), render_kw=NUMBER)
    settled_to = Text(_l("Tasks settled, at most"), render_kw=NUMBER)
    kind = Choice(_l("Type"))
    size = Choice(_l("Size"))
    leader = Choice(_l("Leader"))
    waiting = Text(_l("Waiting for more days than"), render_kw=NUMBER)
    no_contact = Text(_l("No contact for so many days"), render_kw=NUMBER)
    hours_below = Text(_l("Fewer hours left than"), render_kw=NUMBER)
    column = Choices(_l("Columns"))

    @classmethod
    def showing(
        cls, wanted: BoardFilter, columns: tuple[BoardColumn, ...], choices: offered.Choices
    ) -> "BoardFilterForm":
        form = cls(formdata=None, column=[one.value for one in columns], **_values(wanted))
        form._offer(choices)
        return form

    @property
    def narrowed_by(self) -> list[tuple[str, str]]:
        """What was chosen, as a sheet of paper has to say it: (the field, the choice)."""
        said = []
        unasked = {"column"} if self.task.data else {"column", "task_state"}
        for field in self:
            if field.data and field.short_name not in unasked:
                choices = getattr(field, "choices", None) or ()
                label = next((str(one[1]) for one in choices if one[0] == field.data), str(field.data))
                said.append((str(field.label.text), label))
        return said

    def _offer(self, choices: offered.Choices) -> None:
        every = ("", _("All"))
        self.voivodeship.choices = [every, *((str(key), name) for key, name in choices.voivodeships)]
        self.animator.choices = [
            ("", _("All animators")),
            *((str(key), name) for key, name in choices.animators),
        ]
        self.stage.choices = [every, *((one.value, one.label) for one in Stage)]
        self.task.choices = [("", _("Any")), *((one.value, task_label(one)) for one in TaskCode)]
        self.task_state.choices = [(one.value, one.label) for one in TaskState]
        self.kind.choices = [every, *((one.value, one.label) for one in MunicipalityKind)]
        self.size.choices = [every, *((one.value, one.label) for one in Size)]
        self.leader.choices = [every, ("none", _("None, or an inactive account"))]
        self.column.choices = [SelectChoice(one.value, one.label) for one in BoardColumn]


def _values(wanted: BoardFilter) -> dict[str, str]:
    numbers = ("settled_from", "settled_to", "waiting", "no_contact", "hours_below")
    codes = ("stage", "task", "task_state", "kind", "size")
    return {
        "q": wanted.text,
        "voivodeship": str(wanted.voivodeship_id or ""),
        "animator": str(wanted.animator_id or ""),
        "leader": "none" if wanted.leaderless else "",
        **{name: _written(getattr(wanted, name)) for name in numbers},
        **{name: str(getattr(wanted, name) or "") for name in codes},
    }


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


class RemindForm(BaseForm):
    note = TextArea(
        _l("A sentence of your own"),
        description=_l("It stands above the list of what is missing."),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=AT_MOST)],
    )
