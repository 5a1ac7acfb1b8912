"""What a search finds for whom, and how its page shows it."""

from datetime import UTC, date, datetime

import pytest

from animators.consultations.models import ConsultationStatus, Side
from core.database import db
from core.file_kinds import FileKind
from core.searching import search_text_of
from municipalities.models import MunicipalityName
from municipalities.search import search_text
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import attach
from partnerships.models import Partnership
from plans.definitions import PlanRow
from plans.models import PlanEntry
from plans.services import flow, review, writing
from plans.workflow import PlanStatus
from tests.plan_content import annual_content, general_content
from tests.progress.advising import advised, next_step
from tests.support.documents import pdf
from tests.visit import Page
from webinars.models import Webinar, WebinarStatus
from webinars.models import search_text as words_of_webinar

THEN = datetime(2026, 4, 10, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def told(page: Page) -> dict[str, list[str]]:
    """Kind -> what was found of it, as it is read."""
    return {
        section.find("h2").text_content().split()[0]: [
            " ".join(item.text_content().split())
            for item in section.iter("li")
            if item.getparent().get("class") == "found-list"
        ]
        for section in page.tree.xpath("//section[@class='found']")
    }


@pytest.fixture
def search(visit):
    def look(person, text: str, **more: str) -> dict[str, list[str]]:
        return told(visit(as_=person).open("/search", q=text, **more))

    return look


# --- Municipalities --------------------------------------------------------------------------------------


def test_municipalities_are_found_without_accents_by_their_beginning_and_by_their_code(make, search):
    make.municipality("Łódź", code="1061011")
    make.municipality("Włodzimierz", code="1061022")
    person = make.user()

    found = [search(person, text) for text in ("lodz", "łÓ", "1061011", "10 61 01 1")]

    assert found == [{"Municipalities": ["Łódź (rural municipality, opolski county) 1061011"]}] * 4


def test_a_municipality_is_found_by_the_name_that_it_had(make, search):
    place = make.municipality("Nowa Wola", code="1602022")
    place.names.append(MunicipalityName(name="Żabie Doły", slug="zabie-doly", valid_to=date(2020, 12, 31)))
    place.search_text = search_text(["Nowa Wola", "Żabie Doły"], ["1602022"])
    db.session.commit()

    assert search(make.user(), "zabie") == {
        "Municipalities": ["Nowa Wola (rural municipality, opolski county) 1602022, formerly Żabie Doły"]
    }


def test_the_municipality_leads_to_its_partnership_for_whom_it_opens(make, visit):
    partnership = make.partnership(municipality=make.municipality("Lubań", code="1602022"))
    name = "Lubań (rural municipality, opolski county)"

    links = [
        visit(as_=person).open("/search?q=luban").links[name]
        for person in (partnership.leader(date(2026, 4, 15)), make.office(), make.user())
    ]

    own, public = f"/partnerships/{partnership.id}", f"/municipalities/{partnership.municipality_id}"
    assert links == [own, own, public]


def test_the_name_of_a_partnership_finds_its_municipality_for_its_people_only(make, search):
    partnership = make.partnership("Cyfrowa Dolina", municipality=make.municipality("Lubań"))

    assert [list(search(person, "dolina")) for person in (make.office(), partnership.leader(date(2026, 4, 15)), make.user())] == [
        ["Municipalities"], ["Municipalities"], [],
    ]  # fmt: skip


# --- People and organisations ----------------------------------------------------------------------------


def test_people_find_those_around_their_partnerships_and_the_office_everybody(make, search):
    leader, animator = make.user("Ewa Żak"), make.animator("Jan Żak")
    partnership = make.partnership(leader=leader, animator=animator)
    deputy, former = make.user("Ola Żak"), make.user("Zofia Żak")
    make.term(partnership, deputy)
    make.term(partnership, former, ends_on=date(2026, 4, 14))
    make.user("Piotr Żak", email="p@zak.example")

    found = {
        who: search(person, "zak").get("People", [])
        for who, person in {
            "leader": leader,
            "animator": animator,
            "admin": make.admin(),
            "nobody": make.user(),
        }.items()
    }

    assert found == {
        "leader": ["Ewa Żak", "Jan Żak", "Ola Żak"],
        "animator": ["Ewa Żak", "Jan Żak", "Ola Żak"],
        "admin": [f"{one.name} {one.email}" for one in (leader, animator, deputy)] + ["Piotr Żak p@zak.example", f"Zofia Żak {former.email}"],
        "nobody": [],
    }  # fmt: skip


def test_organisations_are_found_by_whom_their_partnership_opens(make, search):
    partnership = make.partnership(municipality=make.municipality("Lubań"))
    make.member(partnership, make.organisation("OSP „Łąka”", municipality=partnership.municipality))
    leader, other = partnership.leader(date(2026, 4, 15)), make.partnership().leader(date(2026, 4, 15))

    found = [search(person, "laka") for person in (leader, make.office(), other)]

    assert found == [{"Organisations": ["OSP „Łąka” library, Lubań"]}] * 2 + [{}]


# --- Plans and remarks -----------------------------------------------------------------------------------


SECOND_NEED = general_content(2026).rows("needs")[1]


def written(make, status: PlanStatus, text: str):
    need = PlanRow(
        "row-n1-0001",
        {
            "need_code": "N1",
            "need_text": text,
            "need_area": "exclusion",
            "evidence": "Ankieta",
            "priority": 1,
        },
    )
    partnership = make.partnership(municipality=make.municipality("Lubań"))
    return make.general_plan(
        status, partnership=partnership, content=general_content(2026, needs=(need, SECOND_NEED))
    )


def test_a_row_of_a_draft_is_found_by_its_authors_and_the_office_but_not_by_the_animator(make, search, visit):
    plan = written(make, PlanStatus.DRAFT, "Seniorzy z Łąki nie mają tabletów")
    day = date(2026, 4, 15)
    leader, animator = plan.partnership.leader(day), plan.partnership.animator(day)

    found = [search(person, "lak tablet") for person in (leader, make.office(), animator, make.user())]
    link = visit(as_=leader).open("/search?q=tablet").links["General plan 2026–2028: Lubań"]

    line = "General plan 2026–2028: Lubań Needs Seniorzy z Łąki nie mają tabletów"
    assert found == [{"Plans": [line]}, {"Plans": [line]}, {}, {}]
    assert link == f"/plans/{plan.id}#row-row-n1-0001"


def test_while_a_plan_is_changed_its_animator_finds_what_was_handed_over_last(make, search):
    before = written(make, PlanStatus.RETURNED, "Dawny tekst")
    day = date(2026, 4, 15)
    leader, animator = before.partnership.leader(day), before.partnership.animator(day)
    now = flow.revise_plan(before, actor=leader)
    changed = PlanRow("row-n1-0001", {**before.rows.rows("needs")[0].values, "need_text": "Nowy zapis"})
    writing.replace_rows(now, general_content(2026, needs=(changed, SECOND_NEED)))
    db.session.commit()

    assert [[bool(search(person, text)) for text in ("dawny", "zapis")] for person in (leader, animator)] == [
        [False, True],
        [True, False],
    ]


def test_an_annual_plan_is_found_by_its_authors_and_by_the_animator_once_it_is_shared(make, search):
    plan = make.annual_plan()
    title = annual_content(2026).rows("trainings")[0].values["title"]
    word, day = str(title).split()[-1], date(2026, 4, 15)
    people = [plan.partnership.leader(day), plan.partnership.animator(day), make.office()]

    before = ["Plans" in search(person, word) for person in people]
    plan.plan.shared_with_animator = True
    db.session.commit()

    assert before == [True, False, False]
    assert ["Plans" in search(person, word) for person in people] == [True, True, False]


def test_a_remark_is_found_once_it_is_sent(make, search):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    day = date(2026, 4, 15)
    leader, animator = plan.partnership.leader(day), plan.partnership.animator(day)
    make.comment(plan, "Skąd te proporcje?")

    before = [search(person, "proporcj") for person in (leader, animator, make.office())]
    review.return_plan(plan, note="Prośba", actor=animator)
    db.session.commit()

    after = [
        search(person, "proporcj").get("Remarks") for person in (leader, animator, make.office(), make.user())
    ]
    line = [f"Remark on General plan 2026–2028: {plan.partnership.municipality.name} Skąd te proporcje?"]
    assert before == [{}] * 3
    assert after == [line, line, line, None]


# --- Consultations, webinars, files ----------------------------------------------------------------------


def test_consultations_are_found_by_what_was_written_and_agreed_there(make, search):
    partnership = make.partnership(municipality=make.municipality("Lubań"))
    talk = advised(partnership, THEN, summary="O dostępności świetlicy")
    next_step(talk, "Zamówić rzutnik", Side.LEADER)
    advised(partnership, THEN, ConsultationStatus.VOID, summary="Świetlica nigdy")
    day = date(2026, 4, 15)
    people = [partnership.leader(day), partnership.animator(day), make.office(), make.user()]

    line = "Phone, Lubań 10 Apr 2026"
    assert [search(person, "swietlic").get("Visits") for person in people] == [
        [f"{line} O dostępności świetlicy"]
    ] * 3 + [None]
    assert [search(person, "rzutnik").get("Visits") for person in people] == [[line]] * 3 + [None]


def test_drafts_of_webinars_are_found_by_the_office_only(make, search):
    for title, status in (("Hasła i żółwie", WebinarStatus.ANNOUNCED), ("Hasła dwa", WebinarStatus.DRAFT)):
        db.session.add(
            Webinar(
                title=title, starts_at=THEN, minutes=60, status=status, search_text=words_of_webinar(title)
            )
        )
    db.session.commit()

    assert search(make.user(), "hasla") == {"Webinars": ["Hasła i żółwie 10 Apr 2026"]}
    assert search(make.office(), "hasla") == {
        "Webinars": ["Hasła i żółwie 10 Apr 2026", "Hasła dwa Draft 10 Apr 2026"]
    }


def kept_file(partnership: Partnership, file_class: FileClass, title: str) -> Attachment:
    made = attach(
        partnership, data=pdf(words=title), name=f"{title}.pdf", title=title, file_class=file_class,
        actor=partnership.leader(date(2026, 4, 15)) or partnership.terms[0].user,
    )  # fmt: skip
    db.session.commit()
    return made


def test_files_are_found_by_name_and_evidence_by_nobody(make, search):
    partnership = make.partnership(municipality=make.municipality("Lubań"))
    found = kept_file(partnership, FileClass.PARTNERSHIP, "Protokół z narady")
    kept_file(partnership, FileClass.EVIDENCE, "Protokół z listą")
    day = date(2026, 4, 15)

    told_to = [
        search(person, "protokol")
        for person in (partnership.leader(day), partnership.animator(day), make.office())
    ]

    assert found.kind is FileKind.PDF
    assert told_to == [{"Files": ["Protokół z narady Lubań, Protokół z narady.pdf, 15 Apr 2026"]}] * 3
    assert search(make.user(), "protokol") == {}


# --- The page --------------------------------------------------------------------------------------------


def test_each_kind_shows_five_with_its_count_and_leads_to_the_rest(make, visit):
    for number in range(27):
        make.municipality(f"Dolina {chr(97 + number % 26)}{number}")

    page = visit(as_=make.user()).open("/search?q=dolina")
    rest = page.follow("All 27: Municipalities")
    last = rest.follow("2", expect=200) if "2" in rest.links else rest.follow("Page 2")

    assert page.headings[:2] == ["Search", "Municipalities 27"]
    assert [len(told(one)["Municipalities"]) for one in (page, rest, last)] == [5, 25, 2]


@pytest.mark.parametrize(
    "text", ["", " ", "x", "%", "__", "'", '"', "\\", "a" * 5000, "żółć " * 200, "100%", "a_b", "/"]
)
def test_whatever_is_typed_has_an_answer(make, visit, text):
    page = visit(as_=make.office()).open("/search", q=text)

    assert page.headings[0] == "Search"
    assert told(page) == {}


def test_signs_that_mean_something_to_a_database_mean_nothing_here(make, search):
    make.user("Ewa Nowak", email="e_nowak@gromada.example")
    make.user("Jan Nowak", email="exnowak@gromada.example")

    assert search(make.office(), "e_nowak@") == {"People": ["Ewa Nowak e_nowak@gromada.example"]}


def test_more_to_find_asks_no_more_questions(make, visit, count_queries):
    animator = make.animator("Ala Łan")

    def more(number: int) -> None:
        plan = written(make, PlanStatus.SUBMITTED, "Łan zboża")
        plan.partnership.municipality.search_text += f" lan {number}"
        make.assignment(make.municipality(f"Łan {number}"), animator)
        advised(make.partnership(animator=animator), THEN, summary="Łan")
        db.session.commit()

    more(1)
    visitor = visit(as_=animator)
    visitor.open("/search?q=lan")
    with count_queries() as one:
        visitor.open("/search?q=lan")
    more(2)
    more(3)
    with count_queries() as three:
        page = visitor.open("/search?q=lan")

    assert three.count == one.count, str(three)
    assert three.count <= 6, str(three)
    assert len(told(page)["Visits"]) == 3


def test_every_page_of_somebody_signed_in_has_the_search(make, visit):
    page = visit(as_=make.user()).open("/account")

    assert page.tree.xpath("//header//form[@role='search']/@action") == ["/search"]
    assert page.links["Search"] == "/search"
    assert visit().open("/en/").tree.xpath("//header//form[@role='search']") == []


def test_what_is_searched_follows_a_change_and_only_a_change(make):
    plan = written(make, PlanStatus.DRAFT, "Pierwszy")
    entry = db.session.query(PlanEntry).filter_by(row_uid="row-n1-0001").one()

    assert entry.search_text == search_text_of(PlanEntry, {"values": entry.values})
    entry.values = {**entry.values, "need_text": "Żółta gęś"}
    db.session.commit()

    assert "zolta ges" in entry.search_text
    plan.partnership.name = "Nowa nazwa"
    db.session.commit()
    assert plan.partnership.search_text == "nowa nazwa"
