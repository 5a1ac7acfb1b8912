"""A form changes what it shows and nothing else, and only when a page of ours sent it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, DateTime, Integer
from sqlalchemy.types import TypeEngine

from core.database import db
from tests.guards.matrix.deed import Deed
from tests.guards.matrix.deeds import DEEDS
from tests.guards.matrix.stage import Answer, Stage
from tests.guards.test_tokens import EXPIRED, WITHOUT_TOKEN

Contents = dict[str, list[dict[str, Any]]]

ATTACK = "zattackz"
WORTH_HAVING = {
    "role": "admin", "roles": "admin", "is_admin": "y", "status": "approved", "state": "resolved", "kind": "leader",
    "email": "attack@evil.example", "notification_email": "attack@evil.example", "decided_by": "1", "approved_by": "1",
    "owner": "1", "actor": "1", "action": "publish", "_method": "DELETE", "budget": "99999",
}  # fmt: skip
ELSEWHERE = {
    "Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil", "Forwarded": "host=evil.example",
    "X-Original-URL": "/people", "X-HTTP-Method-Override": "DELETE",
}  # fmt: skip
"""Headers that somebody sends who is no proxy of ours."""

RANDOM = {
    ("plan_step", "before"),
    ("plan_step", "after"),
    ("carried_training", "target_row_uid"),
    ("one_time_token", "token_hash"), ("plan", "uid"), ("plan_entry", "row_uid"), ("review_comment", "uid"),
    ("user", "password_hash"), ("partnership_meeting", "calendar_uid"), ("outbox_mail", "calendar"), ("paper", "token"),
    ("mail_link", "token_hash"), ("second_factor", "salt"), ("recovery_code", "code_hash"),
    ("webinar_guest_link", "token_hash"),
    ("subscriber", "key"), ("subscriber", "token_hash"), ("subscription_request", "token_hash"), ("digest_item", "key"),
    ("consultation", "calendar_uid"),
    ("calendar_feed", "token_hash"),
    ("self_assessment", "accepted_need_rows"),
}  # fmt: skip
"""Made anew each time: only whether there is one can be compared."""

_LINK = re.compile(
    r"(/(?:invitation|new-password|sign-in/link|do|seat|miejsce|confirm|potwierdz|powiadomienia|news)/)[\w-]{43}"
)


def columns() -> Iterator[tuple[str, TypeEngine[Any]]]:
    """Every column that the database has: who knows the model tries its names."""
    for table in db.metadata.tables.values():
        for column in table.columns:
            yield column.name, column.type


def attack_for(kind: TypeEngine[Any], stranger: int) -> str:
    if isinstance(kind, Boolean):
        return "y"
    if isinstance(kind, Date | DateTime):
        return "2020-02-02"
    return str(stranger) if isinstance(kind, Integer) else ATTACK


def extras(deed: Deed, stage: Stage) -> dict[str, str]:
    """Every name that is no field of this form."""
    stranger = stage.world.ids["otherleader"]
    every = {name: attack_for(kind, stranger) for name, kind in columns()} | WORTH_HAVING
    return {name: value for name, value in every.items() if name not in deed.filled(stage.world)}


def done(stage: Stage, deed: Deed, endpoint: str, **more: Any) -> tuple[Answer, Contents]:
    path = stage.address(endpoint, **deed.address(stage.world))
    fields = {**deed.filled(stage.world), **more.pop("fields", {})}
    answer = stage.ask(deed.by, "POST", path, fields, **more)
    contents = comparable(stage.contents())
    stage.restore()
    return answer, contents


def comparable(contents: Contents) -> Contents:
    return {
        table: [{name: _plain(table, name, value) for name, value in row.items()} for row in rows]
        for table, rows in contents.items()
    }


def _plain(table: str, name: str, value: Any) -> Any:
    if (table, name) in RANDOM:
        return value is None
    return _LINK.sub(r"\1TOKEN", value) if isinstance(value, str) else value


def differences(plain: Contents, attacked: Contents) -> Mapping[str, Any]:
    return {table: attacked[table] for table in plain if plain[table] != attacked[table]}


@pytest.mark.parametrize("endpoint", DEEDS)
def test_nothing_but_the_fields_of_a_form_counts(stage, endpoint):
    deed = DEEDS[endpoint]
    before = comparable(stage.contents())

    answer, plain = done(stage, deed, endpoint)
    attacked_answer, attacked = done(stage, deed, endpoint, fields=extras(deed, stage), headers=ELSEWHERE)

    assert answer.status in ((200,) if endpoint in ANSWERS_AT_ONCE else (204, 303))
    assert attacked_answer.status == answer.status
    places = [_LINK.sub(r"\1TOKEN", one.location.partition("#")[0]) for one in (attacked_answer, answer)]
    assert places[0] == places[1]
    assert differences(plain, attacked) == {}
    assert "evil.example" not in repr(attacked)
    assert plain != before or endpoint in LEAVES_NO_TRACE, (
        "there must be something that could be changed wrongly"
    )


ANSWERS_AT_ONCE = {"public.verification", "accounts.own_second_step", "accounts.renew_recovery_codes"}
"""Nothing is kept, so there is nowhere to lead to; or what is shown this once."""

LEAVES_NO_TRACE = {
    "accounts.sign_out", "accounts.still_here", "accounts.sessions", "people.end_sessions", "public.verification",
    "public.certificate_check",  # it leads to a page that everybody may open
    "archive.open_again",  # nobody has ended the programme
    "municipality_changes.show",  # this change touches nobody, so there is nothing to decide
    "plans.edit_sheet",  # the one sheet that every plan has holds one row, so there is nothing to move
    "plans.offered_rows",  # as above
    "plans.paste_rows",  # as above
    "plans.bring_together",  # nobody has changed the plan meanwhile, so both say the same
    "plans.choose",  # as above
    "plans.choose_answers",  # no remark was answered in it
    "plans.take_over",  # nobody has changed the plan meanwhile, so there is nothing to choose
}  # fmt: skip


def test_a_form_of_somebody_else_does_not_count(stage):
    """Without a token, with an invented one, with that of another person, as plain text, and by GET."""
    before, faults = stage.fingerprint(), []
    for endpoint, deed in DEEDS.items():
        path = stage.address(endpoint, **deed.address(stage.world))
        if endpoint in WITHOUT_TOKEN:
            continue
        stranger = "otherleader" if deed.by != "otherleader" else "leader"
        for token in ("", "invented", stage.browser(stranger).token, stage.browser(deed.by).token[:-1]):
            answer = stage.ask(deed.by, "POST", path, deed.filled(stage.world), token=token)
            if answer.status != 400 or not any(words in answer.text for words in EXPIRED):
                faults.append(f"{endpoint} with {token[:10]!r}: {answer.status}")
        right = stage.browser(deed.by).token
        text = stage.ask(deed.by, "POST", path, data=f"csrf_token={right}", content_type="text/plain")
        query = {name: value for name, value in deed.filled(stage.world).items() if isinstance(value, str)}
        asked = stage.ask(deed.by, "GET", path.partition("?")[0], query_string={**query, "csrf_token": right})
        faults += [f"{endpoint} as text: {text.status}"] if text.status != 400 else []
        faults += [f"{endpoint} by GET: {asked.status}"] if asked.status >= 500 else []

    assert not faults, "\n".join(faults)
    assert stage.fingerprint() == before


@pytest.mark.parametrize("body", ['{"role": "admin", "name": {"a": 1}}', "[1, 2]", "null", "{"])
def test_json_is_no_form(stage, body):
    """Even with the right token, which a script of ours could send in a header: the form counts as empty."""
    faults = []
    for endpoint, deed in DEEDS.items():
        path = stage.address(endpoint, **deed.address(stage.world))
        header = {"X-CSRFToken": stage.browser(deed.by).token}
        if REQUIRED_FIELDS & set(deed.filled(stage.world)) and endpoint not in WITHOUT_A_WORD:
            answer = stage.ask(
                deed.by, "POST", path, data=body, content_type="application/json", headers=header
            )
            faults += [f"{endpoint}: {answer.status}"] if answer.status != 422 or answer.flaws else []

    assert not faults, "\n".join(faults)


WITHOUT_A_WORD = {
    "partnerships.decline_handover", "partnerships.confirm_handover", "partnerships.cancel_handover",
    "meetings.call_off", "animators.end", "partnerships.end_assignment",
}  # fmt: skip
"""A reason is welcome there, and not asked for."""

REQUIRED_FIELDS = {
    "name",
    "email",
    "password",
    "role",
    "person_name",
    "animator_id",
    "reason",
    "text",
    "answer",
    "file",
}
