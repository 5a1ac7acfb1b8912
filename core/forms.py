"""Forms: fields that strip what was typed and type their data, and a form that can take a refusal."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from markupsafe import Markup, escape
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import Select, html_params

from core.day_fields import NO_DAY, NO_TIME, Day, TimeOfDay
from core.errors import DomainError
from core.i18n import _l, language
from core.text import clean
from core.web_addresses import NotPublic, is_public_address

__all__ = [
    "AT_MOST", "NO_DAY", "NO_TIME", "REQUIRED", "BaseForm", "Checkbox", "Choice", "Choices", "ConfirmForm", "Day", "Email", "Hidden", "InputRequired", "Length",
    "Optional", "Password", "Radio", "SelectChoice", "Text", "TextArea", "TimeOfDay", "Upload", "Uploads", "ValidationError", "WholeNumber", "public_address",
]  # fmt: skip


def public_address(form: FlaskForm, field: Any) -> None:
    """Told along with whatever else is wrong with the form; services ask once more."""
    if not is_public_address(field.data or ""):
        raise ValidationError(str(NotPublic()))


def _stripped(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


class _Stripping:
    """Mixed into text fields: no space around, one composition of letters, no control characters.

    Validators look at the same: spaces alone are nothing, so a required field says so.
    """

    data: Any
    raw_data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)  # type: ignore[misc]  # the field beside this mixin
        if isinstance(self.data, str):
            kept = "".join(letter for letter in self.data if letter.isprintable() or letter in "\n\t")
            self.data = clean(kept.replace("\r\n", "\n"))
        if valuelist:
            self.raw_data = [self.data]


class Text(_Stripping, StringField):
    pass


class TextArea(_Stripping, TextAreaField):
    pass


class Email(_Stripping, EmailField):
    pass


class Password(PasswordField):
    """Never stripped: a space may be part of it."""


class WholeNumber(IntegerField):
    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("invalid_value_message", _l("Enter a whole number, for example 90"))
        super().__init__(label, validators, **kwargs)


class Checkbox(BooleanField):
    pass


PAIR = 2


class _Options(Select):
    """The same list, written at once where its choices are plain pairs: one of all animators is long."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        pairs = field.choices or ()
        if not all(isinstance(pair, tuple) and len(pair) == PAIR for pair in pairs):
            return super().__call__(field, **attributes)
        flags = {name: True for name in self.validation_attrs if getattr(field.flags, name, None)}
        params = html_params(name=field.name, **{"id": field.id, **flags, **attributes})
        chosen = field.data
        options = "".join(
            f'<option{" selected" if value == chosen else ""} value="{value if value.isalnum() else escape(value)}">{escape(label)}</option>'
            for value, label in pairs
        )
        return Markup(f"<select {params}>{options}</select>")  # noqa: S704 (escaped above)


def _value_of(choice: Any) -> Any:
    """Choices are given as pairs or as records."""
    return choice[0] if isinstance(choice, tuple) else choice.value


class Choice(SelectField):
    widget = _Options()

    @property
    def must_choose(self) -> bool:
        """A list without an empty choice always has an answer."""
        return not any(_value_of(choice) in ("", None) for choice in self.choices or ())


class Choices(SelectMultipleField):
    pass


class Radio(RadioField):
    pass


class Hidden(_Stripping, HiddenField):
    pass


class Upload(FileField):  # type: ignore[misc]  # Flask-WTF has no types
    pass


class Uploads(MultipleFileField):  # type: ignore[misc]  # Flask-WTF has no types
    """Several files in one go."""


class Token(CSRFTokenField):
    """Signed when a page shows it: an answer that leads on to another page shows no form."""

    def process(self, *args: Any, **kwargs: Any) -> None:
        HiddenField.process(self, *args, **kwargs)

    def _value(self) -> str:
        token: str = self.csrf_impl.generate_csrf_token(self)
        return token


class Protection(FlaskForm.Meta.csrf_class):  # type: ignore[misc]  # Flask-WTF has no types
    field_class = Token


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Every form: its own token, messages in the person's language, and room for a service's refusal."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        csrf_class = Protection

        @property
        def locales(self) -> list[str]:
            return [language()]

        def get_translations(self, form: "BaseForm") -> Any:
            """WTForms keeps its own words once it has read them; Flask-WTF would read them for every request."""
            return DefaultMeta.get_translations(self, form)

        def wrap_formdata(self, form: "BaseForm", formdata: Any) -> Any:
            """What a page of ours sends: texts, and a file only where one is asked for."""
            if formdata is None or isinstance(formdata, MultiDict):
                return super().wrap_formdata(form, formdata)
            if request.method != "POST":
                return None
            files = MultiDict(
                (name, file)
                for name, file in request.files.items(multi=True)
                if isinstance(form._fields.get(name), Upload | Uploads)
            )
            return CombinedMultiDict([files, request.form]) if files else request.form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rejections: list[str] = []

    def reject(self, error: DomainError) -> None:
        """Show a refusal where it belongs: at its field, or above the form."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.rejections.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]

    @property
    def has_errors(self) -> bool:
        return bool(self.rejections or self.errors)

    @property
    def status(self) -> int:
        """The status of a page that shows this form: 422 once it was sent and is not right."""
        return 422 if request.method == "POST" else 200


class ConfirmForm(BaseForm):
    """A lone button: nothing but the token, which a page with several of them writes without asking each form for its fields."""

    def hidden_tag(self, *fields: Any) -> Markup:
        if fields or list(self._fields) != ["csrf_token"]:
            whole: Markup = super().hidden_tag(*fields)
            return whole
        return Markup('<input id="csrf_token" name="csrf_token" type="hidden" value="{}">').format(
            self.csrf_token._value()
        )


# What fields say when they are not right, where nothing more can be said

REQUIRED = _l("Fill in this field")
AT_MOST = _l("Use at most %(max)d characters")
