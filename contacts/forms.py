"""What narrows the list of contacts."""

from collections.abc import Sequence

from accounts.forms import choices_of
from contacts.kinds import ContactKind
from core.forms import BaseForm, Choice, SelectChoice, Text
from core.i18n import _, _l
from municipalities.models import Voivodeship
from partnerships.forms import nothing
from partnerships.words import all_choices


class ContactFilter(BaseForm):
    """Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Name, address or municipality"), render_kw={"type": "search"})
    kind = Choice(_l("Role"), validate_choice=False)
    region = Choice(_l("Voivodeship"), validate_choice=False)
    org_type = Choice(_l("Type of organisation"), validate_choice=False)

    def offer(self, regions: Sequence[Voivodeship]) -> None:
        everything = nothing(_("All"))
        self.kind.choices = [everything, *choices_of(ContactKind)]
        self.region.choices = [everything, *(SelectChoice(one.name, one.name) for one in regions)]
        self.org_type.choices = [everything, *all_choices("organisation_type")]
