"""One thing that really works for every form: who does it, where, and every field of the form filled in."""

from collections.abc import Callable, Mapping
from datetime import date

from accounts.models import TokenPurpose
from plans.services.review import ApprovalCheck
from tests.guards.matrix.deed import SPREADSHEET, Deed, Fields
from tests.guards.matrix.deeds_of_administration import DEEDS_OF_ADMINISTRATION
from tests.guards.matrix.deeds_of_animators import DEEDS_OF_ANIMATORS
from tests.guards.matrix.deeds_of_board import DEEDS_OF_BOARD
from tests.guards.matrix.deeds_of_knowledge import DEEDS_OF_KNOWLEDGE
from tests.guards.matrix.deeds_of_long_work import DEEDS_OF_LONG_WORK
from tests.guards.matrix.deeds_of_news import DEEDS_OF_NEWS
from tests.guards.matrix.deeds_of_records import DEEDS_OF_RECORDS
from tests.guards.matrix.deeds_of_reports import DEEDS_OF_REPORTS
from tests.guards.matrix.deeds_of_tasks import DEEDS_OF_TASKS
from tests.guards.matrix.deeds_of_webinars import DEEDS_OF_WEBINARS
from tests.guards.matrix.deeds_of_writing import DEEDS_OF_WRITING
from tests.guards.matrix.deeds_of_years import DEEDS_OF_YEARS
from tests.guards.matrix.mails_kept import DEEDS_OF_MAILS
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.second_steps_kept import DEEDS_OF_SECOND_STEPS
from tests.guards.matrix.world import PASSWORD, World
from tests.support.documents import pdf
from tests.support.forms import Upload

NEW_PASSWORD = "mgła siedem tramwaj łyżka"
TODAY = date(2026, 4, 15)


def link(purpose: TokenPurpose) -> Callable[[World], Fields]:
    return lambda world: {"token": world.links[purpose]}


def workbook(town: str) -> Callable[[World], Fields]:
    return lambda world: {"file": Upload(world.workbooks[town], "plan.xlsx", SPREADSHEET)}


def corrected(what: str) -> Callable[[World], Fields]:
    return lambda world: {"seen": world.seen[what], "groups.row-t1-0001.persons_y1": "60"}


def another_animator(world: World) -> Fields:
    return {
        "animator_id": str(world.ids["otheranimator"]), "kind": "main", "starts_on": "2026-05-01", "ends_on": "",
        "reason": "Zmiana województwa",
    }  # fmt: skip


def reassigned(world: World) -> Fields:
    """What the office chose stands in the address."""
    return {"area": "all", "to": str(world.ids["animator"]), "starts_on": "2026-05-01", "reason": "Zmiana"}


PROFILE = {
    "public_email": "pisz@gromada.example", "bio": "Pomagam bibliotekom", "regions": ["16"], "visible": "y",
    "without_photo": [],
}  # fmt: skip

CHOSEN = {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD}
PERSON = {"person_name": "Ewa Nowa", "email": "ewa.nowa@gromada.example"}
ORGANISATION = {"organisation_name": "Świetlica", "org_type": "library"}
MEMBER = {
    "role": "trainer", "contribution": ["room"], "contact_function": "dyrektor",
    "contact_email": "szkola@gmina.example",
}  # fmt: skip

TICKS = {
    "needs": ["health"], "evidence-health": "Rozmowy w bibliotece", "figure-health": "82",
    "groups": ["seniors"], "size-seniors": "240", "lines": ["health"], "trainings-health-1": "2",
    "trainings-health-2": "4", "trainings-health-3": "4", "recommendations": ["connection"],
    "summary": "Uczymy seniorów", "composed": "Uczymy",
}  # fmt: skip

MEETING = {"starts_at": "17:30", "minutes": "90", "place": "Biblioteka", "agenda": "Potrzeby"}
OUTCOME = {"people_count": "12", "summary": "Ustalono kursy", "next_steps": "Sala w bibliotece"}
MINUTES = Upload(pdf(), "protokół.pdf", "application/pdf")

OFFICIAL_FILE = (
    "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA\r\n"
    "02;;;;DOLNOŚLĄSKIE;województwo;2026-01-01\r\n"
    "02;01;;;bolesławiecki;powiat;2026-01-01\r\n"
    "02;01;01;1;Bolesławiec;gmina miejska;2026-01-01\r\n"
).encode()

DEEDS: Mapping[str, Deed] = {
    "jobs.run": Deed("office", fields={"job": "jobs.forget"}),
    "accounts.sign_in": Deed(
        VISITOR, fields={"email": "zsecretadminxz@gromada.example", "password": PASSWORD}
    ),
    "accounts.sign_out": Deed("leader"),
    "accounts.forgot_password": Deed(VISITOR, fields={"email": "zsecretadminxz@gromada.example"}),
    "accounts.new_password": Deed(VISITOR, fields=CHOSEN, names=link(TokenPurpose.PASSWORD_RESET)),
    "accounts.invitation": Deed(VISITOR, fields=CHOSEN, names=link(TokenPurpose.INVITATION)),
    "accounts.ask_for_sign_in_link": Deed(VISITOR, fields={"email": "zsecretadminxz@gromada.example"}),
    "accounts.sign_in_by_link": Deed(VISITOR, names=link(TokenPurpose.SIGN_IN)),
    "accounts.switch_language": Deed("leader", names={"language": "pl"}),
    "accounts.profile": Deed(
        "leader",
        fields={
            "name": "Jan Lis",
            "phone": "77 1",
            "best_time": "po 16",
            "notification_email": "sms@gmina.example",
            "language": "pl",
        },
    ),
    "accounts.change_password": Deed("admin", fields={"current_password": PASSWORD, **CHOSEN}),
    "accounts.sessions": Deed("leader"),
    "accounts.still_here": Deed("leader"),
    "accounts.dismiss_hint": Deed("leader", names={"hint": "leader-home"}),
    "accounts.show_hints_again": Deed("leader"),
    "agenda.make_address": Deed("leader"),
    "agenda.revoke_address": Deed("deputy"),
    "animators.end_assignment": Deed(
        "office", "assignment", "adraft", {"ends_on": "2026-05-01", "reason": "Koniec"}
    ),
    "animators.reassign": Deed(
        "office", "animator", "otheranimator", lambda world: {"token": world.seen["reassignment"]}, reassigned
    ),
    "animators.own_profile": Deed("animator", fields=PROFILE),
    "animators.profile": Deed("office", "animator", "animator", PROFILE),
    "people.invite": Deed(
        "office",
        fields={"name": "Ewa Nowa", "email": "ewa@gromada.example", "role": "animator", "language": "pl"},
    ),
    "people.grant": Deed("office", "person", "newcomer", {"role": "animator"}),
    "people.end_grant": Deed("office", "grant", "funder funder"),
    "people.resend_invitation": Deed("office", "person", "newcomer"),
    "people.end_sessions": Deed("office", "person", "leader"),
    "people.deactivate": Deed("office", "person", "leader"),
    "people.activate": Deed("office", "person", "disabled"),
    "municipality_changes.enter": Deed(
        "office",
        fields={
            "municipality": "1602012",
            "new_name": "Nowa Nazwa",
            "effective_on": "2026-05-01",
            "legal_basis": "Dz.U. 2026 poz. 1",
        },
        names={"kind": "rename"},
    ),
    "municipality_changes.take_in": Deed(
        "office", fields={"file": Upload(OFFICIAL_FILE, "TERC.csv", "text/csv"), "allow_ending": "100"}
    ),
    "municipality_changes.apply_unused": Deed("office"),
    "municipality_changes.show": Deed("office", "change", "zdraft"),
    "municipality_changes.edit": Deed(
        "office",
        "change",
        "zdraft",
        {
            "municipality": "1602012",
            "new_name": "Inna",
            "effective_on": "2026-05-01",
            "legal_basis": "Ustawa",
        },
    ),
    "municipality_changes.apply": Deed("office", "change", "zdraft"),
    "municipality_changes.undo": Deed("office", "change", "zapplied"),
    "municipality_changes.discard": Deed("office", "change", "zdraft"),
    "partnerships.found_in": Deed(
        "office",
        "municipality",
        "zfree",
        lambda world: {
            "name": "Partnerstwo Nowe",
            "founded_on": "2026-04-01",
            "leader_name": "Ewa Nowa",
            "leader_email": "ewa.nowa@gromada.example",
            "animator_id": str(world.ids["animator"]),
            **ORGANISATION,
        },
    ),
    "partnerships.edit": Deed(
        "leader", "partnership", "adraft", {"name": "Nowe", "founded_on": "2026-03-01"}
    ),
    "partnerships.close": Deed(
        "office", "partnership", "anew", {"closed_on": "2026-04-15", "reason": "Koniec"}
    ),
    "partnerships.appoint_leader": Deed(
        "office", "partnership", "eorphan", {**PERSON, **ORGANISATION, "starts_on": "2026-04-15"}
    ),
    "partnerships.appoint_deputy": Deed(
        "leader",
        "partnership",
        "adraft",
        {**PERSON, "starts_on": "2026-04-15", "ends_on": "", "can_submit": "y", "can_publish": []},
    ),
    "partnerships.end_term": Deed(
        "leader", "term", "adraft deputy", {"ends_on": "2026-05-01", "reason": "Praca gdzie indziej"}
    ),
    "partnerships.change_deputy": Deed(
        "leader", "term", "adraft deputy", {"ends_on": "2026-12-31", "can_submit": "y", "can_publish": []}
    ),
    "partnerships.request_handover": Deed(
        "leader",
        "partnership",
        "adraft",
        {**PERSON, **ORGANISATION, "effective_on": "2026-05-01", "note": "Nowa praca"},
    ),
    "partnerships.accept_handover": Deed("successor", "handover", "aempty"),
    "partnerships.decline_handover": Deed("successor", "handover", "aempty", {"reason": "Brak czasu"}),
    "partnerships.confirm_handover": Deed("animator", "handover", "areturned", {"reason": "Zgoda"}),
    "partnerships.refuse_handover": Deed("animator", "handover", "areturned", {"reason": "Nie teraz"}),
    "partnerships.cancel_handover": Deed("leader", "handover", "areturned", {"reason": "Inaczej"}),
    "partnerships.assign_animator": Deed("office", "partnership", "adraft", another_animator),
    "partnerships.add_member": Deed(
        "leader",
        "partnership",
        "adraft",
        {**MEMBER, "name": "Szkoła nr 2", "org_type": "school", "joined_on": "2026-04-15"},
    ),
    "partnerships.change_member": Deed("leader", "member", "adraft", MEMBER),
    "partnerships.member_left": Deed("leader", "member", "adraft", {"left_on": "2026-04-15"}),
    "assessments.begin": Deed("leader", "partnership", "aempty"),
    "assessments.area": Deed(
        "leader",
        "assessment",
        "adraft",
        {"says_find": "3", "says_judge": "unknown", "seen": "1", "note": "Rozmowy", "then": "stop"},
        names={"area_code": "information"},
    ),
    "assessments.finish": Deed("leader", "assessment", "anew"),
    "assessments.take_needs": Deed("leader", "finished assessment", "adraft", {"take": "safety.fraud"}),
    "meetings.call": Deed(
        "leader", "partnership", "adraft", {**MEETING, "held_on": "2026-05-20", "invite": "y"}
    ),
    "meetings.record": Deed(
        "leader",
        "partnership",
        "adraft",
        {**MEETING, **OUTCOME, "held_on": "2026-04-01", "minutes_file": MINUTES},
    ),
    "meetings.change": Deed("leader", "meeting", "adraft", {**MEETING, "held_on": "2026-05-21"}),
    "meetings.outcome": Deed("leader", "meeting", "anew", {**OUTCOME, "minutes_file": MINUTES}),
    "meetings.invite": Deed("leader", "meeting", "adraft"),
    "meetings.call_off": Deed("leader", "meeting", "adraft", {"reason": "Powódź"}),
    **DEEDS_OF_RECORDS,
    **DEEDS_OF_ANIMATORS,
    "plans.start_general": Deed("leader", "partnership", "anew"),
    "plans.start_from": Deed("leader", "partnership", "anew", TICKS, {"source": "small-rural"}),
    "plans.fill_from": Deed("leader", "version", "aempty empty", TICKS, {"source": "small-rural"}),
    "plans.start_annual": Deed("leader", "partnership", "apublished", names={"year": 2028}),
    "public.verification": Deed(
        VISITOR, names={"lang": "en"}, fields={"file": Upload(pdf(), "plan.pdf", "application/pdf")}
    ),
    "plans.upload": Deed("leader", "version", "adraft draft", workbook("adraft")),
    "plans.apply_upload": Deed("leader", "upload", "adraft"),
    "plans.apply_and_submit": Deed("deputyfull", "upload", "adraft"),
    "plans.correct_upload": Deed("leader", "upload", "adraft", corrected("adraft")),
    "plans.correct_cells": Deed("leader", "version", "adraft draft", corrected("adraft draft")),
    "plans.discard_upload": Deed("leader", "upload", "adraft"),
    **DEEDS_OF_MAILS,
    **DEEDS_OF_SECOND_STEPS,
    **DEEDS_OF_LONG_WORK,
    **DEEDS_OF_NEWS,
    **DEEDS_OF_KNOWLEDGE,
    **DEEDS_OF_ADMINISTRATION,
    **DEEDS_OF_BOARD,
    **DEEDS_OF_REPORTS,
    **DEEDS_OF_TASKS,
    **DEEDS_OF_WEBINARS,
    **DEEDS_OF_WRITING,
    **DEEDS_OF_YEARS,
    "plans.take_over": Deed("leader", "upload", "adraft"),
    "plans.bring_together": Deed("leader", "upload", "adraft"),
    "plans.choose": Deed("leader", "upload", "adraft"),
    "plans.choose_answers": Deed("leader", "upload", "adraft"),
    "plans.submit": Deed("deputyfull", "version", "adraft draft"),
    "plans.delete_draft": Deed("leader", "version", "adraft draft"),
    "plans.withdraw": Deed("leader", "version", "asubmitted submitted"),
    "plans.start_review": Deed("animator", "version", "asubmitted submitted"),
    "plans.revise": Deed("leader", "version", "areturned returned"),
    "plans.remark": Deed(
        "animator",
        "version",
        "areview review",
        {"column": "need_text", "text": "Proszę o źródło"},
        lambda world: {"sheet": "needs", "row": world.row},
    ),
    "plans.change_remark": Deed("animator", "remark", "areview unsent", {"column": "row", "text": "Inaczej"}),
    "plans.delete_remark": Deed("animator", "remark", "areview unsent"),
    "plans.settle_remark": Deed("animator", "remark", "areview carried"),
    "plans.reopen_remark": Deed("animator", "remark", "areview carried", {"text": "Brakuje roku"}),
    "plans.answer": Deed(
        "leader",
        "remark",
        "adraft carried",
        lambda world: {"seen": world.seen["adraft carried"], "kind": "changed", "answer": "Jest źródło"},
    ),
    "plans.decide": Deed(
        "animator",
        "version",
        "areview review",
        {"decision": "approve", "checks": [check.value for check in ApprovalCheck], "note": "Dobry plan"},
    ),
    "plans.publish": Deed("deputyfull", "version", "aapproved approved"),
    "plans.publish_file": Deed("deputyfull", "version", "aapproved approved", workbook("aapproved")),
    "plans.final_file_to_draft": Deed("deputyfull", "final file", "aapproved"),
    "plans.consent": Deed("deputyfull", "version", "asubmitted submitted"),
    "plans.take_consent_back": Deed("leader", "version", "areview review"),
    "plans.reopen": Deed("leader", "version", "aapproved approved", {"reason": "Nowe dane"}),
    "plans.new_round": Deed("leader", "version", "apublished published"),
    "plans.correct": Deed("office", "version", "apublished published", {"reason": "Błąd w tytule"}),
    "plans.ask_feedback": Deed("leader", "version", "apublished private"),
    "plans.give_feedback": Deed("animator", "version", "apublished shared", {"text": "Dobry rok"}),
    "plans.put_in_use": Deed("leader", "version", "apublished private"),
    "plans.close_year": Deed("leader", "version", "apublished shared"),
}
"""Every address that takes a POST. One that is missing here fails the tests."""
