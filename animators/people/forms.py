"""Forms about animators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from werkzeug.datastructures import FileStorage

from accounts.models import User
from animators.people.services.profiles import SentPhoto
from core.forms import (
    AT_MOST,
    NO_DAY,
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    Day,
    Email,
    InputRequired,
    Length,
    Optional,
    SelectChoice,
    TextArea,
    Upload,
    ValidationError,
)
from core.i18n import _, _l, ngettext
from municipalities.models import Municipality, Voivodeship
from partnerships.forms import address

LONGEST_REASON = 300


class Split(StrEnum):
    """Instead of one person: one for each region, named on the next page."""

    VOIVODESHIP = "by-voivodeship"
    COUNTY = "by-county"


class Asked(BaseForm):
    """Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    def is_filled(self) -> bool:
        """Somebody has sent it, and it is right."""
        return any(field.raw_data for field in self) and self.validate()


CHOSEN = "chosen"


class ReassignForm(Asked):
    area = Choice(_l("Which municipalities"), validators=[InputRequired(_l("Choose which"))])
    chosen = Choices(_l("One by one"))
    to = Choice(_l("Who takes over"), validators=[InputRequired(_l("Choose who takes over"))])
    starts_on = Day(_l("From"), validators=[InputRequired(NO_DAY)])
    reason = TextArea(
        _l("Reason"),
        description=_l("Everybody concerned reads it in their mail."),
        validators=[
            Optional(),
            Length(max=LONGEST_REASON, message=AT_MOST),
        ],
    )

    def offer(self, municipalities: Sequence[Municipality], animators: Sequence[User]) -> None:
        """``municipalities``: what there is to move, by the alphabet."""
        counties = {one.county.code: one.county for one in municipalities}
        regions = {one.voivodeship.code: one.voivodeship for one in municipalities}
        self.area.choices = [("all", ngettext("The only one", "All %(num)d", len(municipalities)))]
        if len(regions) > 1:
            self.area.choices += [
                (
                    f"v{code}",
                    _("%(name)s voivodeship (%(count)s)", name=one.name, count=_count(municipalities, code)),
                )
                for code, one in sorted(regions.items())
            ]
        if len(counties) > 1:
            self.area.choices += [
                (f"c{code}", f"{one.label} ({_count(municipalities, code)})")
                for code, one in sorted(counties.items(), key=lambda item: item[1].sort_key)
            ]
        if len(municipalities) > 1:
            self.area.choices.append((CHOSEN, _("Only those ticked below")))
        self.chosen.choices = [SelectChoice(str(one.id), one.label) for one in municipalities]
        self.to.choices = [("", _("Choose"))]
        if len(regions) > 1:
            self.to.choices.append((Split.VOIVODESHIP.value, _("Different people, by voivodeship")))
        if len(counties) > 1:
            self.to.choices.append((Split.COUNTY.value, _("Different people, by county")))
        self.to.choices += [(str(one.id), one.name) for one in animators]

    def validate_chosen(self, field: Choices) -> None:
        if self.area.data == CHOSEN and not field.data:
            raise ValidationError(_("Tick at least one municipality"))

    def selected(self, municipalities: Sequence[Municipality]) -> list[Municipality]:
        area = self.area.data or ""
        if area == CHOSEN:
            ticked = set(self.chosen.data or ())
            return [one for one in municipalities if str(one.id) in ticked]
        if area == "all":
            return list(municipalities)
        return [one for one in municipalities if _in_area(one, area)]


def _in_area(municipality: Municipality, area: str) -> bool:
    return area in (f"v{municipality.voivodeship.code}", f"c{municipality.county.code}")


def _count(municipalities: Sequence[Municipality], code: str) -> int:
    return sum(code in (one.voivodeship.code, one.county.code) for one in municipalities)


@dataclass(frozen=True)
class Group:
    """Municipalities that go to one person."""

    key: str
    label: str
    municipalities: Sequence[Municipality]


def groups_of(municipalities: Sequence[Municipality], split: Split) -> list[Group]:
    found: dict[str, list[Municipality]] = {}
    labels: dict[str, str] = {}
    for one in municipalities:
        region = one.voivodeship if split is Split.VOIVODESHIP else one.county
        found.setdefault(region.code, []).append(one)
        labels[region.code] = one.county.label if split is Split.COUNTY else _voivodeship(one)
    return [Group(code, labels[code], found[code]) for code in sorted(found)]


def _voivodeship(municipality: Municipality) -> str:
    return _("%(name)s voivodeship", name=municipality.voivodeship.name)


def successors_form(groups: Sequence[Group], animators: Sequence[User], asked: Mapping[str, str]) -> Asked:
    """One choice for each group. It is not complained of before anybody has had a chance to fill it in."""
    fields = {
        _field(group): Choice(
            ngettext(
                "%(place)s (%(num)d municipality)",
                "%(place)s (%(num)d municipalities)",
                len(group.municipalities),
                place=group.label,
            ),
            description=", ".join(one.name for one in group.municipalities),
            validators=[InputRequired(_l("Choose who takes over"))],
        )
        for group in groups
    }
    is_filled = any(name in asked for name in fields)
    form: Asked = type("SuccessorsForm", (Asked,), fields)(formdata=asked if is_filled else None)
    for name in fields:
        form[name].choices = [("", _("Choose")), *((str(one.id), one.name) for one in animators)]
    return form


def chosen_for(form: Asked, group: Group) -> int:
    return int(form[_field(group)].data)


def _field(group: Group) -> str:
    return f"to_{group.key}"


class EndAssignmentForm(BaseForm):
    ends_on = Day(_l("Last day"), validators=[InputRequired(NO_DAY)])
    reason = TextArea(
        _l("Reason"),
        description=_l("Everybody concerned reads it in their mail."),
        validators=[
            Optional(),
            Length(max=LONGEST_REASON, message=AT_MOST),
        ],
    )


class ProfileForm(BaseForm):
    public_email = Email(
        _l("E-mail address for everybody"),
        description=_l("Residents and partners write to it. It may be another one than you sign in with."),
        validators=[Optional(), Length(max=254, message=AT_MOST), address],
    )
    bio = TextArea(
        _l("About you"),
        description=_l("Two or three sentences: what you help with, and when you are best reached."),
        validators=[Optional(), Length(max=600, message=AT_MOST)],
    )
    photo = Upload(
        _l("Photo"),
        description=_l("JPEG or PNG, at most 5 MB. It is cut to a square; where it was taken is not kept."),
        validators=[Optional()],
    )
    without_photo = Checkbox(_l("Show no photo"))
    regions = Choices(
        _l("Voivodeships"),
        description=_l("Those of your municipalities show by themselves. Tick others you care for."),
        validators=[Optional()],
    )
    visible = Checkbox(
        _l("Show this profile to everybody"),
        description=_l("It stands on the page “Your animators” as long as you advise a municipality."),
    )

    def offer(self, regions: Sequence[Voivodeship]) -> None:
        self.regions.choices = [SelectChoice(one.code, one.name) for one in regions]

    @property
    def sent_photo(self) -> SentPhoto | None:
        """A field of files that was left empty sends one without a name."""
        sent = self.photo.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return None
        return SentPhoto(sent.filename, sent.read())
