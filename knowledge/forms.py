"""Forms of the catalogue: the office's, the public suggestion, and what narrows the office's list."""

from typing import Any

from wtforms.widgets import CheckboxInput, ListWidget

from accounts.addresses import is_mail_address, sign_in_name
from accounts.forms import choices_of
from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Choice,
    Choices,
    Email,
    InputRequired,
    Length,
    Optional,
    SelectChoice,
    Text,
    TextArea,
    Upload,
    ValidationError,
    public_address,
)
from core.i18n import _, _l, language
from knowledge.models import Audience, CatalogueItem, OfferLanguage, OfferState, PriceKind, ProviderStatus
from knowledge.services import LISTS, Content
from programme.queries import the_programme


def _ticks(label: Any, *, required: bool = False, **more: Any) -> Choices:
    """Several of a few, each with a box of its own."""
    return Choices(
        label,
        validators=[InputRequired(REQUIRED)] if required else [Optional()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        **more,
    )


class OfferForm(BaseForm):
    """What is said of an offer, whoever says it."""

    title = Text(
        _l("Name of the offer"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)]
    )
    summary = TextArea(
        _l("What it offers"),
        validators=[InputRequired(REQUIRED), Length(max=1500, message=AT_MOST)],
        description=_l(
            "In a few plain sentences: what people learn or get, where and how often. No names of people."
        ),
    )
    url = Text(
        _l("Page of the offer"),
        validators=[InputRequired(REQUIRED), Length(max=500, message=AT_MOST), public_address],
        description=_l("Where everybody can read more: a whole address that begins with https://"),
        render_kw={"inputmode": "url"},
    )
    provider = Text(_l("Provider"), validators=[InputRequired(REQUIRED), Length(max=200, message=AT_MOST)])
    provider_website = Text(
        _l("Website of the provider"),
        validators=[Optional(), Length(max=500, message=AT_MOST), public_address],
        render_kw={"inputmode": "url"},
    )
    life_areas = _ticks(
        _l("Areas of life"), description=_l("Tick at least one, here or among the digital skills below.")
    )
    digcomp_areas = _ticks(_l("Digital skills"))
    audience = _ticks(_l("For whom"), required=True)
    price_kind = Choice(_l("Price"))
    languages = _ticks(_l("Languages"), required=True)

    def __init__(self, *args: Any, keep: CatalogueItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audience.choices = choices_of(Audience)
        self.price_kind.choices = choices_of(PriceKind)
        self.languages.choices = choices_of(OfferLanguage)
        lists, code = the_programme().code_lists, language()
        for column, key in LISTS.items():
            kept = getattr(keep, column) if keep else ()
            offered = lists[key].offered(keep=kept)
            self[column].choices = [SelectChoice(one.code, one.labels.in_language(code)) for one in offered]

    def content(self, status: ProviderStatus = ProviderStatus.OTHER) -> Content:
        return Content(
            title=self.title.data or "",
            summary=self.summary.data or "",
            provider=self.provider.data or "",
            provider_website=self.provider_website.data or None,
            provider_status=status,
            digcomp_areas=self.digcomp_areas.data or [],
            life_areas=self.life_areas.data or [],
            audience=self.audience.data or [],
            languages=self.languages.data or [],
            price_kind=PriceKind(self.price_kind.data),
            url=self.url.data or "",
        )


class OfficeOfferForm(OfferForm):
    provider_status = Choice(_l("What the provider is to the programme"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provider_status.choices = choices_of(ProviderStatus)

    @classmethod
    def of(cls, item: CatalogueItem) -> "OfficeOfferForm":
        return cls(obj=item, keep=item)

    def office_content(self) -> Content:
        return self.content(ProviderStatus(self.provider_status.data))


class SuggestForm(OfferForm):
    contact_email = Email(
        _l("E-mail address of the provider's office"),
        validators=[Optional(), Length(max=254, message=AT_MOST)],
        description=_l(
            "Only for questions about this offer. It is never shown, and deleted when the office has decided."
        ),
        render_kw={"autocomplete": "email"},
    )

    def validate_contact_email(self, field: Email) -> None:
        if field.data and not is_mail_address(field.data):
            raise ValidationError(_l("Enter an e-mail address such as biuro@gmina.example"))

    def contact(self) -> str | None:
        return sign_in_name(self.contact_email.data) if self.contact_email.data else None


class OffersFileForm(BaseForm):
    file = Upload(
        _l("Workbook"),
        validators=[InputRequired(_l("Choose the workbook"))],
        description=_l("The template as an XLSX file, filled in."),
        render_kw={"accept": ".xlsx"},
    )


class OfferFilter(BaseForm):
    """Narrows the office's list. Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Search"), description=_l("Offer or provider"), render_kw={"type": "search"})
    state = Choice(_l("Status"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [SelectChoice("", _("All")), *choices_of(OfferState)]

    @property
    def wanted_state(self) -> OfferState | None:
        return OfferState(self.state.data) if self.state.data in set(OfferState) else None
