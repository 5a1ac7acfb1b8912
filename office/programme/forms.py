"""Forms about the programme itself: its words and dates, its numbers, its logos, entries of its lists."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import FileStorage

from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Choice,
    Day,
    Email,
    InputRequired,
    Length,
    Optional,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    Upload,
)
from core.i18n import LANGUAGES, _, _l, language
from core.labels import LabelledEnum
from core.seen_forms import SeenForm
from programme.profile import Profile
from programme.setting_groups import EFFECTS, FIXED, SettingGroup
from programme.settings import ProgrammeSettings, SettingValue, setting_kind, setting_limits


def _words(most: int) -> list[Any]:
    return [InputRequired(REQUIRED), Length(max=most, message=AT_MOST)]


class WordsForm(SeenForm):
    name_pl = Text(_l("Name, in Polish"), validators=_words(200))
    name_en = Text(_l("Name, in English"), validators=_words(200))
    short_name_pl = Text(_l("Short name, in Polish"), validators=_words(60))
    short_name_en = Text(_l("Short name, in English"), validators=_words(60))
    funding_statement_pl = TextArea(
        _l("Funding statement, in Polish"),
        description=_l("It stands on every page, in every mail and in every document."),
        validators=_words(600),
    )
    funding_statement_en = TextArea(_l("Funding statement, in English"), validators=_words(600))
    operator_pl = Text(
        _l("Who runs the programme, in Polish"),
        description=_l("The controller of the data, on the page about privacy and on papers to sign."),
        validators=_words(200),
    )
    operator_en = Text(_l("Who runs the programme, in English"), validators=_words(200))
    contact_email = Email(_l("E-mail of the office"), validators=_words(254))
    contact_phone = Text(_l("Telephone of the office"), validators=_words(40))
    starts_on = Day(
        _l("First day of the programme"),
        validators=[InputRequired(_l("Enter a day, for example 12.03.2026"))],
    )
    ends_on = Day(
        _l("Last day of the programme"), validators=[InputRequired(_l("Enter a day, for example 12.03.2026"))]
    )

    @classmethod
    def showing(cls, words: Mapping[str, Any], **dates: Any) -> "WordsForm":
        flat: dict[str, Any] = {}
        for name, value in words.items():
            flat |= (
                {f"{name}_{code}": text for code, text in value.items()}
                if isinstance(value, dict)
                else {name: value}
            )
        return cls(**flat, **dates)

    @property
    def words(self) -> dict[str, Any]:
        several = ("name", "short_name", "funding_statement", "operator")
        told: dict[str, Any] = {
            name: {code: self[f"{name}_{code}"].data for code in LANGUAGES} for name in several
        }
        return {**told, "contact_email": self.contact_email.data, "contact_phone": self.contact_phone.data}


class LogoWordsForm(BaseForm):
    pl = Text(
        _l("What it says, in Polish"),
        description=_l("For people who do not see it, such as “Co-funded by the European Union”."),
        validators=_words(200),
    )
    en = Text(_l("What it says, in English"), validators=_words(200))

    @property
    def words(self) -> dict[str, str]:
        return {"pl": self.pl.data or "", "en": self.en.data or ""}


class LogoForm(LogoWordsForm):
    file = Upload(
        _l("Picture"),
        description=_l("PNG or JPEG, at most 1 MB; on a white ground, so that it reads in the dark as well."),
        validators=[InputRequired(_l("Choose the file to send"))],
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )

    @property
    def sent(self) -> tuple[bytes, str]:
        """Content and name."""
        found = self.file.data
        return (found.read(), found.filename or "") if isinstance(found, FileStorage) else (b"", "")


# --- Numbers: the fields of a group are made of its settings ----------------------------------------------


def numbers_form(group: SettingGroup, settings: ProgrammeSettings, profile: Profile) -> BaseForm:
    fields = {name: _field(name, profile) for name in group.names if name not in FIXED}
    form: type[BaseForm] = type("NumbersForm", (SeenForm,), fields)
    return form(**{name: as_text(getattr(settings, name)) for name in fields})


def _field(name: str, profile: Profile) -> Any:
    note = profile.setting_notes[name]
    words: dict[str, Any] = {
        "label": note.label.in_language(language()),
        "description": help_of(name, profile),
    }
    kind = setting_kind(name)
    if kind is bool:
        choices = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
        return Radio(**words, choices=choices, validators=[InputRequired(REQUIRED)])
    if issubclass(kind, LabelledEnum):
        return Choice(
            **words,
            choices=[SelectChoice(one.value, str(one.label)) for one in kind],
            validators=[InputRequired(REQUIRED)],
        )
    return Text(**words, validators=[InputRequired(REQUIRED)])


def help_of(name: str, profile: Profile) -> str:
    """What it means, which values it takes, and what changes at once."""
    sentences = [
        profile.setting_notes[name].help.in_language(language()),
        _limits(name),
        str(EFFECTS.get(name, "")),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _limits(name: str) -> str:
    limits = setting_limits(name)
    if limits is None or name in FIXED:
        return ""
    low, high = limits
    return _("From %(low)s to %(high)s.", low=low, high=high)


def as_text(value: SettingValue) -> str:
    """As it is typed into the form, or chosen there."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return value.value if isinstance(value, LabelledEnum) else str(value)


def as_words(value: SettingValue) -> str:
    """As people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value.label) if isinstance(value, LabelledEnum) else as_text(value)


# --- Lists -----------------------------------------------------------------------------------------------


class RetireForm(BaseForm):
    on = Day(
        _l("Not offered from"),
        description=_l("Today or a day to come."),
        validators=[InputRequired(_l("Enter a day, for example 12.03.2026"))],
    )


class EntryForm(BaseForm):
    pl = Text(_l("In Polish"), validators=_words(200))
    en = Text(_l("In English"), validators=_words(200))
    also = Text(
        _l("Other spellings"),
        description=_l("What people write for it in a workbook, with a comma between them."),
        validators=[Optional(), Length(max=400, message=AT_MOST)],
    )
