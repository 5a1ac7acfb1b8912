"""Forms about phrases, and what any form takes in that wants to offer them."""

from functools import cached_property
from typing import Any, Self

from accounts.forms import choices_of
from accounts.models import User
from core.forms import (
    AT_MOST,
    REQUIRED,
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    InputRequired,
    Length,
    Optional,
    SelectChoice,
    Text,
    TextArea,
)
from core.i18n import _, _l, language
from core.seen_forms import SeenForm
from phrases.models import TEXT_LENGTH, TITLE_LENGTH, Phrase, PhraseKind
from phrases.places import places
from phrases.queries import Offer, phrases_for
from phrases.services import Wording


class WithPhrases(BaseForm):
    """A form in which ready phrases can be put into a text. Its page shows them with ``picker`` of ``phrases/_picker.html``.

    A script puts a phrase in where the cursor stands; without one the button sends the form, and the view answers with
    the page anew (``inserts_phrase``, ``insert_into``). One that is still chosen when the form is sent goes before what
    was typed (``with_phrase``), so that no choice is lost.
    """

    phrase = Choice(_l("Ready phrase"), validators=[Optional()])
    insert_phrase = Checkbox()
    """The button beside the list."""
    used_phrase = Choices(validate_choice=False)
    """What the script has put in."""
    _asked_for: tuple[User, PhraseKind, str | None]

    def offer_phrases(self, person: User, kind: PhraseKind, *, sheet: str | None = None) -> None:
        self._asked_for = (person, kind, sheet)
        self.phrase.choices = self._choices_of(self.offers if self.phrase.data else [])

    @cached_property
    def offers(self) -> list[Offer]:
        """Asked for only by a page that shows them, or by a form that was sent with one."""
        return phrases_for(*self._asked_for)

    @property
    def offered_phrase(self) -> Choice:
        """The field with everything that is offered, for a page that shows it."""
        self.phrase.choices = self._choices_of(self.offers)
        return self.phrase

    @staticmethod
    def _choices_of(offers: list[Offer]) -> list[SelectChoice]:
        known = (SelectChoice(one.key, one.title, render_kw={"data-text": one.text}) for one in offers)
        return [SelectChoice("", _("Choose a phrase")), *known]

    @property
    def inserts_phrase(self) -> bool:
        return bool(self.insert_phrase.data)

    def insert_into(self, field: TextArea) -> None:
        """After what was typed; the list is ready for the next one."""
        if (chosen := self._chosen) is not None:
            field.data = "\n".join(part for part in (field.data or "", chosen.text) if part)
            self.used_phrase.data = [*(self.used_phrase.data or []), chosen.key]
        self.phrase.data = ""

    def with_phrase(self, text: str | None) -> str:
        """The phrase that is still chosen, then what was typed."""
        parts = (self._chosen.text if self._chosen else "", text or "")
        return "\n".join(part for part in parts if part)

    @property
    def used_phrases(self) -> set[str]:
        """To be counted when the text is kept."""
        return {*(self.used_phrase.data or []), *({self._chosen.key} if self._chosen else ())}

    @property
    def _chosen(self) -> Offer | None:
        chosen = self.phrase.data
        return next((one for one in self.offers if one.key == chosen), None) if chosen else None


class PhraseFields(BaseForm):
    """What is said of a phrase, new or kept already."""

    kind = Choice(_l("Where it is used"), choices=[SelectChoice(one.value, one.label) for one in PhraseKind])
    title = Text(
        _l("Title"),
        description=_l("A few words by which you find it in the list."),
        validators=[InputRequired(REQUIRED), Length(max=TITLE_LENGTH, message=AT_MOST)],
    )
    text = TextArea(
        _l("Text"),
        description=_l(
            "What is put in. It can be changed each time, so leave out what belongs to one place only."
        ),
        validators=[InputRequired(REQUIRED), Length(max=TEXT_LENGTH, message=AT_MOST)],
    )
    place = Choice(
        _l("Part of the plan"),
        description=_l("For remarks only: where it is offered."),
        validators=[Optional()],
    )

    @classmethod
    def of(cls, phrase: Phrase | None, *, like: Offer | None = None, **more: Any) -> Self:
        """``like``: the phrase of which this one is to be a copy."""
        said: dict[str, Any] = dict(more)
        if phrase is not None:
            said = {
                "kind": phrase.kind.value,
                "title": phrase.title,
                "text": phrase.text,
                "place": phrase.place or "",
            }
        elif like is not None:
            place = next(iter(sorted(like.sheets)), "")
            said |= {"kind": like.kind.value, "title": like.title, "text": like.text, "place": place}
        form = cls(**said)
        code = language()
        form.place.choices = [
            ("", _("Everywhere")),
            *((key, title.in_language(code)) for key, title in places().items()),
        ]
        return form

    def wording(self) -> Wording:
        return Wording(
            PhraseKind(self.kind.data), self.title.data or "", self.text.data or "", self.place.data or None
        )


class PhraseForm(PhraseFields):
    shared = Checkbox(_l("Share it with everybody who reviews and advises"))


class ChangePhraseForm(SeenForm, PhraseFields):
    """One that is kept already; whose it is does not change."""


class LibraryFilter(BaseForm):
    """Narrows the list. Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(_l("Search"), description=_l("Words of the title or the text"), render_kw={"type": "search"})
    kind = Choice(_l("Where it is used"), validate_choice=False)

    def offer(self) -> None:
        self.kind.choices = [SelectChoice("", _("Everywhere")), *choices_of(PhraseKind)]

    @property
    def wanted_kind(self) -> PhraseKind | None:
        return PhraseKind(self.kind.data) if self.kind.data in set(PhraseKind) else None
