"""Pages for developers: the mails of the outbox and every component of the look. Only in a demonstration."""

from flask import Blueprint, Flask, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from core.database import db
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
from core.mail import OutboxMail
from core.paging import page_number, paged

bp = Blueprint("dev", __name__, url_prefix="/dev")


def init_dev(app: Flask) -> None:
    """An installation for real work does not have these pages at all."""
    if app.config["GROMADA"].is_demo:
        app.register_blueprint(bp)


@bp.get("/outbox")
def outbox() -> ResponseReturnValue:
    page = paged(select(OutboxMail).order_by(OutboxMail.id.desc()), number=page_number())
    return render_template("dev/outbox.html", page=page)


@bp.get("/outbox/<int:mail_id>")
def outbox_mail(mail_id: int) -> ResponseReturnValue:
    mail = db.session.get(OutboxMail, mail_id)
    if mail is None:
        abort(404)
    return render_template("dev/outbox_mail.html", mail=mail)


def _options(*pairs: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class NarrowingSample(BaseForm):
    q = Text("Szukaj")
    voivodeship = Choice(
        "Województwo", choices=_options(("", "Wszystkie"), ("08", "lubuskie"), ("16", "opolskie"))
    )
    stage = Choice(
        "Etap", choices=_options(("", "Wszystkie"), ("draft", "Szkic"), ("approved", "Zatwierdzone"))
    )


class FormSample(BaseForm):
    title = Text("Temat", validators=[InputRequired("Wpisz temat"), Length(max=120)])
    year = Choice("Rok", choices=_options(("2026", "2026"), ("2027", "2027"), ("2028", "2028")))
    people = WholeNumber("Liczba osób", description="Ile osób weźmie udział.")
    starts_on = Day("Termin")
    form = Radio(
        "Forma", choices=_options(("course", "kurs"), ("talk", "spotkanie"), ("online", "zajęcia zdalne"))
    )
    groups = Choices(
        "Grupy", choices=_options(("60", "osoby 60+"), ("farm", "rolnicy"), ("young", "młodzież"))
    )
    goal = TextArea("Cel", description="Jednym zdaniem.", validators=[Length(max=500)])
    shared = Checkbox("Udostępnij animatorowi")
    email = Email("E-mail")
    password = Password("Hasło")
    workbook = Upload("Arkusz planu", description="Plik .xlsx do 5 MB.")


@bp.get("/gallery")
def gallery() -> ResponseReturnValue:
    failed = FormSample(MultiDict({"people": "dużo"}), meta={"csrf": False})
    failed.validate()
    narrowing = NarrowingSample(meta={"csrf": False})
    return render_template("dev/gallery.html", form=FormSample(), failed=failed, narrowing=narrowing)
