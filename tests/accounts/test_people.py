"""The pages for those who manage people."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts import role_sources, services
from accounts.models import RoleGrant, User
from accounts.policy import Permission, can
from accounts.queries import in_state, people, roles_of_many
from accounts.roles import Role
from accounts.states import PersonState, state_of
from core import clock as core_clock
from core.database import db

LONG_AGO = date(2024, 1, 1)


def fresh(person):
    return db.session.get(User, person.id, populate_existing=True)


def names(page):
    return [row[0] for row in page.tables[0][1:]]


@pytest.fixture
def office(make):
    return make.office("Olga Biuro")


# --- Who may ---------------------------------------------------------------------------------------------

ADDRESSES = {
    "/people": "GET", "/people/invite": "GET", "/people/{id}": "GET", "/people/{id}/deactivate": "GET",
    "/people/{id}/roles": "POST", "/people/{id}/invitation": "POST", "/people/{id}/sessions/end": "POST",
    "/people/{id}/activate": "POST",
}  # fmt: skip


@pytest.mark.parametrize(("address", "method"), ADDRESSES.items())
def test_only_office_and_administrators_come_here(visit, make, app, address, method):
    app.config["WTF_CSRF_ENABLED"] = False
    person = make.user()
    address = address.format(id=person.id)
    try:
        answers = {
            who: visit(as_=as_).client.open(address, method=method).status_code
            for who, as_ in {"visitor": None, "nobody": make.user(), "animator": make.animator()}.items()
        }
        office = visit(as_=make.office()).client.open(address, method=method).status_code
    finally:
        app.config["WTF_CSRF_ENABLED"] = True

    assert answers == {"visitor": 303, "nobody": 403, "animator": 403}
    assert office != 403


def test_a_person_who_does_not_exist_is_not_found(visit, office):
    visit(as_=office).open("/people/999999", expect=404)


# --- The list --------------------------------------------------------------------------------------------


def test_people_are_listed_by_surname_in_the_polish_alphabet(visit, make, office):
    for name in ("Ewa Żak", "Jan Ćwik", "Adam Zych", "Jan Cybula", "Zofia Ąk"):
        make.user(name)

    assert names(visit(as_=office).open("/people")) == [
        "Zofia Ąk", "Olga Biuro", "Jan Cybula", "Jan Ćwik", "Adam Zych", "Ewa Żak"
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["zolta", "Żółta", "gęś", "ges zolta", "zg@gromada"])
def test_a_search_needs_no_accents_and_no_order(visit, make, office, words):
    make.user("Żółta Gęś", email="zg@gromada.example")
    make.user("Jan Nowak")

    assert names(visit(as_=office).open("/people", q=words)) == ["Żółta Gęś"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "' OR 1=1 --"])
def test_signs_of_the_database_find_nobody(visit, make, office, words):
    make.user("Jan Nowak")

    page = visit(as_=office).open("/people", q=words)

    assert "Nobody found" in page.text


def test_a_list_can_be_narrowed_to_a_role(visit, make, office):
    make.animator("Adam Animator")
    make.holder(Role.ANIMATOR, "Former Animator", ends_on=LONG_AGO)
    make.partnership(leader=make.user("Lena Liderka"), animator=make.user("Maria Przydzielona"))

    shown = {
        role: names(visit(as_=office).open("/people", role=role))
        for role in ("animator", "leader", "office", "no such role")
    }

    assert shown["animator"] == ["Adam Animator", "Maria Przydzielona"]
    assert shown["leader"] == ["Lena Liderka"]
    assert shown["office"] == ["Olga Biuro"]
    assert len(shown["no such role"]) == 5


def test_a_list_can_be_sorted_and_the_order_turned(visit, make, office):
    make.user("Ann Zero", email="b@gromada.example")
    make.user("Ben Alpha", email="a@gromada.example")
    page = visit(as_=office).open("/people", sort="email", q="gromada ")

    assert [name for name in names(page) if name != "Olga Biuro"] == ["Ben Alpha", "Ann Zero"]
    assert [name for name in names(page.follow("E-mail address")) if name != "Olga Biuro"] == [
        "Ann Zero",
        "Ben Alpha",
    ]


def test_fifty_people_stand_on_a_page(visit, make, office, db_session):
    db_session.add_all(
        User(name=f"Person {number:03}", email=f"p{number}@gromada.example") for number in range(60)
    )
    db_session.commit()

    first = visit(as_=office).open("/people")

    assert (len(names(first)), len(names(first.follow("Next")))) == (50, 11)
    assert "1–50 of 61" in first.text


def test_the_list_costs_the_same_queries_for_one_person_and_for_many(visit, make, office, count_queries):
    with count_queries() as for_one:
        visit(as_=office).open("/people")
    for _ in range(3):
        make.partnership()
    with count_queries() as for_many:
        visit(as_=office).open("/people")

    assert for_many.count == for_one.count, f"{for_one}\n-----\n{for_many}"


# --- States ----------------------------------------------------------------------------------------------


@pytest.fixture
def in_every_state(make, office):
    services.invite("invited@gromada.example", "Iwona", role=Role.ANIMATOR, actor=office)
    came = make.user("Adam")
    came.last_login_at = core_clock.now()
    never = make.user("Nina")
    closed = make.user("Celina", is_active=False)
    closed.last_login_at = core_clock.now()
    db.session.commit()
    return {
        PersonState.INVITED: "Iwona",
        PersonState.ACTIVE: came.name,
        PersonState.NEVER_CAME: never.name,
        PersonState.INACTIVE: closed.name,
    }


@pytest.mark.parametrize("state", PersonState)
def test_a_list_can_be_narrowed_to_a_state(visit, office, in_every_state, state):
    page = visit(as_=office).open("/people", state=state.value)

    assert in_every_state[state] in names(page)
    assert not set(names(page)) & (set(in_every_state.values()) - {in_every_state[state]})


@pytest.mark.parametrize("state", PersonState)
def test_states_of_lists_and_of_records_agree(in_every_state, state):
    listed = {person.id for person, _ in db.session.execute(people().where(in_state(state)))}
    one_by_one = {
        person.id
        for person, is_invited in db.session.execute(people())
        if state_of(person, is_invited=is_invited) is state
    }

    assert listed == one_by_one != set()


def test_an_invitation_that_ran_out_reads_never_signed_in(visit, office, clock):
    services.invite("ewa@gromada.example", "Ewa", role=Role.ANIMATOR, actor=office)
    db.session.commit()
    assert names(visit(as_=office).open("/people", state="invited")) == ["Ewa"]

    clock.tick(days=15)

    assert "Ewa" in names(visit(as_=office).open("/people", state="never_came"))


# --- Inviting, roles, closing ----------------------------------------------------------------------------


def test_the_office_invites_an_animator(visit, office, outbox):
    page = visit(as_=office).open("/people").follow("Invite a person")

    page = page.submit(
        "Send the invitation", name="Ewa Nowak", email="EWA@gromada.example", role="animator", language="en"
    )

    assert page.headings[0] == "Ewa Nowak"
    assert "The invitation for Ewa Nowak is on its way." in page.text
    assert [mail.to_address for mail in outbox()] == ["ewa@gromada.example"]
    assert "Invited" in page.text


@pytest.mark.parametrize("email", ["", "nobody", "a@b.example,c@d.example", "x" * 300 + "@gromada.example"])
def test_an_invitation_to_nowhere_is_refused_on_the_page(visit, office, outbox, email):
    page = visit(as_=office).open("/people/invite")

    refused = page.submit("Send the invitation", name="Ewa", email=email, role="animator", expect=422)

    assert "Something needs correcting" in refused.text
    assert outbox() == []


def test_only_an_administrator_is_offered_to_appoint_another(visit, make, office):
    offered = {
        person.name: visit(as_=person).open("/people/invite").html.count('value="admin"')
        for person in (office, make.admin("Ada Admin"))
    }

    assert offered == {"Olga Biuro": 0, "Ada Admin": 1}


def test_the_office_cannot_appoint_an_administrator_by_hand(visit, make, office):
    person = make.user()
    page = visit(as_=office).open(f"/people/{person.id}")
    form = page.form("Give the role")
    data = dict(form.pairs()) | {"role": "admin"}

    answer = page.visitor.client.post(form.action, data=data)

    assert answer.status_code == 422
    assert fresh(person).grants == []


def test_an_invitation_can_be_sent_again(visit, office, outbox):
    services.invite("ewa@gromada.example", "Ewa", role=Role.ANIMATOR, actor=office)
    ewa = db.session.scalars(select(User).where(User.email == "ewa@gromada.example")).one()
    db.session.commit()

    visit(as_=office).open(f"/people/{ewa.id}").submit("Send the invitation again")

    assert len(outbox()) == 2
    assert len({mail.body for mail in outbox()}) == 2


def test_a_role_is_given_and_ended_and_each_time_sessions_end(visit, make, office, outbox, clock):
    person = make.user("Ewa Nowak")
    browser = visit(as_=person)
    page = visit(as_=office).open(f"/people/{person.id}")

    page = page.submit("Give the role", role="animator")

    assert browser.open("/account").url.startswith("/sign-in")
    assert can(fresh(person), Permission.REVIEW_LIST)
    assert [mail.subject for mail in outbox()] == ["Your new role: Animator"]

    clock.tick(days=3)
    browser = visit(as_=person)
    visit(as_=office).open(f"/people/{person.id}").submit("End")

    assert browser.open("/account").url.startswith("/sign-in")
    assert not can(fresh(person), Permission.REVIEW_LIST)
    assert [(grant.role, grant.ends_on) for grant in fresh(person).grants] == [
        (Role.ANIMATOR, core_clock.today() - timedelta(days=1))
    ]


def test_a_role_given_today_by_mistake_leaves_no_day_behind(make, office):
    person = make.user()
    grant = services.grant_role(person, Role.ANIMATOR, actor=office)

    services.end_grant(grant, actor=office)
    db.session.commit()

    assert fresh(person).grants == []
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == person.id)).all() == []


def test_a_deactivated_person_is_out_at_once_and_can_be_let_in_again(visit, make, office):
    person = make.user("Ewa Nowak")
    browser = visit(as_=person)
    page = visit(as_=office).open(f"/people/{person.id}").follow("Deactivate the account")

    page = page.submit("Deactivate the account")

    assert "The account is inactive." in page.text
    assert browser.open("/account").url.startswith("/sign-in")
    page.submit("Activate the account")
    assert fresh(person).is_active


def test_nobody_closes_their_own_account(visit, office):
    page = visit(as_=office).open(f"/people/{office.id}/deactivate")

    refused = page.submit("Deactivate the account", expect=409)

    assert "You cannot deactivate your own account" in refused.text
    assert fresh(office).is_active


def test_the_last_administrator_stays(visit, make):
    admin = make.admin("Ada Admin")
    page = visit(as_=admin).open(f"/people/{admin.id}")

    refused = page.submit("End", expect=409)

    assert "This is the only administrator" in refused.text
    assert fresh(admin).holds(Role.ADMIN, core_clock.today())


def test_the_office_does_not_close_the_account_of_an_administrator(visit, make, office):
    admin = make.admin()
    make.admin()

    visit(as_=office).open(f"/people/{admin.id}/deactivate").submit("Deactivate the account", expect=409)

    assert fresh(admin).is_active


def test_sessions_of_another_person_can_be_ended(visit, make, office):
    person = make.user("Ewa Nowak")
    browser = visit(as_=person)
    browser.open("/account")

    page = visit(as_=office).open(f"/people/{person.id}").submit("Sign out everywhere")

    assert "Ewa Nowak is signed out everywhere." in page.text
    assert browser.open("/account").url.startswith("/sign-in")


def test_what_happened_to_a_person_stands_on_their_page(visit, make, office):
    person = make.user("Ewa Nowak")
    services.grant_role(person, Role.ANIMATOR, actor=office)
    db.session.commit()

    page = visit(as_=office).open(f"/people/{person.id}")

    assert "Received a role" in page.text
    assert "Olga Biuro" in page.text


# --- Roles that other records give ------------------------------------------------------------------------


@pytest.fixture
def led_by(monkeypatch):
    """Makes the named people leaders, as a package to the left would."""
    monkeypatch.setattr(role_sources, "_holders", {})

    def register(*persons):
        ids = [person.id for person in persons]
        role_sources.register_role_holders(Role.LEADER, lambda _: select(User.id).where(User.id.in_(ids)))

    return register


def test_roles_from_elsewhere_are_listed_and_searched_with_the_others(visit, make, office, led_by):
    leader = make.user("Lena Liderka")
    led_by(leader)

    page = visit(as_=office).open("/people", role="leader")

    assert page.tables[0][1][0] == "Lena Liderka"
    assert page.tables[0][1][2] == "Leader"
    assert roles_of_many([leader.id, office.id], core_clock.today()) == {
        leader.id: {Role.LEADER},
        office.id: set(),
    }
