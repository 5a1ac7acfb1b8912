"""Forms around publication: the consent given on submission, the final file."""

from core.forms import BaseForm, Checkbox, InputRequired, Upload
from core.i18n import _l


class SubmitForm(BaseForm):
    """The tick is shown to those who may publish in their own name (``templates/plans/_consent.html``)."""

    publish_on_approval = Checkbox(
        _l("Publish it in my name as soon as it is approved"),
        description=_l("It saves you one step. You can take this back until the animator has decided."),
    )


class FinalFileForm(BaseForm):
    file = Upload(
        _l("Final file"),
        description=_l("An .xlsx file of up to 5 MB. It is compared with the approved plan cell by cell."),
        validators=[InputRequired(_l("Choose the final file"))],
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )
