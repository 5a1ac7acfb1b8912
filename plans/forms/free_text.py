"""Texts beside a plan, which are kept with it and go out by mail."""

from wtforms import Field, Form
from wtforms.validators import StopValidation

from core.i18n import _
from core.personal_data import without_pesel


class NoPesel:
    """Refused before it is stored, and not shown again either."""

    def __call__(self, form: Form, field: Field) -> None:
        kept = without_pesel(field.data or "")
        if kept != (field.data or ""):
            field.data = kept
            raise StopValidation(_("A PESEL number stood here and was taken out. Never write one here."))
