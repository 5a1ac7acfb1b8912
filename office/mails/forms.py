"""Forms of the outbox."""

from core.forms import BaseForm, Choice, SelectChoice, Text
from core.i18n import _, _l
from core.mail import MailStatus
from office.mails.queries import MailFilter


class MailFilterForm(BaseForm):
    """Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Recipient or subject"), render_kw={"type": "search"})
    state = Choice(_l("State"))

    @classmethod
    def showing(cls, wanted: MailFilter) -> "MailFilterForm":
        form = cls(formdata=None, q=wanted.words, state=wanted.status.value if wanted.status else "")
        states = [SelectChoice(status.value, str(status.label)) for status in MailStatus]
        form.state.choices = [SelectChoice("", _("All")), *states]
        return form
