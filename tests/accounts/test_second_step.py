"""The second step of signing in: a code from the phone, after the password or the link from a mail."""

import dataclasses
import re

import pytest
from sqlalchemy import func, select

from accounts.mail_rhythm import MailRhythm
from accounts.models import SignInSession, User
from accounts.second_factor import codes, services
from accounts.second_factor.errors import WrongCode
from accounts.second_factor.models import RecoveryCode, SecondFactor
from config import Mode
from core.audit import AuditEvent
from core.database import db
from core.mail import MailStatus
from programme.queries import the_programme
from tests.accounts.links import EMAIL, PASSWORD
from tests.support.applications import app_on
from tests.support.at_once import at_once
from tests.support.clients import OutsideClient
from tests.support.sign_in import session_token, sign_in

pytestmark = pytest.mark.usefixtures("fast_hashing", "clock")


def code_of(person):
    """What the app on this person's phone shows now."""
    return codes.code_now(db.session.get_one(SecondFactor, person.id).salt)


@pytest.fixture
def protected(ewa):
    """Ewa, with the second step; the recovery codes are on her paper."""
    services.begin(ewa)
    ewa.paper = services.confirm(ewa, code_of(ewa))
    db.session.commit()
    return ewa


def half_way(visit, **query):
    return visit().open("/sign-in", **query).submit("Sign in", email=EMAIL, password=PASSWORD)


# --- Setting it up ---------------------------------------------------------------------------------------


def test_it_is_set_up_with_a_square_code_and_the_first_code_of_the_app(visit, ewa, outbox):
    me = visit(as_=ewa)
    page = me.open("/account/second-step").submit("Set up the second step")
    salt = db.session.get_one(SecondFactor, ewa.id).salt

    key = page.tree.xpath("string(//code[@class='long-key'])")
    done = page.submit("Switch it on", expect=200, code=f" {code_of(ewa)[:3]} {code_of(ewa)[3:]} ")

    shown = done.tree.xpath("//ul[@class='recovery-codes']//code/text()")
    assert key == codes.key_of(salt)
    assert len(page.tree.xpath("//div[@class='square-code']/*[local-name()='svg']")) == 1
    assert len(set(shown)) == 10
    assert services.factor_of(ewa) is not None
    assert db.session.scalars(select(AuditEvent.event)).all() == ["account.second_step_on"]
    assert "You have 10 recovery codes left." in outbox()[-1].body


def test_a_wrong_first_code_switches_nothing_on(visit, ewa):
    page = visit(as_=ewa).open("/account/second-step").submit("Set up the second step")

    again = page.submit("Switch it on", expect=422, code="000000")

    assert "This code is not right" in again.text
    assert services.factor_of(ewa) is None


def test_an_account_that_the_demonstration_shares_takes_none(visit, make):
    office = make.user("Biuro", email="office@gromada.example")

    answer = visit(as_=office).open("/account/second-step").submit("Set up the second step", expect=409)

    assert "Everybody who tries the demonstration shares this account" in answer.text


def test_what_is_kept_signs_nobody_in(protected):
    factor = db.session.get_one(SecondFactor, protected.id)
    kept = repr([
        factor.salt, *db.session.scalars(select(RecoveryCode.code_hash)), *db.session.scalars(select(AuditEvent.data))
    ])  # fmt: skip

    assert codes.key_of(factor.salt) not in kept
    assert not [code for code in protected.paper if code in kept]


# --- Signing in ------------------------------------------------------------------------------------------


def test_after_the_password_the_code_is_asked_for_and_the_way_goes_on(visit, protected, clock):
    clock.tick(minutes=1)
    page = half_way(visit, next="/account/password")
    assert page.url == "/sign-in/code"
    assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 0

    inside = page.submit("Sign in", code=code_of(protected))

    assert inside.url == "/account/password"


def test_half_way_in_nothing_opens(visit, protected):
    page = half_way(visit)

    assert page.visitor.open("/account", expect=200).url.startswith("/sign-in")


def test_a_code_works_once(visit, protected, clock):
    clock.tick(minutes=1)
    code = code_of(protected)
    half_way(visit).submit("Sign in", code=code)

    refused = half_way(visit).submit("Sign in", expect=422, code=code)

    assert "This code is not right, or was used already." in refused.text


def test_the_code_of_half_a_minute_ago_is_taken_and_an_older_one_is_not(protected, clock):
    clock.tick(minutes=5)
    earlier = code_of(protected)
    clock.tick(seconds=30)
    services.check(protected, earlier)
    older = code_of(protected)
    clock.tick(seconds=90)

    with pytest.raises(WrongCode):
        services.check(protected, older)


def test_a_recovery_code_works_once_however_it_is_copied_and_is_told_by_mail(visit, protected, outbox):
    first = protected.paper[0]

    inside = half_way(visit).submit("Sign in", code=first.upper().replace("-", " "))
    refused = half_way(visit).submit("Sign in", expect=422, code=first)

    assert inside.url == "/home"
    assert "You have 9 recovery codes left." in outbox()[-1].body
    assert "not right" in refused.text


def test_after_ten_minutes_one_begins_again(visit, protected, clock):
    page = half_way(visit)
    clock.tick(minutes=10, seconds=1)

    late = page.submit("Sign in", code=code_of(protected))

    assert late.url == "/sign-in"
    assert "signing in took more than ten minutes" in late.text


def test_a_new_password_ends_what_was_half_way(visit, protected):
    page = half_way(visit)
    protected.password_hash = "another"
    db.session.commit()

    assert page.submit("Sign in", code=protected.paper[0]).url == "/sign-in"


def test_a_link_from_a_mail_asks_for_the_code_as_well(visit, protected, ask):
    visitor, link = ask()

    page = visitor.open(link).submit("Sign in")

    assert page.url == "/sign-in/code"


def test_guessing_is_held_back(visit, protected):
    page = half_way(visit)
    for _ in range(10):
        page = page.submit("Sign in", expect=422, code="000000")

    page.submit("Sign in", expect=429, code=protected.paper[0])


def test_of_two_with_the_same_code_at_the_same_moment_one_comes_in(app, protected, clock):
    clock.tick(minutes=1)
    code, person_id = code_of(protected), protected.id

    def come():
        services.check(db.session.get_one(User, person_id), code)

    assert at_once(app, come, come) == ["WrongCode", "done"]


# --- Switching it off ------------------------------------------------------------------------------------


def test_it_is_switched_off_with_a_code(visit, protected, outbox):
    page = visit(as_=protected).open("/account/second-step")

    page.submit("Switch the second step off", code=protected.paper[0])

    assert services.factor_of(protected) is None
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
    assert "Switched the second step of signing in off." in outbox()[-1].body


def test_new_recovery_codes_end_the_old_ones(visit, protected):
    page = visit(as_=protected).open("/account/second-step")

    fresh = page.submit("Make new recovery codes", expect=200, code=protected.paper[0])

    assert len(set(re.findall(r"[a-z2-9]{5}-[a-z2-9]{5}", fresh.text)) - set(protected.paper)) == 10
    with pytest.raises(WrongCode):
        services.check(protected, protected.paper[1])


@pytest.mark.parametrize("deed", [services.renew_codes, services.switch_off])
def test_a_recovery_code_that_signed_nobody_in_is_not_said_to_have(protected, outbox, deed):
    told = len(outbox())

    deed(protected, protected.paper[0])
    db.session.commit()

    assert len(outbox()) == told + 1
    assert "Signed in with a recovery code" not in outbox()[-1].body
    assert "account.recovery_code_used" not in db.session.scalars(select(AuditEvent.event)).all()


def test_the_office_helps_whoever_lost_phone_and_paper(visit, make, protected, outbox):
    page = visit(as_=make.office()).open(f"/people/{protected.id}")

    page.submit("Switch the second step off")

    assert services.factor_of(protected) is None
    assert outbox()[-1].to_address == EMAIL


def test_whoever_did_not_do_it_themselves_hears_of_it_at_once_however_seldom_mails_come(
    visit, make, protected, outbox
):
    protected.mail_rhythm = MailRhythm.WEEKLY
    db.session.commit()

    visit(as_=make.office()).open(f"/people/{protected.id}").submit("Switch the second step off")

    assert outbox()[-1].status is MailStatus.QUEUED
    assert "It was not you?" in outbox()[-1].body


def test_only_an_administrator_helps_an_administrator(visit, make):
    admin = make.admin()
    services.begin(admin)
    services.confirm(admin, code_of(admin))

    page = visit(as_=make.office()).open(f"/people/{admin.id}")
    page.submit("Switch the second step off", expect=409)

    assert services.factor_of(admin) is not None


def test_whoever_runs_the_installation_helps_on_the_command_line(app, protected):
    said = app.test_cli_runner().invoke(args=["admin", "second-step-off", EMAIL])

    assert said.exit_code == 0, said.output
    assert services.factor_of(protected) is None


# --- Where it is needed ----------------------------------------------------------------------------------


@pytest.fixture
def for_real(app, config):
    """The application as it runs with real data, on the test's database."""
    db.session.commit()
    production = dataclasses.replace(config, mode=Mode.PRODUCTION, public_url="https://gromada.example")

    def asked(person, path):
        token = session_token(person)
        with app_on(production) as real:
            client = OutsideClient(real)
            with client.session_transaction(base_url="https://gromada.example") as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
            return client.get(path, base_url="https://gromada.example")

    return asked


@pytest.mark.parametrize("role", ["office", "admin"])
def test_whoever_works_for_the_office_sets_it_up_before_anything_else(for_real, make, role):
    person = getattr(make, role)()

    answer = for_real(person, "/people")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/second-step")


def test_with_it_the_office_goes_on_and_cannot_switch_it_off(for_real, make):
    person = make.office()
    services.begin(person)
    services.confirm(person, code_of(person))

    assert for_real(person, "/people").status_code == 200
    assert "Switch the second step off" not in for_real(person, "/account/second-step").text


def test_nobody_else_has_to(for_real, ewa):
    assert for_real(ewa, "/account").status_code == 200


def test_the_programme_can_do_without(for_real, make):
    row = the_programme().row
    row.settings = {**row.settings, "second_step_for_office": False}

    assert for_real(make.office(), "/people").status_code == 200


def test_the_demonstration_asks_nobody(client, make):
    sign_in(client, make.office())

    assert client.get("/people").status_code == 200
