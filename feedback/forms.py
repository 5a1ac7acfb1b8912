"""The question at the foot of public pages."""

from core.forms import AT_MOST, REQUIRED, BaseForm, InputRequired, Length, Radio, SelectChoice, TextArea
from core.i18n import _l


class HelpfulForm(BaseForm):
    """The address it is sent to is signed; it needs no session, so no page sets a cookie for it."""

    class Meta(BaseForm.Meta):
        csrf = False

    helpful = Radio(choices=[SelectChoice("yes"), SelectChoice("no")], validators=[InputRequired(REQUIRED)])

    @property
    def says_yes(self) -> bool:
        return bool(self.helpful.data == "yes")


class WordsForm(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    text = TextArea(
        _l("What did you look for, or what is missing?"),
        validators=[InputRequired(REQUIRED), Length(max=500, message=AT_MOST)],
        description=_l("No names, addresses or phone numbers, please. We cannot answer you here."),
    )
