"""Logos in documents and mails: small copies with their words, and never a picture that is loaded from somewhere."""

import email
import email.policy
import io
import struct
import zlib
from email.message import EmailMessage
from random import Random
from typing import Any

import pikepdf
import pytest
from lxml import html
from PIL import Image

from core import records
from core.database import db
from core.file_checks.errors import Fault, UnacceptableFile
from core.i18n import in_language
from core.mail import OutboxMail, queue
from core.records import Section
from core.sending import as_message
from core.small_pictures import Size, small_copy
from plans.documents.plan_pdf import document, plan_pdf
from plans.page import plan_page
from plans.workflow import PlanStatus
from programme import logos
from programme.logo_copies import IN_MAILS, MOST_IN_MAILS, logos_in_mails, logos_on_paper, small_logos
from tests.support.documents import png
from tests.visit import Upload

MOST_OF_A_MAIL = 60 * 1024
WORDS = {"pl": "Unia Europejska", "en": "European Union"}


def drawn(width: int, height: int, *, kind: str = "PNG", mode: str = "RGB", noisy: bool = False) -> bytes:
    picture = Image.new(mode, (width, height), (11, 79, 138, 0) if mode == "RGBA" else (11, 79, 138))
    if noisy:
        picture = Image.frombytes(mode, (width, height), Random(7).randbytes(width * height * len(mode)))
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@pytest.fixture
def add(make):
    def added(data: bytes, name: str = "eu.png", words: dict[str, str] | None = None) -> None:
        logos.add_logo(data, name, words or WORDS, actor=make.admin())
        db.session.commit()

    return added


def alternatives(pdf: bytes) -> list[str]:
    """The words of all pictures that a reader of the document is told."""
    found: list[str] = []

    def look(part):
        if isinstance(part, pikepdf.Array):
            for one in part:
                look(one)
        elif isinstance(part, pikepdf.Dictionary):
            if "/Alt" in part:
                found.append(str(part["/Alt"]))
            if "/K" in part:
                look(part["/K"])

    opened = pikepdf.open(io.BytesIO(pdf))
    look(opened.Root.StructTreeRoot)
    return found


# --- Copies -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_copy_fits_and_keeps_its_shape(kind):
    copy = small_copy(drawn(1200, 300, kind=kind), Size(320, 80))

    assert (copy.width, copy.height) == (320, 80)
    assert Image.open(io.BytesIO(copy.data)).size == (320, 80)
    assert copy.media_type in ("image/png", "image/jpeg")


def test_a_small_logo_is_never_made_larger_and_what_is_see_through_becomes_white():
    copy = small_copy(drawn(20, 10, mode="RGBA"), Size(320, 80))

    shown = Image.open(io.BytesIO(copy.data)).convert("RGB")
    assert (shown.size, shown.getpixel((3, 3))) == ((20, 10), (255, 255, 255))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (png(40, 20)[:-30], Fault.DAMAGED),
        (b"GIF89a" + b"\0" * 50, Fault.DAMAGED),
        (png(5000, 4000), Fault.PICTURE_TOO_LARGE),
    ],
)
def test_what_cannot_be_unpacked_is_refused(data, fault):
    with pytest.raises(UnacceptableFile) as refused:
        small_copy(data, Size(320, 80))

    assert refused.value.fault is fault


def test_a_picture_whose_pixels_are_missing_does_not_become_a_logo(make, visit):
    """Its frame is right, so only unpacking it shows that no document could be set with it."""
    head, idat, end = drawn(40, 20), b"IDAT", b"IEND"
    start, stop = head.index(idat) - 4, head.index(end) - 4
    broken = head[:start] + _chunk(idat, b"not a picture at all") + head[stop:]

    visit(as_=make.admin()).open("/office/programme/logos").submit(
        "Add the logo", expect=422, file=Upload(broken, "eu.png"), **WORDS
    )

    assert logos.logos() == []


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_a_copy_is_made_once_and_costs_no_query_after_that(add, count_queries):
    add(drawn(300, 100))
    small_logos(IN_MAILS)

    with count_queries() as queries:
        assert [one.words for one in small_logos(IN_MAILS)] == ["European Union"]

    assert [one for one in queries.statements if "programme_logo" in one] == []


# --- Documents --------------------------------------------------------------------------------------------


def test_without_logos_a_document_has_no_picture(make):
    assert alternatives(plan_pdf(make.general_plan(PlanStatus.PUBLISHED)).data) == []


@pytest.mark.parametrize(("language", "words"), WORDS.items())
def test_a_plan_says_the_words_of_each_logo_in_its_language_and_keeps_the_standard(
    make, add, language, words
):
    version = make.general_plan(PlanStatus.PUBLISHED)
    add(drawn(300, 100))
    add(drawn(60, 60, kind="JPEG"), "state.jpg", {"pl": "Budżet państwa", "en": "State budget"})

    with in_language(language):
        made = plan_pdf(version).data

    with pikepdf.open(io.BytesIO(made)).open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert alternatives(made) == [words, {"pl": "Budżet państwa", "en": "State budget"}[language]]


def test_another_logo_makes_another_fingerprint(make, add):
    version = make.general_plan(PlanStatus.PUBLISHED)
    before = document(version, plan_page(version), address=None)
    add(drawn(300, 100))

    after = document(version, plan_page(version), address=None)
    assert (before["logos"], len(after["logos"])) == ([], 1)


def test_a_record_such_as_a_report_has_them_with_the_funding_statement(make, add, clock):
    add(drawn(300, 100))

    made = records.record_pdf(
        "Report", "A quarter", [Section("", [records.text("Words")])],
        author="Us", funding="Paid for by a fund.", moment=clock.now, logos=logos_on_paper(),
    )  # fmt: skip

    assert alternatives(made) == ["European Union"]


def test_on_paper_a_logo_is_at_most_a_centimetre_high_and_six_wide(add):
    add(drawn(300, 100))
    add(drawn(1200, 60), "wide.png")

    sizes = [(one["width"], one["height"]) for one in logos_on_paper()]
    assert sizes == [(30.0, 10.0), (60.0, 3.0)]


# --- Mails ------------------------------------------------------------------------------------------------


@pytest.fixture
def arrived(app, make):
    """The mail as a mail program gets it."""

    def sent(language: str = "en", **more: Any) -> EmailMessage:
        reader = make.user("Ewa", language=language)
        queue(reader, "accounts/mail/password_changed", dedupe_key=f"password:{reader.id}", **more)
        row = db.session.query(OutboxMail).order_by(OutboxMail.id.desc()).limit(1).one()
        data = as_message(row, app.config["GROMADA"]).as_bytes()
        made = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(made, EmailMessage)
        return made

    return sent


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def shown_as(mail: EmailMessage) -> Any:
    return html.fromstring(body(mail, "html"))


def pictures(mail: EmailMessage) -> dict[str, bytes]:
    return {
        str(part["Content-ID"]).strip("<>"): part.get_content()
        for part in mail.walk()
        if part.get_content_maintype() == "image"
    }


def test_a_logo_comes_inside_the_mail_with_its_words(arrived, add):
    before = body(arrived("pl"), "plain")
    add(drawn(300, 100))

    mail = arrived("pl")

    [(name, data)] = pictures(mail).items()
    page = shown_as(mail)
    [shown] = page.xpath("//img")
    assert (shown.get("src"), shown.get("alt")) == (f"cid:{name}", "Unia Europejska")
    assert (shown.get("width"), shown.get("height")) == ("120", "40")
    assert Image.open(io.BytesIO(data)).size == (240, 80)
    assert body(mail, "plain") == before


def test_no_mail_loads_anything_when_it_is_read(arrived, add):
    add(drawn(300, 100))

    page = shown_as(arrived())

    sources = page.xpath("//@src | //@background | //@srcset | //link/@href | //style[contains(., 'url(')]")
    assert [one for one in sources if not one.startswith("cid:")] == []


def test_with_six_heavy_logos_a_whole_mail_stays_small_and_says_the_others_in_words(arrived, add):
    for number in range(6):
        add(drawn(400, 200, noisy=True), f"{number}.png", {"pl": f"Znak {number}", "en": f"Mark {number}"})

    mail = arrived()

    page = shown_as(mail)
    text, alts = page.text_content(), page.xpath("//img/@alt")
    assert sum(len(data) for data in pictures(mail).values()) <= MOST_IN_MAILS
    assert len(mail.as_bytes()) < MOST_OF_A_MAIL
    assert [name for number in range(6) if (name := f"Mark {number}") in alts or name in text] == [
        f"Mark {number}" for number in range(6)
    ]
    assert 0 < len(alts) < 6


def test_a_mail_with_a_calendar_and_a_logo_keeps_all_of_its_parts(arrived, add):
    add(drawn(300, 100))

    mail = arrived(calendar="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")

    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", logos_in_mails()[0].picture.media_type, "text/calendar", "application/ics",
    ]  # fmt: skip


def test_the_office_sees_how_a_mail_reads_with_its_logos(make, visit, add):
    add(drawn(300, 100))
    office = visit(as_=make.office())

    page = office.open("/office/mail/templates/" + _some_template(office) + "/en.html")

    [shown] = page.tree.xpath("//img")
    assert (shown.get("alt"), shown.get("src").split(",")[0]) == ("European Union", "data:image/png;base64")


def _some_template(office) -> str:
    page = office.open("/office/mail/templates")
    return str(next(one for one in page.links.values() if "/templates/" in one).rpartition("/")[2])
