"""Which passwords are refused, and how the accepted ones are kept."""

import gzip

import pytest
from argon2 import PasswordHasher

from accounts import passwords
from accounts.errors import PasswordTooCommon, PasswordTooLong, PasswordTooPersonal, PasswordTooShort
from core.database import db

GOOD = (
    "correct horse battery",
    "wrona lubi zielony herbatnik",
    "Tr4mwaj-na-ksiezyc",
    "ą" * 3 + "bcdefghijk",
    "  spaces may stay  ",
)


@pytest.mark.parametrize("password", GOOD)
def test_long_ones_that_nobody_else_has_are_accepted(password):
    passwords.check(password, personal=["Anna Kowalska", "anna.kowalska@gmina.example"])


@pytest.mark.parametrize("password", ["", "short", "eleven char"])
def test_short_ones_are_refused(password):
    with pytest.raises(PasswordTooShort):
        passwords.check(password)


def test_two_hundred_characters_are_enough(app):
    passwords.check("wrona " * 33)
    with pytest.raises(PasswordTooLong):
        passwords.check("wrona " * 34)


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop123",
        "1qaz2wsx3edc4rfv",
        "Password123456",
        "P4ssw0rd!!!!!",
        "dragon2026!!!!",
        "sunshinesunshine",
        "aaaaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijklmnop",
        "987654321098",
        "QWERTYUIOPASDFGHJKL",
    ],
)
def test_what_is_guessed_first_is_refused(password):
    with pytest.raises(PasswordTooCommon):
        passwords.check(password)


def test_the_list_holds_thousands_that_would_be_long_enough():
    with gzip.open(passwords.COMMON, "rt", encoding="utf-8") as lines:
        known = [line.rstrip("\n") for line in lines]

    assert len(set(known)) == len(known)
    assert len([word for word in known if len(word) >= passwords.SHORTEST]) > 3000
    assert all(passwords.is_common(word) for word in known[:: len(known) // 20])


@pytest.mark.parametrize(
    "password", ["Kowalska-2026!", "gromada-2026-haslo", "annakowalskagmina", "eMocarze12345!"]
)
def test_names_do_not_count_towards_the_length(password):
    personal = ["gromada", "Anna Kowalska", "anna.kowalska@gmina.example", "e-Mocarze"]

    with pytest.raises(PasswordTooPersonal):
        passwords.check(password, personal=personal)


def test_a_name_inside_a_long_password_does_no_harm():
    passwords.check("kowalska lubi zielony herbatnik", personal=["Anna Kowalska"])


def test_they_are_kept_as_argon2id_and_recognised(app):
    stored = passwords.hash_password(GOOD[0])

    assert stored.startswith("$argon2id$")
    assert passwords.matches_between_transactions(GOOD[0], stored)
    assert not passwords.matches_between_transactions(GOOD[1], stored)
    assert not passwords.matches_between_transactions(GOOD[0], None)


def test_letters_are_the_same_however_the_keyboard_composed_them(app):
    stored = passwords.hash_password("za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105")

    assert passwords.matches_between_transactions(
        "zaz\u0307o\u0301\u0142c\u0301 ge\u0328s\u0301la\u0328", stored
    )


def test_weaker_settings_of_earlier_days_are_noticed():
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(GOOD[0])

    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords.hash_password(GOOD[0]))


def test_hashing_after_a_change_is_noticed_as_it_would_undo_it(make):
    person = make.user()
    person.name = "Another Name"

    with pytest.raises(RuntimeError, match="before anything is changed"):
        passwords.hash_between_transactions(GOOD[0])


def test_no_transaction_is_open_while_a_password_is_hashed(make, monkeypatch):
    make.user()
    seen = []
    monkeypatch.setattr(passwords, "hash_password", lambda _: seen.append(db.session().in_transaction()))

    passwords.hash_between_transactions(GOOD[0])

    assert seen == [False]
