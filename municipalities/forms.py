"""What narrows the register."""

from collections.abc import Iterable

from flask import request

from core.forms import BaseForm, Checkbox, Choice, Hidden, Length, Text
from core.i18n import _, _l
from municipalities.models import MunicipalityKind, Voivodeship


class RegisterFilters(BaseForm):
    """Asked by address, so a narrowed list can be kept and shared."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Name or code"), validators=[Length(max=100)], render_kw={"type": "search"})
    voivodeship = Choice(_l("Voivodeship"))
    kind = Choice(_l("Type"))
    ended = Checkbox(_l("Also ended ones"))
    sort = Hidden()

    def __init__(self, voivodeships: Iterable[Voivodeship]) -> None:
        super().__init__(formdata=request.args)
        everything = ("", _("All"))
        self.voivodeship.choices = [everything, *((area.code, area.name) for area in voivodeships)]
        self.kind.choices = [everything, *((str(kind), kind.label) for kind in MunicipalityKind)]

    @property
    def text(self) -> str:
        return (self.q.data or "")[:100]

    @property
    def kind_asked(self) -> MunicipalityKind | None:
        """Anything that is no type narrows nothing."""
        return next((kind for kind in MunicipalityKind if kind == self.kind.data), None)
