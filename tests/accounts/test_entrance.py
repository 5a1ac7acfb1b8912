"""Invitations and links for a new password: they work once, for one person, and tell nobody else anything."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import services, tokens
from accounts.errors import (
    AccountIsInactive,
    LinkNoLongerWorks,
    NoSuchAddress,
    OnlyAnAdministrator,
    RoleNotGranted,
)
from accounts.models import OneTimeToken, SignInSession, TokenPurpose, User
from accounts.roles import Role
from accounts.views import entrance
from core import clock as core_clock
from core.database import db
from tests.support.reading import csrf_token, found

pytestmark = pytest.mark.usefixtures("fast_hashing")

GOOD = "wrona lubi zielony herbatnik"
EMAIL = "ewa@gromada.example"


def link_in(mail):
    """The path of the link that stands in a mail."""
    return found(r"http://localhost(\S+)", mail.body)


@pytest.fixture
def invite(make, outbox):
    """Invites Ewa and gives the link she receives."""
    office = make.holder(Role.OFFICE, "Olga Biuro")
    office.notification_email = "biuro@gromada.example"

    def invited(**details):
        services.invite(
            EMAIL, "Ewa Nowak", actor=office, **{"role": Role.ANIMATOR, "language": "en"} | details
        )
        return link_in(outbox()[-1])

    return invited


def ewa():
    return db.session.scalars(
        select(User).where(User.email == EMAIL).execution_options(populate_existing=True)
    ).one()


# --- Invitations -----------------------------------------------------------------------------------------


def test_an_invited_person_chooses_a_password_and_is_in(visit, invite):
    page = visit().open(invite())

    inside = page.submit("Open my account", password=GOOD, repeated=GOOD, expect=303).visitor.open("/account")

    assert page.headings[0] == "Welcome, Ewa Nowak"
    assert inside.headings[0] == "Your account"
    assert ewa().holds(Role.ANIMATOR, core_clock.today())


def test_the_invitation_says_who_invites_for_what_and_until_when(invite, outbox):
    invite()

    (mail,) = outbox()
    assert (mail.to_address, mail.reply_to) == (EMAIL, "biuro@gromada.example")
    assert "Olga Biuro invites you to work in the programme's system.\nYour role: Animator" in mail.body
    assert "The link works once and for 14 days." in mail.body


def test_an_invitation_is_written_in_the_language_of_the_invited(visit, invite):
    page = visit().open(invite(language="pl"))

    assert page.tree.get("lang") == "pl"


def test_mail_scanners_that_open_the_link_do_not_use_it_up(visit, client, invite):
    link = invite()
    for _ in range(3):
        client.get(link)
        client.head(link)

    visit().open(link).submit("Open my account", password=GOOD, repeated=GOOD)

    assert ewa().password_hash is not None


def test_a_link_works_once(visit, invite):
    link = invite()
    page_left_open = visit().open(link)
    visit().open(link).submit("Open my account", password=GOOD, repeated=GOOD)

    again = page_left_open.submit("Open my account", password=GOOD + "2", repeated=GOOD + "2", expect=404)

    assert (
        again.headings[0] == visit().open(link, expect=404).headings[0] == "This link does not work any more"
    )


def test_a_link_works_for_fourteen_days(visit, invite, clock):
    link = invite()
    clock.tick(days=14, seconds=-1)
    visit().open(link)

    clock.tick(seconds=1)

    visit().open(link, expect=404)


def test_a_newer_link_replaces_the_older(visit, make, invite, outbox):
    older = invite()
    services.resend_invitation(ewa(), actor=make.office())
    newer = link_in(outbox()[-1])

    visit().open(older, expect=404)
    visit().open(newer)
    assert older != newer


def test_inviting_somebody_twice_makes_one_person_and_two_mails(invite, outbox):
    invite()
    invite()

    assert [mail.to_address for mail in outbox()] == [EMAIL, EMAIL]
    assert len(ewa().grants) == 1


def test_one_address_belongs_to_one_person_however_it_is_written(make):
    first = services.invite("Ewa@Gromada.EXAMPLE", "Ewa Nowak", actor=make.office(), role=Role.ANIMATOR)
    second = services.invite(" ewa@gromada.example", "E. Nowak", actor=make.office(), role=Role.OFFICE)

    assert first.id == second.id
    assert {grant.role for grant in first.grants} == {Role.ANIMATOR, Role.OFFICE}


def test_who_has_a_password_already_gets_the_role_and_no_link(make, outbox):
    ewa = make.user("Ewa Nowak", email=EMAIL, password=GOOD)

    services.invite(EMAIL, "Somebody", actor=make.office(), role=Role.ANIMATOR)

    assert [mail.subject for mail in outbox()] == ["Your new role: Animator"]
    assert ewa.name == "Ewa Nowak"


def test_an_invitation_can_be_for_something_else_than_a_role(make, outbox):
    services.invite(
        EMAIL, "Ewa Nowak", actor=make.office(), reason="lead the partnership Łódź", language="en"
    )

    assert "Your role: lead the partnership Łódź" in outbox()[0].body
    assert ewa().grants == []


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        ({"email": "nobody"}, NoSuchAddress),
        ({"email": "a@b.example,c@d.example"}, NoSuchAddress),
        ({"email": "closed@gromada.example"}, AccountIsInactive),
        ({"role": Role.LEADER}, RoleNotGranted),
        ({"role": Role.ADMIN}, OnlyAnAdministrator),
    ],
)
def test_invitations_are_refused(make, outbox, details, refusal):
    make.user(email="closed@gromada.example", is_active=False)
    asked = {"email": EMAIL, "role": Role.ANIMATOR} | details

    with pytest.raises(refusal):
        services.invite(asked["email"], "Ewa Nowak", role=asked["role"], actor=make.office())

    db.session.rollback()
    assert outbox() == []


def test_a_link_is_kept_only_as_a_hash(invite):
    secret = invite().rpartition("/")[2]

    token = db.session.scalars(select(OneTimeToken)).one()
    assert len(secret) >= 43
    assert secret not in str({column.name: getattr(token, column.name) for column in token.__table__.columns})


@pytest.mark.parametrize("kind", ["invitation", "new-password"])
@pytest.mark.parametrize("secret", ["x", "a" * 43, "..%2f..%2fetc", "'--"])
def test_a_made_up_link_is_answered_like_an_old_one(client, kind, secret):
    answer = client.get(f"/{kind}/{secret}")

    assert answer.status_code == 404
    assert "This link does not work any more" in answer.text or "There is no such page" in answer.text


def test_a_link_for_one_purpose_does_not_serve_another(client, invite):
    secret = invite().rpartition("/")[2]

    assert client.get(f"/new-password/{secret}").status_code == 404


def test_the_link_of_a_deactivated_person_is_dead(visit, make, invite):
    link = invite()
    services.deactivate(ewa(), actor=make.admin())
    db.session.commit()

    visit().open(link, expect=404)


@pytest.mark.parametrize(
    ("password", "repeated", "told"),
    [
        ("short", "short", "Use at least 12 characters"),
        ("Password123456", "Password123456", "Many people use this password"),
        ("ewa-nowak-2026", "ewa-nowak-2026", "do not count"),
        (GOOD, GOOD.upper(), "The two passwords differ"),
        ("", "", "New password: Fill in this field"),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_the_link_still_works(
    visit, invite, password, repeated, told
):
    link = invite()

    page = visit().open(link).submit("Open my account", password=password, repeated=repeated, expect=422)

    assert told in page.text
    visit().open(link).submit("Open my account", password=GOOD, repeated=GOOD)


# --- A forgotten password --------------------------------------------------------------------------------


def test_who_forgot_a_password_gets_a_link_and_is_signed_out_everywhere_else(visit, make, outbox):
    person = make.user("Ewa Nowak", email=EMAIL, password="an older password")
    elsewhere = visit(as_=person)
    elsewhere.open("/account")

    visit().open("/forgot-password").submit("Send me the link", email="EWA@gromada.example")
    here = visit().open(link_in(outbox()[-1]))
    inside = here.submit("Save the password and sign in", password=GOOD, repeated=GOOD).visitor.open(
        "/account"
    )

    assert inside.headings[0] == "Your account"
    assert elsewhere.open("/account").url == "/sign-in?next=/account"
    assert [mail.subject for mail in outbox()] == ["Choose a new password", "Your password was changed"]


def test_the_link_works_for_an_hour(visit, make, outbox, clock):
    make.user(email=EMAIL, password=GOOD)
    services.request_password_reset(EMAIL)
    link = link_in(outbox()[-1])
    clock.tick(hours=1, seconds=-1)
    visit().open(link)

    clock.tick(seconds=1)

    visit().open(link, expect=404)


def test_whoever_asks_learns_nothing(visit, make, outbox):
    make.user(email=EMAIL, password=GOOD)
    make.user(email="closed@gromada.example", password=GOOD, is_active=False)

    answers = {
        visit().open("/forgot-password").submit("Send me the link", email=email).text
        for email in (EMAIL, "nobody@gromada.example", "closed@gromada.example", "no address")
    }

    assert len(answers) == 1
    assert [mail.to_address for mail in outbox()] == [EMAIL]


def test_whoever_asks_waits_as_long_whatever_is_found(visit, make):
    make.user(email=EMAIL, password=GOOD)
    page = visit().open("/forgot-password")
    waited = []
    for email in (EMAIL, "nobody@gromada.example"):
        form = page.form("Send me the link")
        form.fill("email", email)
        began = time.monotonic()
        page.visitor.client.post(form.action, data=dict(form.pairs()))
        waited.append(time.monotonic() - began)

    assert min(waited) >= entrance.SAME_TIME_SECONDS


def test_asking_again_and_again_fills_nobodys_mailbox(visit, make, outbox, clock):
    make.user(email=EMAIL, password=GOOD)
    page = visit().open("/forgot-password")
    for _ in range(3):
        page.submit("Send me the link", email=EMAIL)

    held_back = page.submit("Send me the link", email=EMAIL, expect=429)

    assert len(outbox()) == 3
    assert int(held_back.response.headers["Retry-After"]) > 0


def test_an_hour_brings_one_person_at_most_five_links(make, outbox, clock):
    make.user(email=EMAIL, password=GOOD)
    for _ in range(10):
        services.request_password_reset(EMAIL)
        clock.tick(minutes=5)
    assert len(outbox()) == 5

    clock.tick(hours=1)
    services.request_password_reset(EMAIL)

    assert len(outbox()) == 6


def test_links_in_mails_lead_to_us_whatever_host_was_asked(client, make, outbox):
    make.user(email=EMAIL, password=GOOD)
    page = client.get(
        "/forgot-password", base_url="http://evil.example", headers={"X-Forwarded-Host": "evil.example"}
    )
    token = csrf_token(page.text)

    client.post(
        "/forgot-password",
        data={"email": EMAIL, "csrf_token": token},
        base_url="http://evil.example",
        headers={"X-Forwarded-Host": "evil.example"},
    )

    (mail,) = outbox()
    assert "evil.example" not in mail.body
    assert "http://localhost/new-password/" in mail.body


def test_two_who_use_one_link_at_once_get_one_password(make):
    person = make.user(email=EMAIL)
    _, secret = tokens.issue(person, TokenPurpose.INVITATION, valid=timedelta(days=14))
    db.session.commit()

    assert tokens.use(secret, TokenPurpose.INVITATION).id == person.id
    with pytest.raises(LinkNoLongerWorks):
        tokens.use(secret, TokenPurpose.INVITATION)


# --- One's own password ----------------------------------------------------------------------------------


def test_a_new_password_signs_out_every_other_browser_and_keeps_this_one(visit, make):
    person = make.user("Ewa Nowak", email=EMAIL, password="an older password")
    here, elsewhere = visit(as_=person), visit(as_=person)
    page = here.open("/account/password")

    page.submit("Change the password", current_password="an older password", password=GOOD, repeated=GOOD)

    assert here.open("/account").headings[0] == "Your account"
    assert elsewhere.open("/account").url == "/sign-in?next=/account"


def test_a_new_password_voids_links_that_were_sent(visit, make, outbox):
    person = make.user(email=EMAIL, password="an older password")
    services.request_password_reset(EMAIL)
    link = link_in(outbox()[-1])

    services.change_password(person, current="an older password", password=GOOD)
    db.session.commit()

    visit().open(link, expect=404)


def test_without_the_present_password_nothing_changes(visit, make):
    person = make.user(email=EMAIL, password="an older password")
    before = person.password_hash
    page = visit(as_=person).open("/account/password")

    refused = page.submit(
        "Change the password", current_password="x", password=GOOD, repeated=GOOD, expect=422
    )

    assert "This is not your present password" in refused.text
    assert ewa().password_hash == before
    assert db.session.scalars(select(SignInSession.ended_at)).all() == [None]
