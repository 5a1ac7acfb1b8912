"""Forms of the programme office."""

from core.forms import BaseForm, Choice, Text
from core.i18n import _, _l
from office.board import BoardFilter, Choices
from progress.stages import Stage


class BoardFilterForm(BaseForm):
    """Narrows the board; read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Municipality, code or leader"), render_kw={"type": "search"})
    voivodeship = Choice(_l("Voivodeship"))
    animator = Choice(_l("Animator"))
    stage = Choice(_l("Stage of the plan"))

    @classmethod
    def showing(cls, wanted: BoardFilter, choices: Choices) -> "BoardFilterForm":
        form = cls(
            formdata=None,
            q=wanted.text,
            voivodeship=str(wanted.voivodeship_id or ""),
            animator=str(wanted.animator_id or ""),
            stage=wanted.stage.value if wanted.stage else "",
        )
        form.voivodeship.choices = [("", _("All")), *((str(key), name) for key, name in choices.voivodeships)]
        form.animator.choices = [
            ("", _("All animators")),
            *((str(key), name) for key, name in choices.animators),
        ]
        form.stage.choices = [("", _("All")), *((stage.value, stage.label) for stage in Stage)]
        return form
