"""Personal data in fields of forms that are no place for it: refused before it is stored, in the words of the workbooks."""

from collections.abc import Container

from wtforms import Field, Form
from wtforms.validators import StopValidation

from core.i18n import _, _l
from core.personal_data import PersonalKind, is_full_name, personal_kinds, without_pesel

INSTEAD = {
    PersonalKind.PHONE: _l("Phone numbers do not belong here."),
    PersonalKind.EMAIL: _l("Addresses do not belong here."),
    PersonalKind.NAME_LIST: _l("Write how many people, not who."),
}


class NoPesel:
    """Refused before it is stored, and not shown again either."""

    def __call__(self, form: Form, field: Field) -> None:
        kept = without_pesel(field.data or "")
        if kept != (field.data or ""):
            field.data = kept
            raise StopValidation(_("A PESEL number stood here and was taken out. Never write one here."))


class NoPersonalData(NoPesel):
    """Nor any telephone number, private address or list of names."""

    def __init__(self, *, but: Container[PersonalKind] = ()) -> None:
        self.but = but

    def __call__(self, form: Form, field: Field) -> None:
        super().__call__(form, field)
        found = next(iter(personal_kinds(field.data or "", but=self.but)), None)
        if found is not None:
            raise StopValidation(str(INSTEAD[found]))


class FunctionOnly(NoPersonalData):
    """Nor the name of one person: people change, their function stays."""

    def __call__(self, form: Form, field: Field) -> None:
        super().__call__(form, field)
        if is_full_name(field.data or ""):
            raise StopValidation(_("Enter a function, such as head teacher."))
