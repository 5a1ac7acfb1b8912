"""Forms of the office about template versions."""

from core.forms import NO_DAY, BaseForm, Day, Hidden, InputRequired, Length, Optional, TextArea, Upload
from core.i18n import _l

LONGEST = 400_000


class DefinitionForm(BaseForm):
    """A file or a pasted text; the file counts where both are given."""

    file = Upload(
        _l("File with the definition"), validators=[Optional()], render_kw={"accept": ".toml,text/plain"}
    )
    definition = TextArea(
        _l("Or the definition itself"),
        description=_l("Pasted, or changed here. If you choose a file, the file counts."),
        validators=[Optional(), Length(max=LONGEST)],
        render_kw={"rows": 20, "spellcheck": "false"},
    )

    @property
    def text(self) -> str:
        sent = self.file.data
        if sent is None:
            return self.definition.data or ""
        data: bytes = sent.read(LONGEST + 1)
        return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


FOR_GOOD = 100
"""Years: an old version may be accepted as long as the programme lasts."""


class PublishForm(BaseForm):
    accepted_until = Day(
        _l("The version before is accepted until"),
        description=_l(
            "Workbooks of it are brought up by themselves until then. You can change the day later."
        ),
        validators=[InputRequired(NO_DAY)],
        years_ahead=FOR_GOOD,
    )
    checks_from = Day(
        _l("New checks become errors on"),
        description=_l(
            "For plans begun before; until then they are warnings. Leave it empty for the day above."
        ),
        validators=[Optional()],
        years_ahead=FOR_GOOD,
    )
    seen = Hidden(validators=[InputRequired()])


class LimitForm(BaseForm):
    accepted_until = Day(_l("Accepted until"), validators=[InputRequired(NO_DAY)], years_ahead=FOR_GOOD)
