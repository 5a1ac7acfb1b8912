"""Rows pasted from a spreadsheet: seen first, added then, read as an upload would read them."""

from core.database import db
from plans.workflow import PlanStatus
from tests.plans.editing.test_writing_rows import N1, N2, needs
from tests.plans.test_flow import leader_of

FIRST = "Młodzież nie zna e-usług\tinformacje i dane\tRozmowy w szkole\t2"
SECOND = "Seniorzy boją się oszustw\tbezpieczeństwo\tAnkieta\t1"
PESEL = "44051401359"


def paste_page(visit, version, sheet="needs"):
    return visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/{sheet}/paste")


def pasted(visit, version, text, sheet="needs"):
    return paste_page(visit, version, sheet).submit("Check what would be added", expect=200, cells=text)


def added(version):
    return [values for uid, values in needs(version).items() if uid not in {N1, N2}]


def test_nothing_is_added_before_it_was_seen(make, visit):
    version = make.general_plan()

    page = pasted(visit, version, f"{FIRST}\r\n{SECOND}\r\n")

    assert page.tables == [
        [
            ["Row", "Need", "Area", "Source", "Priority (1–5)"],
            ["1", "Młodzież nie zna e-usług", "information and data", "Rozmowy w szkole", "2"],
            ["2", "Seniorzy boją się oszustw", "safety", "Ankieta", "1"],
        ]
    ]
    assert added(version) == []


def test_what_was_seen_is_added_behind_the_rows_that_are_there(make, visit):
    version = make.general_plan()

    page = pasted(visit, version, f"{FIRST}\n{SECOND}").submit("Add 2 rows")

    assert added(version) == [
        {"need_code": "N3", "need_text": "Młodzież nie zna e-usług", "need_area": "information",
         "evidence": "Rozmowy w szkole", "priority": 2},
        {"need_code": "N4", "need_text": "Seniorzy boją się oszustw", "need_area": "safety", "evidence": "Ankieta",
         "priority": 1},
    ]  # fmt: skip
    assert "2 rows are added." in page.text


def test_a_line_of_names_says_in_which_order_the_columns_stand(make, visit):
    version = make.general_plan()

    pasted(visit, version, "Priorytet (1–5)\tcoś\tOpis potrzeby\n3\tx\tBrak sprzętu").submit("Add this row")

    assert added(version) == [{"need_code": "N3", "need_text": "Brak sprzętu", "priority": 3}]


def test_a_cell_that_cannot_be_read_is_left_out_and_the_rest_goes_on(make, visit):
    version = make.general_plan()

    page = pasted(visit, version, "Brak sprzętu\tsprzęt i sieć\tAnkieta\tdużo")
    assert "One cell cannot be taken and is left out." in page.text
    assert "“dużo” is not a number." in page.text
    page.submit("Add this row")

    assert [one.get("priority") for one in added(version)] == [None]


def test_personal_data_are_left_out_and_not_shown_again(make, visit, caplog):
    version = make.general_plan()

    page = pasted(visit, version, f"Brak sprzętu\tsprzęt i sieć\tJan, {PESEL}\t2")
    assert "A PESEL number stands here" in page.text
    assert PESEL not in page.html + caplog.text
    page.submit("Add this row")

    assert added(version) == [
        {"need_code": "N3", "need_text": "Brak sprzętu", "need_area": "hardware_network", "priority": 2}
    ]


def test_a_list_of_names_is_left_out(make, visit):
    version = make.general_plan()
    names = ("Anna Kowalska", "Jan Nowak", "Ewa Wiśniewska", "Piotr Zieliński", "Maria Lewandowska")

    page = pasted(
        visit, version, "\n".join(f"Potrzeba {number}\t\t{name}" for number, name in enumerate(names))
    )
    page.submit("Add 5 rows")

    assert not any(name in page.html for name in names)
    assert [set(one) for one in added(version)] == [{"need_code", "need_text"}] * 5


def test_a_cell_with_a_line_break_and_a_lone_quotation_mark_are_both_read(make, visit):
    version = make.general_plan()

    pasted(visit, version, '"Pierwsza\nlinia ""Pod Lasem"""\tsprzęt i sieć').submit("Add this row")
    pasted(visit, version, 'Ekran 10"\tsprzęt i sieć').submit("Add this row")

    assert [one["need_text"] for one in added(version)] == ['Pierwsza\nlinia "Pod Lasem"', 'Ekran 10"']


def test_a_code_that_is_taken_is_given_anew(make, visit):
    version = make.general_plan()

    pasted(visit, version, "Kod\tOpis potrzeby\nN1\tBrak sprzętu").submit("Add this row")

    assert [one["need_code"] for one in added(version)] == ["N3"]


def test_an_empty_paste_and_a_huge_one_are_refused(make, visit):
    version = make.general_plan()
    page = paste_page(visit, version)

    empty = page.submit("Check what would be added", expect=422, cells="\t\t\n")
    huge = page.submit("Check what would be added", expect=422, cells="x\ty\n" * 201)

    assert "Paste at least one row" in empty.text
    assert "Paste at most 200 rows at once, or upload the workbook" in huge.text


def test_markup_in_a_pasted_cell_stays_text(make, visit):
    version = make.general_plan()

    page = pasted(visit, version, "<script>alert(1)</script></textarea>\tsprzęt i sieć")

    assert "<script>alert" not in page.html


def test_nothing_is_pasted_into_a_submitted_plan_or_the_sheet_of_one_record(make, visit):
    version = make.general_plan()
    page = pasted(visit, version, FIRST)
    record = paste_page(visit, version, "metadata")
    version.status = PlanStatus.SUBMITTED
    version.content_hash = "0" * 64
    db.session.commit()

    after = page.submit("Add this row")

    assert record.url.endswith("/edit/metadata")
    assert after.url.endswith(f"/plans/{version.id}")
    assert added(version) == []


def test_many_rows_keep_their_order_and_one_of_nothing_but_refused_cells_is_no_row(make, visit):
    version = make.general_plan()
    texts = [f"Potrzeba {number}" for number in range(1, 13)]

    pasted(visit, version, "\n".join([*texts, f"Jan, {PESEL}"])).submit("Add 12 rows")

    assert [one["need_text"] for one in added(version)] == texts
