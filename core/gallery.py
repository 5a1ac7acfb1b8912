"""All components on one page, with invented content: for those who build pages, in demonstrations only."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core.forms import (
    BaseForm,
    Checkbox,
    Choice,
    Choices,
    Day,
    Email,
    InputRequired,
    Length,
    Password,
    Radio,
    SelectChoice,
    Text,
    TextArea,
    Upload,
    WholeNumber,
)

bp = Blueprint("gallery", __name__, url_prefix="/dev")


def _options(*pairs: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class SampleForm(BaseForm):
    """One field of every kind."""

    title = Text(
        "Tytuł szkolenia", description="Krótka nazwa widoczna w planie gminy.", validators=[InputRequired()]
    )
    year = Choice("Rok planu", choices=_options(("2026", "2026"), ("2027", "2027"), ("2028", "2028")))
    people = WholeNumber("Liczba uczestników", validators=[InputRequired("Podaj liczbę uczestników")])
    starts_on = Day("Pierwszy dzień", description="Na przykład 23.02.2027.")
    form = Radio(
        "Forma", choices=_options(("on_site", "Stacjonarnie"), ("online", "Online"), ("mixed", "Hybrydowo")),
        validators=[InputRequired("Wybierz formę")],
    )  # fmt: skip
    groups = Choices(
        "Grupy docelowe",
        choices=_options(("seniors", "Osoby 60+"), ("farmers", "Rolnicy"), ("parents", "Rodzice")),
    )
    goal = TextArea(
        "Cel i oczekiwany rezultat", description="Jedno lub dwa zdania.", validators=[Length(max=600)]
    )
    shared = Checkbox("Szkolenie realizowane wspólnie z gminą partnerską")
    email = Email("E-mail służbowy", validators=[InputRequired()])
    password = Password("Hasło", validators=[InputRequired()])
    workbook = Upload("Plan w arkuszu", description="Plik .xlsx do 5 MB, pobrany wcześniej z tej strony.")


class SampleFilters(BaseForm):
    """What narrows a list."""

    q = Text("Szukaj", render_kw={"type": "search"})
    voivodeship = Choice(
        "Województwo", choices=_options(("", "Wszystkie"), ("02", "dolnośląskie"), ("06", "lubelskie"))
    )
    stage = Choice(
        "Etap", choices=_options(("", "Wszystkie"), ("draft", "Szkic"), ("review", "W konsultacji"))
    )


@bp.get("/gallery")
def gallery() -> ResponseReturnValue:
    failed = SampleForm(prefix="failed", data={"people": 24, "form": "online", "year": "2027"})
    failed.title.errors = ["Podaj tytuł szkolenia"]
    failed.form.errors = ["Wybierz formę"]
    failed.rejections = ["Ten plan został w międzyczasie złożony. Otwórz go jeszcze raz."]
    return render_template("dev/gallery.html", form=SampleForm(), failed=failed, narrowing=SampleFilters())
