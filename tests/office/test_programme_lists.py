"""Lists of the programme in the browser: entries are added and read otherwise, and whatever they were called is understood."""

import pytest

from accounts.history import latest_where
from core.audit import AuditEvent
from programme import list_changes
from programme.profile import load_profile
from programme.queries import the_programme


@pytest.fixture
def admin(make, visit, clock):
    return visit(as_=make.admin("Ada Admin"))


def told(event: str) -> list[tuple[str | None, list[tuple[str, str, str]]]]:
    lines = latest_where(AuditEvent.event == event, most=20)
    return [(line.who, [(one.label, one.before, one.after) for one in line.changes]) for line in lines]


def test_an_entry_is_added_at_the_end_and_understood_in_every_spelling(admin):
    page = admin.open("/office/programme/lists/level").submit(
        "Add the entry", expect=303, pl="mistrzowski", en="Master level", also="mistrz, ekspercki"
    )

    level = the_programme().code_lists["level"]
    assert page.tables[0][-1][1:] == ["Master level", "master_level"]
    assert (level.codes[-1], level.label("master_level", "pl")) == ("master_level", "mistrzowski")
    assert [level.find(text) for text in ("MISTRZ", "ekspercki", "master level")] == ["master_level"] * 3
    assert told("programme.list_changed") == [
        ("Ada Admin", [("In Polish", "", "mistrzowski"), ("In English", "", "Master level")])
    ]


def test_an_entry_that_reads_otherwise_is_still_found_by_what_it_was_called(make):
    known = load_profile("mocarze").code_lists["level"]
    code, former = known.codes[0], known.choices[0].labels.texts["pl"]

    list_changes.change_label("level", code, {"pl": "całkiem nowy", "en": "quite new"}, actor=make.admin())

    level = the_programme().code_lists["level"]
    assert (level.label(code, "pl"), level.find(former), level.find("quite new")) == (
        "całkiem nowy",
        code,
        code,
    )
    assert level.codes == known.codes


def test_an_entry_that_was_called_otherwise_twice_is_found_by_every_name_it_had(make):
    admin = make.admin()
    code = load_profile("mocarze").code_lists["level"].codes[0]
    own = list_changes.add_entry("level", {"pl": "mistrzowski", "en": "master"}, actor=admin)
    for number in ("pierwszy", "drugi"):
        for one in (code, own):
            words = {"pl": f"{number} {one}", "en": f"{number} {one} in English"}
            list_changes.change_label("level", one, words, actor=admin)

    level = the_programme().code_lists["level"]
    assert [level.find(text) for text in (f"pierwszy {code}", f"drugi {code}")] == [code] * 2
    assert [level.find(text) for text in ("mistrzowski", "master", f"pierwszy {own}")] == [own] * 3


def test_a_text_that_stands_for_another_entry_is_refused(admin):
    taken = load_profile("mocarze").code_lists["level"].choices[0].labels.texts
    page = admin.open("/office/programme/lists/level").submit(
        "Add the entry", expect=422, pl=taken["pl"].upper(), en="Another"
    )

    assert "One of these texts stands in the list already, for another entry." in page.text
    assert the_programme().row.list_changes == {}


def test_lists_that_the_rules_hang_on_take_no_further_entries(admin):
    page = admin.open("/office/programme/lists/training_status")

    assert "Add the entry" not in page.buttons
    assert "there are no further ones" in page.text
    [token] = {*admin.open("/office/programme/lists/level").tree.xpath("//input[@name='csrf_token']/@value")}
    sent = {"pl": "x", "en": "y", "csrf_token": token}
    assert admin.client.post("/office/programme/lists/training_status", data=sent).status_code == 404
    assert the_programme().row.list_changes == {}
