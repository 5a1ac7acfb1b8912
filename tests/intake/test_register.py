"""The office brings a list of municipalities with leaders and animators, and takes the register away."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import User
from accounts.roles import Role
from core import jobs
from core.audit import AuditEvent, AuditPersonal
from core.database import db
from intake.models import ImportState, RecordImport
from municipalities.models import MunicipalityKind
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership, PartnershipMember
from partnerships.workflow import PartnershipStatus
from tests.intake.workbooks import changed, table, upload, workbook

HEAD = (
    "Territorial code", "Municipality", "Partnership", "Founded on", "Leader: name", "Leader: e-mail",
    "Leader: organisation", "Leader: type of organisation", "Animator: e-mail",
)  # fmt: skip
TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office(make, visit):
    return visit(as_=make.office("Biuro"))


def bring(office, data: bytes, kind: str = "register"):
    return office.open("/office/files").submit("Check the workbook", kind=kind, file=upload(data))


def row(code: str, name: str = "", *rest: object) -> tuple[object, ...]:
    return (code, name, *rest, *[None] * (len(HEAD) - 2 - len(rest)))


def figures(page) -> dict[str, int]:
    labels = [" ".join(one.text_content().split()) for one in page.tree.find_class("figure-label")]
    values = [int("".join(one.text_content().split())) for one in page.tree.find_class("figure-value")]
    return dict(zip(labels, values, strict=True))


def problems(page) -> list[str]:
    """Where and what, of everything found."""
    found = []
    for one in page.tree.find_class("finding"):
        cells = [cell.text_content() for cell in one.find_class("cell")]
        told = " ".join(one.find_class("finding-problem")[0].text_content().split())
        found.append(f"{' '.join(cells)} {told}".strip())
    return found


def test_a_list_becomes_partnerships_with_leaders_and_animators(make, office):
    dobra, wola = make.municipality("Dobra", code="1601012"), make.municipality("Wola", code="1601022")
    animator = make.animator("Anna Lis")
    page = bring(office, workbook(
        HEAD,
        row("1601012", "Dobra", "Cyfrowa Dobra", "15.03.2026", "Jan Lis", "jan@dobra.example", "Biblioteka w Dobrej",
            "biblioteka", animator.email),
        row("1601022", "Wola"),
    ))  # fmt: skip
    assert figures(page) == {"To correct": 0, "New": 2, "Changed": 0, "Unchanged": 0, "Not in the file": 0}
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0

    result = page.submit("Apply the file")

    assert "2 new, 0 changed" in result.text
    first, second = db.session.scalars(select(Partnership).order_by(Partnership.id)).all()
    assert (first.municipality, first.name, first.founded_on, first.status) == (
        dobra, "Cyfrowa Dobra", date(2026, 3, 15), PartnershipStatus.FORMING,
    )  # fmt: skip
    assert (second.municipality, second.founded_on, second.status) == (wola, None, PartnershipStatus.PLANNED)
    leader = first.leader(TODAY)
    assert (leader.name, leader.email, leader.password_hash) == ("Jan Lis", "jan@dobra.example", None)
    assert [(one.organisation.name, one.role, one.joined_on) for one in first.members] == [
        ("Biblioteka w Dobrej", "leader", date(2026, 3, 15))
    ]
    assert (first.animator(TODAY), second.animator(TODAY)) == (animator, None)


def test_what_was_entered_is_told_in_the_history_as_if_typed(make, office):
    make.municipality("Dobra", code="1601012")
    animator = make.animator("Anna Lis")
    data = workbook(
        HEAD,
        row("1601012", "", "Dobra", date(2026, 3, 1), "Jan Lis", "j@d.example", "OSP", "OSP", animator.email),
    )

    bring(office, data).submit("Apply the file")

    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.story_kind == "partnership").order_by(AuditEvent.id)
    ).all()
    assert [(one.event, one.record_kind) for one in events] == [
        ("partnership.founded", "partnership"),
        ("partnership.member_joined", "partnership_member"),
        ("partnership.leader_appointed", "leader_term"),
        ("partnership.animator_assigned", "partnership"),
    ]
    personal = {one.event_id: one.data for one in db.session.scalars(select(AuditPersonal))}
    assert personal[events[2].id] == {"note": "Jan Lis"}
    assert all("Jan" not in str(one.data) for one in events)


def test_the_same_file_again_changes_nothing(make, office):
    make.municipality("Dobra", code="1601012")
    data = workbook(HEAD, row("1601012", "", "Dobra", "01.03.2026", "Jan Lis", "j@d.example"))
    bring(office, data).submit("Apply the file")

    again = bring(office, data)

    assert figures(again) == {"To correct": 0, "New": 0, "Changed": 0, "Unchanged": 1, "Not in the file": 0}
    assert "Nothing would change" in again.headings
    assert "Apply the file" not in again.buttons


def test_export_and_import_without_changes_give_an_empty_difference(make, office):
    for name in ("Dobra", "Łękawica", "Żółta Gęś"):
        partnership = make.partnership(municipality=make.municipality(name))
        make.member(partnership)
    make.partnership(led=False, advised=False, status=PartnershipStatus.PLANNED)
    exported = office.open("/office/register.xlsx").data
    assert [line[1] for line in table(exported)[1:]][:2] == ["Dobra", "Gmina 13"] or len(table(exported)) == 5

    page = bring(office, exported)

    assert figures(page) == {"To correct": 0, "New": 0, "Changed": 0, "Unchanged": 4, "Not in the file": 0}
    assert problems(page) == ["These columns are not read: Status, Members."]


def test_an_export_is_remembered_with_its_size(make, office):
    make.partnership()

    office.open("/office/register.xlsx")

    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "import.exported")).all()
    assert event.data == {"kind": "register", "rows": 1}


def test_what_differs_is_shown_old_and_new_and_only_that_changes(make, office):
    partnership = make.partnership("Stara nazwa", municipality=make.municipality("Dobra", code="1601012"))
    other = make.partnership(municipality=make.municipality("Wola", code="1601022"))
    former, new = partnership.animator(TODAY), make.animator("Ewa Nowa")
    data = workbook(HEAD, row("1601012", "Dobra", "Nowa nazwa", *[None] * 5, new.email))

    page = bring(office, data)

    assert figures(page) == {"To correct": 0, "New": 0, "Changed": 1, "Unchanged": 0, "Not in the file": 1}
    changes = page.tree.get_element_by_id("changes")
    assert [(one.text_content()) for one in changes.iter("del", "ins")] == [
        "Stara nazwa", "Nowa nazwa", former.name, "Ewa Nowa",
    ]  # fmt: skip
    page.submit("Apply the file")
    db.session.expire_all()
    assert (partnership.name, partnership.row_version) == ("Nowa nazwa", 2)
    assert partnership.animator(TODAY) == new
    assert partnership.animator(TODAY - timedelta(days=1)) == former
    assert other.row_version == 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (row("9999999"), "A2 Territorial code: No municipality has the code 9999999."),
        (row("abc"), "A2 Territorial code: “abc” cannot be read."),
        (row("1601012", "Wola"), "B2 Municipality: The code belongs to Dobra (1601012), not to “Wola”."),
        (row("", "Dobraa"), "B2 Municipality: No municipality is called “Dobraa”."),
        (row("1601012", "", "", "31.02.2026"), "D2 Founded on: “31.02.2026” cannot be read."),
        (row("1601012", "", "", "15.05.2026"), "D2 Founded on: The founding lies in the future. Leave the day empty until it has happened."),
        (row("1601012", "", "", "", "Jan Lis"), "F2 Leader: e-mail: A leader needs a name and an e-mail address."),
        (row("1601012", "", "", "", "Jan Lis", "jan.dobra"), "F2 Leader: e-mail: “jan.dobra” cannot be read."),
        (row("1601012", *[None] * 7, "nikt@x.example"), "I2 Animator: e-mail: No animator has this name or address."),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named_with_what_is_wrong(make, office, cells, told):
    make.municipality("Dobra", code="1601012")

    assert told in problems(bring(office, workbook(HEAD, cells)))


def test_a_wrong_name_is_answered_by_the_nearest_with_its_code(make, office):
    make.municipality("Żółta Gęś", code="1601012")

    page = bring(office, workbook(HEAD, row("", "Zolta Ges1")))

    assert "Perhaps you mean: Żółta Gęś (rural municipality, opolski county): 1601012." in page.text


def test_twins_are_never_told_apart_by_their_name_alone(make, office):
    near, far = make.county("brzeski"), make.county("nyski")
    make.municipality("Dobra", code="1601012", county=near)
    twin = make.municipality("Dobra", code="1607022", county=far)
    make.municipality("Dobra", code="1607011", county=far, kind=MunicipalityKind.URBAN)
    head = ("Gmina", "Powiat", "Typ gminy", "Nazwa partnerstwa")
    data = workbook(head, ("Dobra", None, None, "A"), ("Dobra", "powiat nyski", "wiejska", "B"))

    page = bring(office, data)

    assert problems(page) == ["A2 Municipality: 3 municipalities are called “Dobra”."]
    page.submit("Apply the rest")
    (entered,) = db.session.scalars(select(Partnership)).all()
    assert (entered.name, entered.municipality_id) == ("B", twin.id)


def test_a_leading_zero_that_a_spreadsheet_dropped_is_put_back(make, office):
    place = make.municipality(
        "Bolesławiec",
        code="0201011",
        county=make.county("bolesławiecki", voivodeship=make.voivodeship("dolnośląskie", code="02")),
    )

    bring(office, workbook(HEAD, row(201011))).submit("Apply the file")  # type: ignore[arg-type]  # a number, as Excel has it

    assert db.session.scalars(select(Partnership.municipality_id)).all() == [place.id]


def test_a_second_leader_is_refused_in_a_sentence_and_the_rest_goes_on(make, office):
    partnership = make.partnership("A", municipality=make.municipality("Dobra", code="1601012"))
    leader = partnership.leader(TODAY)
    page = bring(office, workbook(HEAD, row("1601012", "", "B", "", "Ewa Nowa", "ewa@d.example")))
    assert problems(page) == ["F2 Leader: e-mail: Dobra (1601012) has another leader already."]

    page.submit("Apply the rest")

    db.session.expire_all()
    assert (partnership.name, partnership.leader(TODAY)) == ("B", leader)


def test_a_municipality_named_twice_counts_once(make, office):
    make.municipality("Dobra", code="1601012")

    page = bring(office, workbook(HEAD, row("1601012", "", "A"), row("1601012", "", "B")))

    assert problems(page) == ["B3 Municipality: The same as in row 2. The row is left out."]
    assert figures(page)["New"] == 1


def test_nobody_is_invited_unless_the_office_says_so(make, office, outbox):
    make.municipality("Dobra", code="1601012")

    bring(office, workbook(HEAD, row("1601012", "", "A", "", "Jan Lis", "jan@d.example"))).submit(
        "Apply the file"
    )

    assert outbox() == []


def test_invitations_go_out_by_the_job_each_once(make, office, outbox, app):
    known = make.user("Ewa Znana", email="ewa@d.example", password="koza zielony rower 77")
    make.municipality("Dobra", code="1601012")
    make.municipality("Wola", code="1601022")
    page = bring(office, workbook(
        HEAD,
        row("1601012", "", "A", "", "Jan Lis", "jan@d.example"),
        row("1601022", "", "B", "", "Ewa Znana", "ewa@d.example"),
    ))  # fmt: skip
    assert "2 new leaders." in page.text
    applied = page.submit("Apply the file", invite=True)
    assert "0 sent, 2 to go" in applied.text
    assert applied.response.headers["Refresh"] == "2"

    run(app)
    run(app)

    assert [(one.to_address, one.dedupe_key.split(":")[0]) for one in outbox()] == [
        ("jan@d.example", "invitation"),
        (known.email, "you_lead"),
    ] or len(outbox()) == 2
    assert "Invitations and notices sent: 2." in office.open(applied.url).text


def run(app) -> None:
    db.session.commit()
    jobs.run_once(app, app.extensions["gromada_jobs"]["intake.apply"])


def test_a_long_list_is_applied_by_the_job_with_progress(make, office, app):
    codes = [f"16{number:04d}2" for number in range(1000, 1310)]
    for code in codes:
        make.municipality(f"G{code}", code=code)
    page = bring(office, workbook(HEAD, *(row(code) for code in codes)))

    waiting = page.submit("Apply the file")

    assert "0 of 310 rows" in waiting.text
    assert waiting.response.headers["Refresh"] == "2"
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0
    run(app)
    done = office.open(waiting.url)
    assert "310 new" in done.text
    assert "Refresh" not in done.response.headers
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 310


def test_what_changed_after_the_preview_is_not_overrun(make, office):
    partnership = make.partnership("A", municipality=make.municipality("Dobra", code="1601012"))
    page = bring(office, workbook(HEAD, row("1601012", "", "B")))
    partnership.name = "C"
    db.session.commit()

    refused = page.submit("Apply the file")

    assert "Nothing was changed. Somebody changed the records after you saw this page." in refused.text
    db.session.expire_all()
    assert partnership.name == "C"
    assert refused.submit("Apply the file").text.count("1 changed") == 1


def test_a_file_is_applied_once(make, office):
    make.municipality("Dobra", code="1601012")
    page = bring(office, workbook(HEAD, row("1601012", "", "A")))
    page.submit("Apply the file")

    again = page.submit("Apply the file")

    assert "This file has been applied or put aside already." in again.text
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 1


def test_a_file_put_aside_changes_nothing_and_stays_for_the_record(make, office):
    make.municipality("Dobra", code="1601012")
    page = bring(office, workbook(HEAD, row("1601012", "", "A")))

    aside = page.submit("Put aside")

    assert "This file was put aside" in aside.headings
    (kept,) = db.session.scalars(select(RecordImport)).all()
    assert (kept.status, kept.rows) == (ImportState.DISCARDED, None)
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 0


def test_a_pesel_number_is_refused_and_kept_nowhere(make, office, app, run_folder):
    make.municipality("Dobra", code="1601012")
    page = bring(office, workbook(HEAD, row("1601012", "", "Partnerstwo 44051401458")))

    assert problems(page) == [
        "C2 Partnership: There is a PESEL number here. The cell is left out and not kept."
    ]
    (kept,) = db.session.scalars(select(RecordImport)).all()
    assert (kept.file_id, "44051401458" in str(kept.rows) + str(kept.findings)) == (None, False)
    assert not any(
        b"44051401458" in path.read_bytes()
        for path in (run_folder / "data" / "files").rglob("*")
        if path.is_file()
    )
    page.submit("Apply the rest")
    assert db.session.scalars(select(Partnership.name)).all() == ["Partnership for digital education: Dobra"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a workbook", b"%PDF-1.7", b"code;name\n1601012;A"])
def test_a_file_that_is_no_workbook_is_refused_and_not_kept(make, office, data):
    page = office.open("/office/files").submit(
        "Check the workbook", kind="register", file=upload(data or b" ")
    )

    assert "The file was not accepted" in page.headings
    (kept,) = db.session.scalars(select(RecordImport)).all()
    assert (kept.status, kept.file_id, kept.rows) == (ImportState.REFUSED, None, None)


def test_text_that_looks_like_a_formula_is_taken_and_given_back_as_text(make, office):
    make.municipality("Dobra", code="1601012")
    data = changed(workbook(HEAD, row("1601012")), C2="'=1+1")
    data = workbook(HEAD, row("1601012", "", "+48 razem"))

    bring(office, data).submit("Apply the file")

    assert table(office.open("/office/register.xlsx").data)[1][5] in ("+48 razem", "'+48 razem")


def test_the_office_alone_brings_and_takes_the_register(make, visit):
    leader = make.user()
    make.partnership(leader=leader)

    for path in ("/office/files", "/office/register.xlsx", "/office/files/templates/register.xlsx"):
        visit(as_=leader).open(path, expect=403)
        visit(as_=make.admin()).open(path, expect=403)


def test_the_template_has_every_column_and_can_be_filled_in(make, office):
    make.municipality("Dobra", code="1601012")
    blank = office.open("/office/files/templates/register.xlsx").data
    head = [str(cell).rstrip("* ") for cell in table(blank)[0]]
    assert head[:2] == ["Territorial code", "Municipality"]

    page = bring(office, changed(blank, A2="1601012", F2="Cyfrowa Dobra"))

    assert (problems(page), figures(page)["New"]) == ([], 1)


def test_queries_do_not_grow_with_the_file(make, office, count_queries):
    animator = make.animator()
    places = [make.municipality(f"G{number}") for number in range(20)]

    def counted(some) -> int:
        data = workbook(
            HEAD,
            *(
                row(
                    one.code,
                    "",
                    "",
                    "",
                    f"Jan L{one.id}",
                    f"l{one.id}@x.example",
                    "OSP",
                    "OSP",
                    animator.email,
                )
                for one in some
            ),
        )
        page = bring(office, data)
        with count_queries() as queries:
            page.submit("Apply the file")
        return queries.count

    assert counted(places[:1]) == counted(places[1:])


def test_people_who_lead_and_advise_are_told_apart_by_role(make, office):
    make.municipality("Dobra", code="1601012")
    make.holder(Role.OFFICE, "Anna Biurowa")

    page = bring(office, workbook(("Kod TERYT", "Animator"), ("1601012", "Anna Biurowa")))

    assert problems(page) == ["B2 Animator: name: No animator has this name or address."]


def test_an_animator_is_found_by_name_in_either_order_unless_two_share_it(make, office):
    make.municipality("Dobra", code="1601012")
    make.municipality("Wola", code="1601022")
    lis = make.animator("Anna Lis")
    make.animator("Jan Kos")
    make.animator("Jan Kos")

    page = bring(office, workbook(("Kod TERYT", "Animator"), ("1601012", "Lis Anna"), ("1601022", "Jan Kos")))

    assert problems(page) == ["B3 Animator: name: Several animators have this name."]
    page.submit("Apply the rest")
    assert db.session.scalars(select(AnimatorAssignment.animator_id)).all() == [lis.id]


def test_nothing_of_a_file_is_kept_when_the_database_refuses_a_part(make, office, monkeypatch):
    from intake.targets import register_writing

    make.municipality("Dobra", code="1601012")
    page = bring(
        office, workbook(HEAD, row("1601012", "", "A", "", "Jan Lis", "jan@d.example", "OSP", "OSP"))
    )

    def twice(model, rows):
        real(model, [*rows, *rows] if model is LeaderTerm else rows)

    real = register_writing.insert_rows
    monkeypatch.setattr(register_writing, "insert_rows", twice)
    refused = page.submit("Apply the file")

    assert "Nothing was changed." in refused.text
    counts = [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Partnership, LeaderTerm, PartnershipMember)
    ]
    assert counts == [0, 0, 0]
    assert db.session.scalar(select(func.count()).select_from(User).where(User.email == "jan@d.example")) == 0
