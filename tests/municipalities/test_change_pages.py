"""The office's pages for changes of municipalities."""

from datetime import date

import pytest

from accounts.models import User
from core.database import db
from municipalities.change_queries import drafts
from municipalities.models import MunicipalityChange
from municipalities.services.changing import Part, apply_change, draft_change
from municipalities.workflow import ChangeKind, ChangeStatus
from tests.municipalities.ostrowice import AFTER, LAW
from tests.municipalities.register import small_register, take_in, unit
from tests.visit import Upload

IN_2019 = date(2019, 1, 1)
LIST = "/municipalities/changes"


@pytest.fixture(autouse=True)
def register(app, clock):
    take_in(small_register())


@pytest.fixture
def office(make) -> User:
    person: User = make.office("Olga Biuro")
    return person


def the_draft() -> MunicipalityChange:
    db.session.expire_all()
    [change] = drafts()
    return change


def named(change: MunicipalityChange) -> tuple[list[str], list[str]]:
    return [one.name for one in change.sources], [one.name for one in change.targets]


def test_without_any_change_the_list_says_how_one_comes_about(visit, office):
    page = visit(as_=office).open(LIST)

    assert "No change waits" in page.headings
    assert page.follow("Enter a change").headings[0] == "Enter a change"


def test_a_new_name_is_entered_looked_at_applied_and_undone(visit, office):
    visitor = visit(as_=office)
    form = (
        visitor.open(f"/municipalities/{unit('0201032').id}")
        .follow("Enter a change")
        .follow("Change of name")
    )

    draft = form.submit("Save the draft", new_name="Osla", effective_on=IN_2019, legal_basis=LAW)

    assert draft.headings[0] == "Change of name: Gromadka → Osla"
    assert "Nobody in the programme uses these municipalities" in draft.text
    done = draft.submit("Apply the change")
    assert (unit("0201032").name, "It can be undone until 22 Apr 2026" in done.text) == ("Osla", True)
    assert "Gromadka (0201032)" in done.text
    undone = done.submit("Undo the change")
    assert (unit("0201032").name, undone.buttons.count("Undo the change")) == ("Gromadka", 0)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("code", {"municipality": "Gromadka", "new_code": "0201033"}, (["Gromadka"], [])),
        (
            "merge",
            {"sources": "0201022\n0201032 Gromadka", "target": "0201052 Nowa"},
            (["Bolesławiec", "Gromadka"], ["Nowa"]),
        ),
        ("merge", {"sources": "Ostrowice", "target": "Złocieniec"}, (["Ostrowice"], ["Złocieniec"])),
        (
            "split",
            {"municipality": "Gromadka", "goes_on": "y", "targets": "0201052 Osla"},
            (["Gromadka"], ["Osla"]),
        ),
        (
            "abolish",
            {"municipality": "Ostrowice", "targets": "3203023\n3203063"},
            (["Ostrowice"], ["Drawsko Pomorskie", "Złocieniec"]),
        ),
    ],
)
def test_each_kind_has_its_form_and_can_be_changed(visit, office, kind, fields, expected):
    page = (
        visit(as_=office).open(f"{LIST}/new/{kind}").submit("Save the draft", effective_on=IN_2019, **fields)
    )

    assert named(the_draft()) == expected
    again = page.follow("Change the draft").submit("Save the draft", legal_basis=LAW)
    assert (named(the_draft()), the_draft().legal_basis) == (expected, LAW)
    before, after = (", ".join(names) for names in expected)
    assert again.headings[0].startswith(f"{the_draft().kind.label}: {before}")
    assert again.headings[0].endswith(f" → {after or the_draft().outcome}")


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        (
            "rename",
            {"municipality": "Bolesławiec", "new_name": "Osla"},
            (
                "“Bolesławiec” may be several: 0201011 Bolesławiec (urban municipality, bolesławiecki county); "
                "0201022 Bolesławiec (rural municipality, bolesławiecki county). Enter the code instead of the name."
            ),
        ),
        (
            "rename",
            {"municipality": "Nigdzie", "new_name": "Osla"},
            "No municipality is found for “Nigdzie”. Enter its code of seven digits.",
        ),
        (
            "rename",
            {"municipality": "Gromadka", "new_name": "Gromadka"},
            "The municipality is called and coded so already. Enter what will be different.",
        ),
        (
            "split",
            {"municipality": "Gromadka", "goes_on": "y", "targets": "Osla"},
            "“Osla” is not a new municipality. Enter a code of seven digits and the name, such as: 3203072 Nowa Wieś",
        ),
        (
            "merge",
            {"sources": "Ostrowice\nZłocieniec", "target": "Złocieniec"},
            "Złocieniec cannot become part of itself. Name another municipality that takes its place.",
        ),
        ("code", {"municipality": "Gromadka", "new_code": "0201039"}, "0201039 is no code of a municipality"),
    ],
)
def test_a_form_that_is_not_right_says_what_to_do(visit, office, kind, fields, sentence):
    page = visit(as_=office).open(f"{LIST}/new/{kind}")

    again = page.submit("Save the draft", effective_on=IN_2019, expect=422, **fields)

    assert sentence in again.text
    assert list(drafts()) == []


def test_of_a_file_that_is_cut_off_nothing_is_taken(visit, office):
    page = visit(as_=office).open(f"{LIST}/take-in")

    again = page.submit("Take it in", file=Upload(AFTER.read_bytes(), "TERC.csv", "text/csv"), expect=422)

    assert "municipalities would end, more than 2 %" in again.text
    assert list(drafts()) == []


def test_a_file_of_another_kind_is_refused(visit, office):
    page = visit(as_=office).open(f"{LIST}/take-in")

    again = page.submit("Take it in", file=Upload(b"nothing", "TERC.csv", "text/csv"), expect=422)

    assert "Line 1: The columns are not named here" in again.text


def test_what_is_to_be_decided_is_asked_before_it_can_be_applied(visit, office, make):
    make.partnership("Cyfrowe Ostrowice", municipality=unit("3203052"), leader=make.user("Ewa Lis"))
    make.partnership("Drawsko w sieci", municipality=unit("3203023"), leader=make.user("Jan Bór"))
    change = draft_change(
        ChangeKind.ABOLISH, effective_on=IN_2019, legal_basis=LAW, sources=[Part(unit("3203052"))],
        targets=[Part(unit("3203023")), Part(unit("3203063"))], actor=office,
    )  # fmt: skip
    db.session.commit()

    page = visit(as_=office).open(f"{LIST}/{change.id}")

    assert "Apply the change" not in page.buttons
    decided = page.submit("Save the decisions")
    assert "Cyfrowe Ostrowice, Ostrowice: merges into Drawsko w sieci" in decided.text
    done = decided.submit("Apply the change")
    assert "Carried out" in done.text
    assert done.links["Drawsko Pomorskie (urban-rural municipality, drawski county)"] == (
        f"/municipalities/{unit('3203023').id}"
    )


def test_a_change_to_come_has_no_button_to_apply_it(visit, office):
    change = draft_change(
        ChangeKind.RENAME, effective_on=date(2027, 1, 1), legal_basis=None,
        sources=[Part(unit("0201032"), new_name="Osla")], actor=office,
    )  # fmt: skip
    db.session.commit()

    page = visit(as_=office).open(f"{LIST}/{change.id}")

    assert "It holds from 1 Jan 2027: apply it on that day or later." in page.text
    assert "Apply the change" not in page.buttons


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("9903023", "No county has the code 9903."),
        ("3203063", "The code 3203063 belongs to Złocieniec (urban-rural municipality, drawski county)."),
    ],
)
def test_a_code_that_cannot_be_given_is_named_before_anybody_applies_it(visit, office, code, sentence):
    form = visit(as_=office).open(f"{LIST}/new/code")

    page = form.submit(
        "Save the draft", effective_on=IN_2019, municipality="Drawsko Pomorskie", new_code=code
    )

    assert "It cannot be applied as it is" in page.text
    assert sentence in page.text
    assert "Apply the change" not in page.buttons


def test_a_code_that_becomes_free_with_the_change_itself_is_no_obstacle(visit, office):
    form = visit(as_=office).open(f"{LIST}/new/merge")

    page = form.submit(
        "Save the draft", effective_on=IN_2019, sources="Ostrowice\nZłocieniec", target="3203063 Nowa"
    )

    assert "It cannot be applied as it is" not in page.text
    assert "Apply the change" in page.buttons


def test_a_draft_can_be_discarded(visit, office):
    change = draft_change(
        ChangeKind.RENAME, effective_on=IN_2019, legal_basis=None,
        sources=[Part(unit("0201032"), new_name="Osla")], actor=office,
    )  # fmt: skip
    db.session.commit()

    page = visit(as_=office).open(f"{LIST}/{change.id}").submit("Discard the draft")

    assert ("The draft is discarded." in page.text, list(drafts())) == (True, [])


def test_those_that_touch_nobody_are_applied_with_one_button(visit, office):
    for code, name in (("0201032", "Osla"), ("3203052", "Ostrowice Nowe")):
        draft_change(
            ChangeKind.RENAME, effective_on=IN_2019, legal_basis=None,
            sources=[Part(unit(code), new_name=name)], actor=office,
        )  # fmt: skip
    db.session.commit()

    page = visit(as_=office).open(LIST).submit("Apply those that touch nobody")

    assert "2 changes are applied." in page.text
    assert visit(as_=office).open(LIST, status="applied").tables[0][1][0] == "Ostrowice Change of name"


def test_a_change_that_was_undone_is_listed_as_such(visit, office):
    change = draft_change(
        ChangeKind.RENAME, effective_on=IN_2019, legal_basis=None,
        sources=[Part(unit("0201032"), new_name="Osla")], actor=office,
    )  # fmt: skip
    apply_change(change, actor=office)
    db.session.commit()
    visitor = visit(as_=office)
    visitor.open(f"{LIST}/{change.id}").submit("Undo the change")

    assert visitor.open(LIST, status="undone").tables[0][1][1] == "Osla"
    assert change.status is ChangeStatus.UNDONE


def test_the_list_asks_the_database_the_same_for_one_and_for_three(visit, office, count_queries):
    visitor, counts = visit(as_=office), []
    for number, code in enumerate(("0201032", "3203052", "3203063")):
        draft_change(
            ChangeKind.RENAME, effective_on=IN_2019, legal_basis=None,
            sources=[Part(unit(code), new_name=f"Nowa {number}")], actor=office,
        )  # fmt: skip
        db.session.commit()
        db.session.expire_all()
        with count_queries() as queries:
            visitor.open(LIST)
        counts.append(queries.count)

    assert len(set(counts)) == 1, counts


def test_nobody_but_the_office_sees_that_there_are_changes(visit, make):
    page = visit(as_=make.animator()).open("/municipalities")

    assert "Changes" not in page.links
    visit(as_=make.admin()).open(LIST, expect=403)
