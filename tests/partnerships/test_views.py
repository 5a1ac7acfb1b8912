"""Pages that list partnerships and change them."""

from datetime import date

import pytest

from accounts.queries import person_by_email
from core.database import db
from municipalities.models import Municipality
from partnerships import services
from partnerships.models import AssignmentKind, Organisation, Partnership
from partnerships.queries import open_partnership_of
from partnerships.workflow import PartnershipStatus

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def partnership_in(municipality: Municipality) -> Partnership:
    partnership = open_partnership_of(municipality)
    assert partnership is not None
    return partnership


def first_column(page) -> list[str]:
    return [row[0] for row in page.tables[0][1:]]


# --- the list ---


def test_the_office_sees_all_others_their_own(make, visit):
    leader, animator = make.user(), make.animator()
    make.partnership("Led", municipality=make.municipality("Ćmielów"), leader=leader)
    make.partnership("Advised", municipality=make.municipality("Łask"), animator=animator)

    lists = {
        who: [cell.split(" ")[0] for cell in first_column(visit(as_=person).open("/partnerships"))]
        for who, person in {"office": make.office(), "leader": leader, "animator": animator}.items()
    }

    assert lists == {"office": ["Ćmielów", "Łask"], "leader": ["Ćmielów"], "animator": ["Łask"]}


def test_a_row_tells_who_leads_who_advises_and_how_many_belong(make, visit):
    partnership = make.partnership(
        "Cyfrowa Gęś",
        municipality=make.municipality("Żółta Gęś"),
        leader=make.user("Ewa Lis"),
        animator=make.animator("Ola Maj"),
    )
    make.member(partnership)
    make.member(partnership, left_on=YESTERDAY)

    [table] = visit(as_=make.office()).open("/partnerships").tables

    assert table[1] == [
        "Żółta Gęś rural municipality, opolski county · Cyfrowa Gęś",
        "opolskie",
        "Active",
        "Ewa Lis",
        "Ola Maj",
        "1",
        "1 Jan 2024",
    ]


def test_a_cover_stands_in_the_list_while_it_lasts(make, visit):
    partnership = make.partnership(animator=make.animator("Ola Maj"))
    cover = make.animator("Iza Cień")
    make.assignment(
        partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY
    )

    [table] = visit(as_=make.office()).open("/partnerships").tables

    assert table[1][4] == "Iza Cień"


def test_the_list_is_narrowed_by_what_is_asked(make, visit):
    elsewhere = make.county("brzeski", voivodeship=make.voivodeship("małopolskie", code="12"))
    make.partnership("Razem", municipality=make.municipality("Łódź"), leader=make.user("Ewa Ćwiek"))
    make.partnership("Wspólnie", municipality=make.municipality("Żnin", county=elsewhere), advised=False)
    make.partnership(
        "Planowane", municipality=make.municipality("Lubań"), status=PartnershipStatus.PLANNED, led=False
    )
    visitor = visit(as_=make.office())

    def found(**asked) -> list[str]:
        page = visitor.open("/partnerships", **asked)
        return [cell.split(" ")[0] for cell in first_column(page)] if page.tables else []

    assert found(q="lodz") == ["Łódź"]
    assert found(q="cwiek") == ["Łódź"]
    assert found(q="razem") == ["Łódź"]
    assert found(voivodeship="12") == ["Żnin"]
    assert found(state="planned") == ["Lubań"]
    assert found(without="leader") == ["Lubań"]
    assert found(without="animator") == ["Żnin"]
    assert found(q="nothing like this") == []
    assert found(state="no such thing", without="anything", voivodeship="") == ["Lubań", "Łódź", "Żnin"]


def test_the_list_is_sorted_by_the_polish_alphabet_and_by_each_column(make, visit):
    for name, leader, members in (("Żnin", "Adam", 0), ("Ćmielów", "Żaneta", 2), ("Lubań", "Ćwiek", 1)):
        partnership = make.partnership(municipality=make.municipality(name), leader=make.user(leader))
        for _ in range(members):
            make.member(partnership)
    visitor = visit(as_=make.office())

    def order(**asked) -> list[str]:
        return [cell.split(" ")[0] for cell in first_column(visitor.open("/partnerships", **asked))]

    assert order() == ["Ćmielów", "Lubań", "Żnin"]
    assert order(sort="-municipality") == ["Żnin", "Lubań", "Ćmielów"]
    assert order(sort="leader") == ["Żnin", "Lubań", "Ćmielów"]
    assert order(sort="-members") == ["Ćmielów", "Lubań", "Żnin"]


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_three(make, visit, count_queries):
    visitor = visit(as_=make.office())
    make.partnership()
    visitor.open("/partnerships")
    with count_queries() as one:
        visitor.open("/partnerships")

    make.partnership()
    make.partnership()
    with count_queries() as three:
        visitor.open("/partnerships")

    assert three.count == one.count, str(three)
    assert three.count <= 6, str(three)


def test_an_empty_list_teaches_the_office_to_found(make, visit):
    page = visit(as_=make.office()).open("/partnerships")

    assert "No partnership yet" in page.headings


def test_who_has_nothing_to_do_with_partnerships_is_told_so(make, visit):
    visit(as_=make.admin()).open("/partnerships", expect=403)
    assert visit().open("/partnerships").url.startswith("/sign-in")


# --- founding and closing ---


def test_the_office_founds_with_leader_and_animator_in_one_form(make, visit, outbox):
    office, animator, municipality = make.office(), make.animator("Ola Maj"), make.municipality("Żółta Gęś")

    found = visit(as_=office).open("/partnerships/new").submit("Show", q="zolta ges", expect=200)
    form = found.follow(f"Found here ({municipality.label})")
    page = form.submit(
        "Enter the partnership",
        name="Cyfrowa Gęś",
        founded_on=YESTERDAY,
        leader_name="Ewa Lis",
        leader_email="Ewa.Lis@gmina.example",
        organisation_name="Biblioteka",
        org_type="library",
        animator_id=str(animator.id),
    )

    partnership = partnership_in(municipality)
    leader = person_by_email("ewa.lis@gmina.example")
    assert leader is not None
    assert page.url == f"/partnerships/{partnership.id}"
    assert (partnership.name, partnership.founded_on) == ("Cyfrowa Gęś", YESTERDAY)
    assert (partnership.leader(TODAY), partnership.animator(TODAY)) == (leader, animator)
    assert [member.organisation.name for member in partnership.members] == ["Biblioteka"]
    assert sorted((mail.to_address, mail.subject) for mail in outbox()) == sorted(
        [
            (leader.email, f"Your invitation to {make.programme.name}"),
            (leader.email, "You lead the partnership Cyfrowa Gęś"),
            (animator.email, "Cyfrowa Gęś has a new leader"),
            (animator.email, "You advise the municipality Żółta Gęś"),
        ]
    )


def test_founding_needs_only_a_name(make, visit):
    municipality = make.municipality()

    page = visit(as_=make.office()).open(f"/partnerships/new/{municipality.id}")
    page.submit("Enter the partnership", name="To come")

    partnership = partnership_in(municipality)
    assert (partnership.status, partnership.leader(TODAY)) == (PartnershipStatus.PLANNED, None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Fill in this field"),
        ({"founded_on": TOMORROW}, "The founding lies in the future."),
        ({"leader_name": "Ewa Lis"}, "Write the leader's e-mail address, too"),
        ({"leader_email": "ewa@gmina.example"}, "Write the name of the leader, too"),
        (
            {"leader_name": "Ewa", "leader_email": "ewa at home"},
            "Enter an e-mail address such as name@gmina.pl",
        ),
        ({"organisation_name": "Biblioteka", "org_type": "library"}, "An organisation comes with its leader"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_founded(make, visit, fields, sentence):
    municipality = make.municipality()
    page = visit(as_=make.office()).open(f"/partnerships/new/{municipality.id}")

    refused = page.submit("Enter the partnership", **{"name": "Razem", **fields}, expect=422)

    assert sentence in refused.text
    assert open_partnership_of(municipality) is None
    assert db.session.query(Organisation).count() == 0


def test_a_second_partnership_is_refused_in_the_form_and_in_the_list(make, visit):
    partnership = make.partnership(municipality=make.municipality("Lubań"))
    visitor = visit(as_=make.office())

    found = visitor.open("/partnerships/new", q="luban")
    refused = visitor.open(f"/partnerships/new/{partnership.municipality_id}").submit(
        "Enter the partnership", name="Another", expect=422
    )

    assert f"Has one already ({partnership.municipality.label})" in found.links
    assert "This municipality already has a partnership. Close that one first." in refused.text


def test_a_refused_founding_leaves_no_invited_person_behind(make, visit, outbox):
    municipality = make.partnership().municipality
    page = visit(as_=make.office()).open(f"/partnerships/new/{municipality.id}")

    page.submit(
        "Enter the partnership", name="X", leader_name="Ewa", leader_email="ewa@gmina.example", expect=422
    )

    assert person_by_email("ewa@gmina.example") is None
    assert list(outbox()) == []


def test_the_office_closes_with_a_reason(make, visit):
    partnership = make.partnership()
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/close")

    refused = page.submit("Close the partnership", expect=422)
    closed = refused.submit("Close the partnership", reason="The municipality left the programme")

    assert "Say why" in refused.text
    assert "The partnership is closed. Those concerned get a mail." in closed.text
    db.session.refresh(partnership)
    assert (partnership.status, partnership.closed_on) == (PartnershipStatus.CLOSED, TODAY)


# --- people ---


def test_the_office_appoints_a_leader_who_is_invited(make, visit, outbox):
    partnership = make.partnership("Razem", led=False, advised=False)

    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/leader")
    page = page.submit("Appoint the leader", person_name="Ewa Lis", email="ewa@gmina.example")

    leader = person_by_email("ewa@gmina.example")
    db.session.expire_all()
    assert partnership.leader(TODAY) is leader
    assert "The leader is appointed and gets a mail." in page.text
    assert [mail.to_address for mail in outbox()] == ["ewa@gmina.example"] * 2
    assert "leader of the partnership Razem" in outbox()[0].body


def test_a_person_with_an_account_is_not_invited_again(make, visit, outbox):
    partnership, known = make.partnership(led=False, advised=False), make.user("Ewa Lis")
    known.password_hash = "set"
    db.session.commit()

    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/leader")
    page.submit("Appoint the leader", person_name="Somebody", email=known.email.upper())

    db.session.expire_all()
    assert partnership.leader(TODAY) is known
    assert known.name == "Ewa Lis"
    assert [mail.subject for mail in outbox()] == [f"You lead the partnership {partnership.name}"]


def test_a_second_leader_is_refused_with_what_was_typed(make, visit):
    partnership = make.partnership()
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/leader")

    refused = page.submit("Appoint the leader", person_name="Jan", email="jan@gmina.example", expect=422)

    assert "The partnership has a leader for these days already. End that term first." in refused.text
    assert 'value="jan@gmina.example"' in refused.html
    assert person_by_email("jan@gmina.example") is None


def test_a_leader_appoints_a_deputy_and_ends_the_term(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}").follow("Appoint a deputy")
    page = page.submit(
        "Appoint the deputy", person_name="Jan Wrona", email="jan@gmina.example", can_submit=True
    )

    db.session.expire_all()
    [term] = partnership.deputy_terms(TODAY)
    assert (term.user.name, term.can_submit, term.can_publish) == ("Jan Wrona", True, False)

    page = page.follow("End the term of Jan Wrona")
    page.submit("End the term", ends_on=TODAY, reason="Moves away")

    db.session.expire_all()
    assert partnership.deputies(TOMORROW) == []


def test_a_deputy_gives_nobody_rights_and_takes_none(make, visit):
    deputy = make.user()
    partnership = make.partnership()
    term = make.term(partnership, deputy)
    visitor = visit(as_=deputy)

    visitor.open(f"/partnerships/{partnership.id}/deputies/add", expect=403)
    visitor.open(f"/partnerships/terms/{term.id}/end", expect=403)
    visitor.open(f"/partnerships/{partnership.id}/leader", expect=403)


def test_a_leaders_own_term_is_the_offices_to_end(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    address = f"/partnerships/terms/{partnership.leader_term(TODAY).id}/end"

    visit(as_=leader).open(address, expect=403)
    visit(as_=make.office()).open(address).submit("End the term", ends_on=YESTERDAY, reason="Resigned")

    db.session.expire_all()
    assert partnership.leader(TODAY) is None


def test_a_last_day_before_the_first_is_refused_at_its_field(make, visit):
    partnership = make.partnership(led=False)
    term = make.term(partnership, make.user(), starts_on=TODAY)

    page = visit(as_=make.office()).open(f"/partnerships/terms/{term.id}/end")
    refused = page.submit("End the term", ends_on=YESTERDAY, expect=422)

    assert refused.links["The last day lies before the first one, 15 Apr 2026."] == "#ends_on"


def test_the_office_assigns_another_animator_and_a_cover(make, visit):
    partnership, new, cover = make.partnership(), make.animator("Ola Maj"), make.animator("Iza Cień")
    address = f"/partnerships/{partnership.id}/animator"
    visitor = visit(as_=make.office())

    visitor.open(address).submit("Assign the animator", animator_id=new.id, starts_on=YESTERDAY)
    visitor.open(address).submit(
        "Assign the animator",
        animator_id=cover.id,
        kind="cover",
        starts_on=TODAY,
        ends_on=TOMORROW,
        reason="Leave",
    )

    db.session.expire_all()
    assert [partnership.animator(day) for day in (YESTERDAY, TODAY, date(2026, 4, 17))] == [new, cover, new]


def test_assigning_needs_an_animator_and_room(make, visit):
    partnership, new = make.partnership(), make.animator()
    make.assignment(partnership.municipality, make.animator(), kind=AssignmentKind.COVER, starts_on=TODAY)
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/animator")

    nobody = page.submit("Assign the animator", expect=422)
    no_room = page.submit("Assign the animator", animator_id=new.id, kind="cover", expect=422)

    assert "Choose an animator" in nobody.links
    assert (
        "Somebody is assigned for some of these days already. Choose days that do not overlap."
        in no_room.text
    )


# --- members ---


def test_a_leader_adds_changes_and_ends_a_membership(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader, status=PartnershipStatus.FORMING)

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/members").follow("Add a member")
    page = page.submit(
        "Add the member",
        name="Biblioteka Publiczna",
        org_type="library",
        role="organiser",
        contribution=["room", "staff"],
        contact_email="biblioteka@gmina.example",
    )

    assert "Biblioteka Publiczna is a member now." in page.text
    assert page.tables[0][1][:5] == [
        "Biblioteka Publiczna library",
        "organiser",
        "room, staff",
        "– biblioteka@gmina.example",
        "15 Apr 2026",
    ]

    page = page.follow("Change Biblioteka Publiczna")
    page = page.submit("Save", role="trainer", contribution=[], contact_function="dyrektor")

    assert page.tables[0][1][1:4] == ["training provider", "–", "dyrektor biblioteka@gmina.example"]

    page = page.follow("Leaves Biblioteka Publiczna").submit("Record that it left")

    assert page.tables == []
    assert "Biblioteka Publiczna from 15 Apr 2026 to 15 Apr 2026" in page.text


def test_the_third_member_makes_the_partnership_active(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader, status=PartnershipStatus.FORMING)
    visitor = visit(as_=leader)

    for name in ("Szkoła", "Biblioteka", "OSP"):
        visitor.open(f"/partnerships/{partnership.id}/members/add").submit(
            "Add the member", name=name, org_type="other", role="other"
        )

    db.session.refresh(partnership)
    assert partnership.status is PartnershipStatus.ACTIVE


def test_a_member_twice_is_refused_at_the_name(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    make.member(partnership, make.organisation("Szkoła", municipality=partnership.municipality))

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/members/add")
    refused = page.submit("Add the member", name="SZKOŁA", org_type="school", role="other", expect=422)

    assert refused.links["This organisation is a member already."] == "#name"


def test_an_animator_reads_the_members_and_changes_none(make, visit):
    animator = make.animator()
    partnership = make.partnership(animator=animator)
    member = make.member(partnership)
    visitor = visit(as_=animator)

    page = visitor.open(f"/partnerships/{partnership.id}/members")

    assert "Add a member" not in page.links
    visitor.open(f"/partnerships/{partnership.id}/members/add", expect=403)
    visitor.open(f"/partnerships/members/{member.id}/edit", expect=403)
    visitor.open(f"/partnerships/members/{member.id}/leave", expect=403)


def test_parts_of_a_foreign_partnership_are_not_there(make, visit):
    leader, foreign = make.user(), make.partnership()
    make.partnership(leader=leader)
    member, term = make.member(foreign), make.term(foreign, make.user())
    visitor = visit(as_=leader)

    for address in (
        f"/partnerships/members/{member.id}/edit",
        f"/partnerships/members/{member.id}/leave",
        f"/partnerships/terms/{term.id}/end",
        f"/partnerships/{foreign.id}/members",
        f"/partnerships/{foreign.id}/edit",
    ):
        visitor.open(address, expect=404)


def test_in_a_closed_partnership_a_form_left_open_is_refused_in_words(make, visit):
    office, leader = make.office(), make.user()
    partnership = make.partnership(leader=leader)
    form = visit(as_=office).open(f"/partnerships/{partnership.id}/members/add")
    services.close_partnership(partnership, closed_on=TODAY, reason="Over", actor=office)

    refused = form.submit("Add the member", name="Szkoła", org_type="school", role="other", expect=422)

    assert "This partnership is closed: nothing in it changes any more." in refused.text


def test_members_ask_the_same_number_of_questions_for_one_and_for_three(make, visit, count_queries):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    make.member(partnership)
    visitor = visit(as_=leader)
    visitor.open(f"/partnerships/{partnership.id}/members")
    with count_queries() as one:
        visitor.open(f"/partnerships/{partnership.id}/members")

    make.member(partnership)
    make.member(partnership, left_on=YESTERDAY)
    with count_queries() as three:
        visitor.open(f"/partnerships/{partnership.id}/members")

    assert three.count == one.count, str(three)
    assert three.count <= 6, str(three)
