"""Forms about organisations and about who heads a municipality."""

import re

from core.forms import (
    AT_MOST,
    NO_DAY,
    REQUIRED,
    BaseForm,
    Choice,
    Day,
    Email,
    InputRequired,
    Length,
    Optional,
    Text,
    ValidationError,
)
from core.i18n import _, _l
from core.seen_forms import SeenForm
from partnerships.forms import address as mail_address
from partnerships.forms import nothing
from partnerships.models import Organisation
from partnerships.organisations.services import OrganisationFacts
from partnerships.words import kept, listed_choices


def _short(most: int) -> Length:
    return Length(max=most, message=AT_MOST)


WEB_ADDRESS = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#][^\s\"<>\\]*)?", re.IGNORECASE)


def web_address(form: BaseForm, field: Text) -> None:
    """Only what a browser opens as a page; a scheme is put before a bare name."""
    typed = field.data or ""
    if typed and "://" not in typed:
        field.data = typed = f"https://{typed}"
    if typed and not WEB_ADDRESS.fullmatch(typed):
        raise ValidationError(_("Enter an address such as www.biblioteka.pl"))


class OrganisationPageForm(SeenForm):
    name = Text(_l("Name"), validators=[InputRequired(REQUIRED), _short(200)])
    org_type = Choice(_l("Type"), validators=[InputRequired(_l("Choose a type"))])
    sector = Choice(_l("Sector"), validators=[Optional()])
    parent = Text(
        _l("Part of"),
        description=_l(
            "For example the culture centre of a community room, or the municipal office of the culture centre."
        ),
        validators=[Optional(), _short(200)],
    )
    address = Text(_l("Address"), validators=[Optional(), _short(200)])
    office_email = Email(_l("Office e-mail"), validators=[Optional(), _short(254), mail_address])
    website = Text(_l("Website"), validators=[Optional(), _short(300), web_address])
    phone = Text(
        _l("Phone"),
        description=_l(
            "Seen only by the leader, the deputies and the animator of its partnership, and the programme office."
        ),
        validators=[Optional(), _short(40)],
    )
    best_time = Text(
        _l("Best time to call"),
        description=_l("For example: weekdays 8 to 12."),
        validators=[Optional(), _short(120)],
    )
    registry_kind = Choice(_l("Kind of register"), validators=[Optional()])
    registry_no = Text(_l("Number in the register"), validators=[Optional(), _short(40)])
    signatory_function = Text(
        _l("Who signs: function"),
        description=_l("A function such as “head teacher”. It stands on papers to sign."),
        validators=[Optional(), _short(120)],
    )
    signatory_name = Text(_l("Who signs: first name and surname"), validators=[Optional(), _short(120)])
    power_of_attorney = Text(
        _l("Number of the power of attorney"),
        description=_l("If this person signs for somebody else."),
        validators=[Optional(), _short(120)],
    )

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationPageForm":
        """What it is a part of is typed by its name."""
        above = organisation.parent.name if organisation.parent else None
        return cls(parent=above, **{name: getattr(organisation, name) for name in _FACTS})

    def offer(self) -> None:
        choose = nothing(_("Choose"))
        for field, key in (
            (self.org_type, "organisation_type"), (self.sector, "organisation_sector"), (self.registry_kind, "registry_kind"),
        ):  # fmt: skip
            field.choices = [choose, *listed_choices(key, keep=kept(field))]

    def facts(self, parent: Organisation | None) -> OrganisationFacts:
        return OrganisationFacts(
            parent=parent, **{field.short_name: field.data for field in self if field.short_name in _FACTS}
        )


_FACTS = frozenset(
    {
        "name", "org_type", "sector", "address", "office_email", "website", "phone", "best_time", "registry_kind",
        "registry_no", "signatory_function", "signatory_name", "power_of_attorney",
    }
)  # fmt: skip


class EndOrganisationForm(BaseForm):
    ended_on = Day(_l("Last day"), validators=[InputRequired(NO_DAY)])


class MayorForm(BaseForm):
    title = Choice(_l("Title"), validators=[InputRequired(_l("Choose a title"))])
    name = Text(_l("First name and surname"), validators=[InputRequired(REQUIRED), _short(120)])
    valid_from = Day(_l("In office since"), validators=[InputRequired(NO_DAY)])
    valid_to = Day(_l("Last day"), description=_l("Empty: still in office."), validators=[Optional()])

    def offer(self) -> None:
        self.title.choices = [nothing(_("Choose")), *listed_choices("mayor_title", keep=kept(self.title))]
