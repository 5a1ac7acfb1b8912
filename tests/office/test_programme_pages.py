"""The programme in the browser: words, dates, logos, numbers and lists; each change holds at once, in every process, and is remembered."""

import struct
import zlib

import pytest
from flask import g
from sqlalchemy import select

from accounts.history import latest_where
from core.audit import AuditEvent
from core.database import db
from plans.deadlines import review_due_on
from plans.workflow import PlanStatus
from programme import changes, logos
from programme.profile import load_profile
from programme.queries import the_programme
from programme.setting_groups import EFFECTS, FIXED, GROUPS
from programme.settings import SETTING_NAMES
from tests.support.applications import make_app, make_config
from tests.visit import Upload


@pytest.fixture
def admin(make, visit, clock):
    return visit(as_=make.admin("Ada Admin"))


def picture(width: int = 8) -> bytes:
    """A PNG of one colour."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    rows = (b"\0" + b"\x10\x20\x90" * width) * width
    head = struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def told(event: str) -> list[tuple[str | None, list[tuple[str, str, str]]]]:
    lines = latest_where(AuditEvent.event == event, most=20)
    return [(line.who, [(one.label, one.before, one.after) for one in line.changes]) for line in lines]


def add_logo(
    visitor, name: str = "eu.png", *, words: str = "Co-funded by the European Union", expect: int = 303
):
    return visitor.open("/office/programme/logos").submit(
        "Add the logo",
        expect=expect,
        file=Upload(picture(), name),
        pl="Dofinansowane przez Unię Europejską",
        en=words,
    )


# --- Words and dates ----------------------------------------------------------------------------------


def test_words_of_the_programme_are_said_on_public_pages_in_each_language(admin, visit):
    admin.open("/office/programme/words").submit(
        "Save",
        expect=303,
        funding_statement_pl="Finansuje nas Fundusz Próbny.",
        funding_statement_en="Paid for by the Test Fund.",
        contact_email="office@new.example",
    )

    polish, english = visit().open("/pl/"), visit().open("/en/")
    assert ("Finansuje nas Fundusz Próbny." in polish.text, "Test Fund" in polish.text) == (True, False)
    assert "Paid for by the Test Fund." in english.text
    assert "office@new.example" in visit().open("/en/privacy").text


def test_a_change_of_words_is_in_the_history_with_the_old_and_the_new_ones_and_nothing_else(admin):
    admin.open("/office/programme/words").submit(
        "Save", expect=303, short_name_en="Champions", ends_on="2028-11-30"
    )

    assert told("programme.words") == [
        (
            "Ada Admin",
            [
                ("Short name, in English", "e-Mocarze", "Champions"),
                ("Last day of the programme", "31 Dec 2028", "30 Nov 2028"),
            ],
        )
    ]
    assert "Champions" in admin.open("/office/programme/history").text


def test_saving_the_words_unchanged_keeps_those_of_the_profile_and_remembers_nothing(admin):
    admin.open("/office/programme/words").submit("Save", expect=303)

    assert (the_programme().row.words, told("programme.words")) == ({}, [])


def test_a_programme_cannot_end_before_it_begins(admin):
    page = admin.open("/office/programme/words").submit("Save", expect=422, ends_on="2025-01-01")

    assert "The programme cannot end before it begins." in page.text
    assert the_programme().row.ends_on == load_profile("mocarze").ends_on


def test_who_saves_words_last_undoes_nothing_that_somebody_else_has_saved(admin, make, visit):
    left_open = visit(as_=make.office()).open("/office/programme/words")
    admin.open("/office/programme/words").submit(
        "Save", expect=303, funding_statement_en="Paid for by the Test Fund."
    )

    told_first = left_open.submit("Save", expect=422, contact_phone="22 111 22 33")
    assert "Saved meanwhile: Paid for by the Test Fund." in told_first.text
    told_first.submit("Save", expect=303)

    programme = the_programme()
    assert (programme.funding_statement, programme.contact_phone) == (
        "Paid for by the Test Fund.",
        "22 111 22 33",
    )


# --- Numbers ----------------------------------------------------------------------------------------------


def test_every_number_stands_on_exactly_one_page():
    listed = [name for group in GROUPS for name in group.names]

    assert sorted(listed) == sorted(SETTING_NAMES)
    assert set(EFFECTS) <= set(SETTING_NAMES)


@pytest.mark.parametrize("group", [group.key for group in GROUPS])
def test_each_page_of_numbers_saved_as_it_is_changes_nothing(admin, group):
    page = admin.open(f"/office/programme/numbers/{group}").submit("Save")

    assert "Nothing was changed." in page.text
    assert (the_programme().row.settings, told("programme.numbers")) == ({}, [])


def test_who_saves_numbers_last_undoes_nothing_that_somebody_else_has_saved(admin, make, visit):
    left_open = visit(as_=make.office()).open("/office/programme/numbers/plans")
    admin.open("/office/programme/numbers/plans").submit("Save", expect=303, review_working_days="5")

    told_first = left_open.submit("Save", expect=422, publish_reminder_days="21")
    assert "Saved meanwhile: 5" in told_first.text
    told_first.submit("Save", expect=303)

    assert the_programme().row.settings == {"review_working_days": 5, "publish_reminder_days": 21}


def test_a_choice_and_several_numbers_are_changed_and_told_in_words(admin):
    admin.open("/office/programme/numbers/reports").submit("Save", period_kind="month")
    admin.open("/office/programme/numbers/advice").submit("Save", budget_warn_percent="100; 50")

    assert the_programme().row.settings == {"period_kind": "month", "budget_warn_percent": [50, 100]}
    assert [[(before, after) for _, before, after in lines] for _, lines in told("programme.numbers")] == [
        [("75, 100", "50, 100")],
        [("Quarter", "Month")],
    ]


def test_the_pages_show_label_explanation_limits_default_and_where_a_number_comes_from(admin):
    page = admin.open("/office/programme/numbers/plans")

    assert "Time for a review (working days)" in page.text
    assert "Due dates of reviews under way move at once" in page.text
    assert "From 1 to 60." in page.text
    assert "Default: 10 · Our own choice" in page.text
    assert "Default: 3 · Stated in the programme's documents" in page.text


def test_what_the_database_holds_is_shown_as_fixed_and_cannot_be_sent(admin):
    page = admin.open("/office/programme/numbers/partnerships")

    assert page.text.count("Fixed: the database allows no other value") == len(FIXED) == 2
    assert not FIXED & {name for name, _ in page.form("Save").pairs()}

    admin.client.post(
        page.url, data={**dict(page.form("Save").pairs()), "partnerships_per_municipality": "5"}
    )
    assert the_programme().settings.partnerships_per_municipality == 1


def test_a_number_is_changed_and_taken_back_to_its_default(admin):
    page = admin.open("/office/programme/numbers/plans").submit("Save", expect=303, review_working_days="5")

    assert the_programme().settings.review_working_days == 5
    assert "1 number was changed" in page.text
    fields = dict(page.form("Save").pairs())
    back = admin.client.post(
        "/office/programme/numbers/plans/default", data={**fields, "setting": "review_working_days"}
    )
    db.session.expire_all()
    g.pop("programme")
    assert (back.status_code, the_programme().settings.review_working_days) == (303, 10)
    assert the_programme().row.settings == {}
    assert [
        (who, [(before, after) for _, before, after in lines]) for who, lines in told("programme.numbers")
    ] == [
        ("Ada Admin", [("5", "10")]),
        ("Ada Admin", [("10", "5")]),
    ]


def test_a_due_date_of_a_review_under_way_moves_with_the_number(make, visit, clock):
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(leader=make.user()))
    before = review_due_on(version)

    changes.change_numbers({"review_working_days": "3"}, actor=make.admin())
    db.session.commit()

    after = review_due_on(version)
    assert after is not None
    assert before is not None
    assert after < before


@pytest.mark.parametrize(
    ("group", "name", "text", "said"),
    [
        ("plans", "review_working_days", "0", "Enter a whole number from 1 to 60."),
        ("plans", "review_working_days", "ten", "Enter a whole number from 1 to 60."),
        ("plans", "return_office_after", "1", "The office cannot be informed before a talk is suggested."),
        ("advice", "visit_nominal_minutes", "600", "The usual length of a visit must lie between the short and the long one."),
        ("advice", "budget_warn_percent", "75; x", "Enter whole numbers from 1 to 200, separated by commas."),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_is_refused_at_its_field_and_nothing_changes(admin, group, name, text, said):
    page = admin.open(f"/office/programme/numbers/{group}").submit("Save", expect=422, **{name: text})

    assert said in page.text
    assert the_programme().row.settings == {}
    assert told("programme.numbers") == []


def test_another_process_sees_changed_words_numbers_and_lists_with_its_next_page(
    admin, app, run_folder, make
):
    config = make_config(run_folder / "second", app.config["SQLALCHEMY_DATABASE_URI"])
    other = make_app(config)
    with other.app_context():  # it has read all of it before
        assert the_programme().settings.min_members == 3
        assert the_programme().code_lists["form"].label("online", "en") == load_profile("mocarze").code_lists[
            "form"
        ].label("online", "en")

    admin.open("/office/programme/numbers/partnerships").submit("Save", expect=303, min_members="4")
    admin.open("/office/programme/lists/level").submit(
        "Add the entry", expect=303, pl="mistrzowski", en="master"
    )
    admin.open("/office/programme/words").submit("Save", expect=303, name_en="Champions of the net")

    with other.app_context():
        assert the_programme().settings.min_members == 4
        assert the_programme().code_lists["level"].find("Mistrzowski") == "master"
    page = other.test_client().get("/en/")
    assert "Champions of the net" in page.get_data(as_text=True)
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def page_form(page, ending: str):
    """Of several buttons that read the same, the one that goes there."""
    return next(form for form in page.forms() if form.action.endswith(ending))


# --- Logos ------------------------------------------------------------------------------------------------


def test_a_logo_stands_at_the_foot_of_public_pages_with_its_words(admin, visit):
    add_logo(admin)

    page = visit().open("/en/")
    (logo,) = page.tree.xpath("//footer//p[contains(@class, 'logos')]/img")
    assert logo.get("alt") == "Co-funded by the European Union"
    (polish,) = visit().open("/pl/").tree.xpath("//footer//p[contains(@class, 'logos')]/img")
    assert polish.get("alt") == "Dofinansowane przez Unię Europejską"
    file = visit().open(logo.get("src"))
    assert (file.data, file.response.mimetype) == (picture(), "image/png")


def test_logos_cost_public_pages_no_query(admin, visit, count_queries):
    visitor = visit()
    visitor.open("/en/privacy")
    with count_queries() as before:
        visitor.open("/en/privacy")
    add_logo(admin)
    add_logo(admin, "second.png", words="Second")

    with count_queries() as after:
        visitor.open("/en/privacy")

    assert after.statements == before.statements


def test_logos_change_their_order_their_words_and_go(admin, visit):
    add_logo(admin)
    page = add_logo(admin, "second.png", words="Second")

    page = page.submit("Move forward")
    order = [one["words"]["en"] for one in the_programme().row.words["logos"]]
    page = page.follow("Change the words (Second)").submit("Save", en="Second of two")
    for logo in logos.logos():
        if logo.words["en"] == "Second of two":
            page.visitor.send(page_form(page, f"/logos/{logo.id}/remove"), expect=303)

    db.session.expire_all()
    assert order == ["Second", "Co-funded by the European Union"]
    assert [one.words for one in the_programme().logos] == ["Co-funded by the European Union"]
    events = db.session.scalars(
        select(AuditEvent.event).where(AuditEvent.event.like("programme.logo%")).order_by(AuditEvent.id)
    )
    assert list(events) == [
        "programme.logo_added", "programme.logo_added", "programme.logo_changed", "programme.logo_changed", "programme.logo_removed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("logo.png", b"<html>hello</html>"),
        ("logo.png", b""),
    ],
)
def test_only_a_picture_becomes_a_logo(admin, name, data):
    admin.open("/office/programme/logos").submit(
        "Add the logo", expect=422, file=Upload(data, name), pl="Logo", en="Logo"
    )

    assert the_programme().logos == []


def test_whoever_neither_works_in_the_office_nor_administers_sees_none_of_it(make, visit):
    for person in (make.animator(), make.user()):
        visit(as_=person).open("/office/programme", expect=403)
        visit(as_=person).open("/office/programme/numbers/plans", expect=403)
