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
        areas = [(area.code, area.name) for area in voivodeships]
        self.voivodeship.choices = [everything, *areas]
        self._codes = {code for code, _name in areas}
        self.kind.choices = [everything, *((str(kind), kind.label) for kind in MunicipalityKind)]

    @property
    def text(self) -> str:
        return (self.q.data or "")[:100]

    @property
    def voivodeship_asked(self) -> str | None:
        """Anything that is no voivodeship narrows nothing; the same holds for the type."""
        return self.voivodeship.data if self.voivodeship.data in self._codes else None

    @property
    def kind_asked(self) -> MunicipalityKind | None:
        return next((kind for kind in MunicipalityKind if kind == self.kind.data), None)
