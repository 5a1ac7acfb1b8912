"""Who may open what, written down once more by hand: from the rules of the programme, not from the code that keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.guards.matrix.people import (
    ADMIN,
    ANIMATOR,
    DEPUTY,
    FUNDER,
    LEADER,
    OFFICE,
    PUBLISHING,
    SUBMITTING,
    SUCCESSOR,
    Identity,
    Standing,
)
from tests.guards.matrix.world import Record

Standings = frozenset[Standing]

EVERYBODY = "everybody"
"""With or without an account."""
SIGNED_IN = "whoever is signed in"

ALLOWED, SIGN_IN, NOT_FOR_ROLE, NOT_FOUND = "allowed", "sign in", "403", "404"

PEOPLE_AROUND: Standings = frozenset({LEADER, DEPUTY, ANIMATOR, OFFICE})
AUTHORS: Standings = frozenset({LEADER, DEPUTY})

SEEN_BY: Mapping[str, Mapping[str, Standings]] = {
    "partnership": {"": PEOPLE_AROUND, "leaderless": PEOPLE_AROUND},
    "change": {"": frozenset({OFFICE})},
    "member": {"": PEOPLE_AROUND},
    "organisation": {"": PEOPLE_AROUND},
    "file": dict.fromkeys(("partnership", "evidence", "public"), PEOPLE_AROUND),
    "term": {"leader's": PEOPLE_AROUND, "deputy's": PEOPLE_AROUND},
    "person": {"": frozenset({OFFICE, ADMIN})},
    "grant": {"": frozenset({OFFICE, ADMIN})},
    "version": {
        "draft": AUTHORS | {OFFICE},
        "correction": AUTHORS | {OFFICE},
        "handed over": PEOPLE_AROUND,
        "private": AUTHORS,
        "shared": AUTHORS | {ANIMATOR},
    },
    "remark": {"draft": AUTHORS | {OFFICE}, "handed over": PEOPLE_AROUND, "not sent": frozenset()},
    "reviewed remark": dict.fromkeys(("draft", "handed over", "not sent"), frozenset({ANIMATOR, OFFICE})),
    "import": {"": AUTHORS | {OFFICE}},
    "earlier plan": {"": PEOPLE_AROUND},
    "upload": {"draft": AUTHORS, "correction": AUTHORS | {OFFICE}},
    "final file": {"": PEOPLE_AROUND},
    "animator": {"": frozenset({OFFICE})},
    "assignment": {"": frozenset({OFFICE})},
    "leave": {"": frozenset({ANIMATOR, OFFICE})},
    "handover": {"": PEOPLE_AROUND | {SUCCESSOR}},
    "meeting": {"": PEOPLE_AROUND},
    "handbook": {"": PEOPLE_AROUND},
    "paper": {"": PEOPLE_AROUND, "animator's": PEOPLE_AROUND},
    "new paper": {"": PEOPLE_AROUND, "animator's": PEOPLE_AROUND},
    "code": {"": PEOPLE_AROUND, "animator's": PEOPLE_AROUND},
    "edition": {"": frozenset({OFFICE})},
    "request": {"": PEOPLE_AROUND},
    "entry": {"": frozenset({ANIMATOR})},
    "outside": {"": frozenset({ANIMATOR})},
    "consultation": {"": PEOPLE_AROUND},
    "visit": {"": PEOPLE_AROUND},
    "follow up": {"": PEOPLE_AROUND},
    "overrun": {"": frozenset({OFFICE})},
    "phrase": {"own": frozenset({ANIMATOR}), "shared": frozenset({OFFICE})},
    "card": {"": frozenset({ANIMATOR, OFFICE})},
    "card line": {"": frozenset({ANIMATOR, OFFICE})},
}
"""Kind of record and its state: to whom it exists at all. To anybody else it is like one that does not."""

KNOWN_TO_ALL = {"municipality", "mayor", "handover", "card", "card line"}
"""Or anybody could be one whom they concern: whoever is asked to take over has no role yet, a former animator none any more."""


@dataclass(frozen=True)
class Access:
    """``kind``: the record that the address names, if any. ``only``: where somebody may do it in some states alone."""

    who: Standings | str
    kind: str | None = None
    only: Mapping[Standing, frozenset[str]] = field(default_factory=dict)
    never_own: bool = False

    def expected(self, identity: Identity, record: Record | None) -> str:
        if self.who == EVERYBODY:
            return ALLOWED
        if not identity.gets_in:
            return SIGN_IN
        if self.who == SIGNED_IN:
            return ALLOWED if record or not self.kind else NOT_FOUND
        if not self._could_ever(identity):
            return NOT_FOR_ROLE
        return self._on_record(identity, record) if self.kind else ALLOWED

    def _could_ever(self, identity: Identity) -> bool:
        if self.kind in KNOWN_TO_ALL:
            return True
        seers = frozenset().union(*SEEN_BY[self.kind].values()) if self.kind else frozenset()
        return bool(identity.roles & (frozenset(self.who) | seers))

    def _on_record(self, identity: Identity, record: Record | None) -> str:
        standing = identity.standing(record.family) if record else frozenset()
        seers = SEEN_BY.get(self.kind or "")
        if record is None or (seers and not standing & seers[record.state]):
            return NOT_FOUND
        if self.never_own and standing & AUTHORS:
            return NOT_FOR_ROLE if self.kind == "version" else NOT_FOUND
        mine = {
            one
            for one in standing & frozenset(self.who)
            if record.state in self.only.get(one, {record.state})
        }
        return ALLOWED if mine else NOT_FOR_ROLE


def on(kind: str, *who: Standing, never_own: bool = False, **only: frozenset[str]) -> Access:
    restricted = {Standing[name]: states for name, states in only.items()}
    return Access(frozenset(who), kind, restricted, never_own)


def page(*who: Standing) -> Access:
    return Access(frozenset(who))


ANYBODY, ANY_PERSON = Access(EVERYBODY), Access(SIGNED_IN)

READ_PLAN = on("version", LEADER, DEPUTY, ANIMATOR, OFFICE)
WRITE_PLAN = on("version", LEADER, DEPUTY, OFFICE, OFFICE=frozenset({"correction"}))
HAND_OVER = on("version", LEADER, SUBMITTING, OFFICE)
PUBLISH = on("version", LEADER, PUBLISHING, OFFICE)
DECIDE = on("version", ANIMATOR, OFFICE, never_own=True)
REMARK = on("reviewed remark", ANIMATOR, OFFICE, never_own=True)
UPLOAD = on("upload", LEADER, DEPUTY, OFFICE)
FINAL_FILE = on("final file", LEADER, PUBLISHING, OFFICE)
READ_PARTNERSHIP = on("partnership", LEADER, DEPUTY, ANIMATOR, OFFICE)
WRITE_PARTNERSHIP = on("partnership", LEADER, DEPUTY, OFFICE)
WRITE_MEMBER = on("member", LEADER, DEPUTY, OFFICE)
READ_MEETING = on("meeting", LEADER, DEPUTY, ANIMATOR, OFFICE)
WRITE_MEETING = on("meeting", LEADER, DEPUTY, OFFICE)
NO_EVIDENCE = frozenset({"partnership", "public"})
WRITE_FILE = on("file", LEADER, DEPUTY, OFFICE, DEPUTY=NO_EVIDENCE)
MANAGE = on("partnership", OFFICE)
START_PLAN = on("partnership", LEADER, DEPUTY, OFFICE, OFFICE=frozenset({"leaderless"}))
PERSON, GRANT = on("person", OFFICE, ADMIN), on("grant", OFFICE, ADMIN)

CHANGE = on("change", OFFICE)

READ_CONSULTATION = on("consultation", LEADER, DEPUTY, ANIMATOR, OFFICE)
ANSWER_CONSULTATION = on("consultation", LEADER, DEPUTY, OFFICE)
VISIT = on("visit", LEADER, DEPUTY, ANIMATOR, OFFICE)

ACCESS: Mapping[str, Access] = {
    "public.start": ANYBODY,
    "public.home": ANYBODY,
    "public.plans": ANYBODY,
    "public.verification": ANYBODY,
    "public.municipality": ANYBODY,
    "public.plan": ANYBODY,
    "public.plan_version": ANYBODY,
    "public.plan_file": ANYBODY,
    "public.plan_version_file": ANYBODY,
    "public.home_picture": ANYBODY,
    "public.picture": ANYBODY,
    "public.animators": ANYBODY,
    "public.animator_photo": ANYBODY,
    "public.privacy": ANYBODY,
    "public.accessibility": ANYBODY,
    "public.privacy_in_ones_language": ANYBODY,
    "public.accessibility_in_ones_language": ANYBODY,
    "plans.instructions": ANYBODY,
    "accounts.sign_in": ANYBODY,
    "accounts.sign_out": ANYBODY,
    "accounts.forgot_password": ANYBODY,
    "accounts.password_link_sent": ANYBODY,
    "accounts.new_password": ANYBODY,
    "accounts.ask_for_sign_in_link": ANYBODY,
    "accounts.sign_in_link_sent": ANYBODY,
    "accounts.sign_in_by_link": ANYBODY,
    "accounts.do_by_link": ANYBODY,
    "accounts.invitation": ANYBODY,
    "accounts.switch_language": ANYBODY,
    "accounts.profile": ANY_PERSON,
    "accounts.change_password": ANY_PERSON,
    "accounts.sessions": ANY_PERSON,
    "accounts.still_here": ANY_PERSON,
    "accounts.dismiss_hint": ANY_PERSON,
    "accounts.show_hints_again": ANY_PERSON,
    "progress.home": ANY_PERSON,
    "progress.waiting": page(ANIMATOR),
    "agenda.month": ANY_PERSON,
    "agenda.address": ANY_PERSON,
    "agenda.make_address": ANY_PERSON,
    "agenda.revoke_address": ANY_PERSON,
    "agenda.feed": ANYBODY,
    "municipalities.index": ANY_PERSON,
    "municipalities.show": Access(SIGNED_IN, "municipality"),
    "municipality_changes.index": page(OFFICE),
    "municipality_changes.choose_kind": page(OFFICE),
    "municipality_changes.enter": page(OFFICE),
    "municipality_changes.take_in": page(OFFICE),
    "municipality_changes.apply_unused": page(OFFICE),
    "municipality_changes.show": CHANGE,
    "municipality_changes.edit": CHANGE,
    "municipality_changes.apply": CHANGE,
    "municipality_changes.undo": CHANGE,
    "municipality_changes.discard": CHANGE,
    "animators.index": page(OFFICE),
    "animators.show": on("animator", OFFICE),
    "animators.reassign": on("animator", OFFICE),
    "animators.profile": on("animator", OFFICE),
    "animators.own_profile": page(ANIMATOR),
    "animators.end_assignment": on("assignment", OFFICE),
    "animators.leave": on("leave", ANIMATOR, OFFICE),
    "visits.of_partnership": READ_PARTNERSHIP,
    "visits.enter_new": READ_PARTNERSHIP,
    "visits.propose_new": READ_PARTNERSHIP,
    "visits.show": VISIT,
    "visits.calendar": VISIT,
    "visits.accept": VISIT,
    "visits.enter": VISIT,
    "visits.propose": VISIT,
    "visits.move": VISIT,
    "visits.decline": VISIT,
    "visits.not_right": VISIT,
    "visits.take_move_back": VISIT,
    "visits.cancel": VISIT,
    "visits.trip": page(ANIMATOR),
    "consultations.show": READ_CONSULTATION,
    "consultations.report": on("consultation", ANIMATOR),
    "consultations.correct": on("consultation", ANIMATOR),
    "consultations.report_form": READ_CONSULTATION,
    "consultations.confirm": ANSWER_CONSULTATION,
    "consultations.dispute": ANSWER_CONSULTATION,
    "consultations.disputes": page(OFFICE),
    "consultations.decide": on("consultation", OFFICE),
    "consultations.next_steps": READ_PARTNERSHIP,
    "consultations.add_step": READ_CONSULTATION,
    "consultations.tick": on("follow up", LEADER, DEPUTY, ANIMATOR, OFFICE),
    "people.index": page(OFFICE, ADMIN),
    "people.invite": page(OFFICE, ADMIN),
    "people.show": PERSON,
    "people.activate": PERSON,
    "people.deactivate": PERSON,
    "people.end_sessions": PERSON,
    "people.resend_invitation": PERSON,
    "people.grant": PERSON,
    "people.end_grant": GRANT,
    "office.tools": page(OFFICE),
    "office.board": page(OFFICE),
    "hours_reports.months": page(OFFICE),
    "hours_reports.municipalities": page(OFFICE),
    "hours_reports.animators": page(OFFICE),
    "hours_reports.entries": page(OFFICE),
    "hours_reports.consultations": page(OFFICE),
    "hours_reports.outside": page(OFFICE),
    "hours_reports.ledger_xlsx": page(OFFICE),
    "hours_reports.ledger_csv": page(OFFICE),
    "office.board_csv": page(OFFICE),
    "office.board_xlsx": page(OFFICE),
    "intake.index": page(OFFICE),
    "intake.template": page(OFFICE),
    "intake.register_export": page(OFFICE),
    "intake.members": WRITE_PARTNERSHIP,
    "intake.members_export": READ_PARTNERSHIP,
    "intake.show": on("import", LEADER, DEPUTY, OFFICE),
    "intake.columns": on("import", LEADER, DEPUTY, OFFICE),
    "intake.apply": on("import", LEADER, DEPUTY, OFFICE),
    "intake.discard": on("import", LEADER, DEPUTY, OFFICE),
    "intake.sent": on("import", LEADER, DEPUTY, OFFICE),
    "intake.earlier": READ_PARTNERSHIP,
    "intake.plan_file": on("earlier plan", OFFICE),
    "partnerships.index": page(LEADER, DEPUTY, ANIMATOR, OFFICE),
    "partnerships.found": page(OFFICE),
    "partnerships.found_in": on("municipality", OFFICE),
    "progress.partnership": READ_PARTNERSHIP,
    "progress.history": READ_PARTNERSHIP,
    "dossier.whole_file": READ_PARTNERSHIP,
    "partnerships.members": READ_PARTNERSHIP,
    "partnerships.edit": WRITE_PARTNERSHIP,
    "partnerships.add_member": WRITE_PARTNERSHIP,
    "partnerships.change_member": WRITE_MEMBER,
    "partnerships.member_left": WRITE_MEMBER,
    "partnerships.organisation": on("organisation", LEADER, DEPUTY, ANIMATOR, OFFICE),
    "partnerships.change_organisation": on("organisation", LEADER, DEPUTY, OFFICE),
    "partnerships.end_organisation": on("organisation", LEADER, DEPUTY, OFFICE),
    "partnerships.head": READ_PARTNERSHIP,
    "partnerships.add_mayor": on("municipality", LEADER, OFFICE),
    "partnerships.change_mayor": on("mayor", LEADER, OFFICE),
    "partnerships.remove_mayor": on("mayor", LEADER, OFFICE),
    "partnerships.files": READ_PARTNERSHIP,
    "partnerships.add_file": WRITE_PARTNERSHIP,
    "partnerships.open_file": on("file", LEADER, DEPUTY, ANIMATOR, OFFICE, DEPUTY=NO_EVIDENCE),
    "partnerships.replace_file": WRITE_FILE,
    "partnerships.sign_file": WRITE_FILE,
    "partnerships.change_file": WRITE_FILE,
    "partnerships.remove_file": WRITE_FILE,
    "files.public_file": ANYBODY,
    "partnerships.appoint_deputy": on("partnership", LEADER, OFFICE),
    "partnerships.end_term": on("term", LEADER, OFFICE, LEADER=frozenset({"deputy's"})),
    "partnerships.change_deputy": on("term", LEADER, OFFICE, LEADER=frozenset({"deputy's"})),
    "partnerships.terms": READ_PARTNERSHIP,
    "partnerships.request_handover": on("partnership", LEADER, OFFICE),
    "partnerships.handover": on("handover", LEADER, DEPUTY, ANIMATOR, OFFICE, SUCCESSOR),
    "partnerships.accept_handover": on("handover", SUCCESSOR),
    "partnerships.decline_handover": on("handover", SUCCESSOR),
    "partnerships.confirm_handover": on("handover", ANIMATOR, OFFICE),
    "partnerships.refuse_handover": on("handover", ANIMATOR, OFFICE),
    "partnerships.cancel_handover": on("handover", LEADER, OFFICE),
    "partnerships.appoint_leader": MANAGE,
    "partnerships.assign_animator": MANAGE,
    "partnerships.close": MANAGE,
    "hours.of_partnership": READ_PARTNERSHIP,
    "hours.show_forecast": page(LEADER, DEPUTY, ANIMATOR, OFFICE),
    "hours.exceptions": page(OFFICE),
    "hours.decide": on("overrun", OFFICE),
    "hours.change": MANAGE,
    "meetings.of_partnership": READ_PARTNERSHIP,
    "meetings.call": WRITE_PARTNERSHIP,
    "meetings.record": WRITE_PARTNERSHIP,
    "meetings.show": READ_MEETING,
    "meetings.calendar": READ_MEETING,
    "meetings.change": WRITE_MEETING,
    "meetings.outcome": WRITE_MEETING,
    "meetings.invite": WRITE_MEETING,
    "meetings.call_off": WRITE_MEETING,
    "papers.of_partnership": READ_PARTNERSHIP,
    "papers.make": on("new paper", LEADER, DEPUTY, ANIMATOR, OFFICE, ANIMATOR=frozenset({"animator's"})),
    "papers.send_any_scan": WRITE_PARTNERSHIP,
    "papers.show": on("paper", LEADER, DEPUTY, ANIMATOR, OFFICE),
    "papers.pdf": on("paper", LEADER, DEPUTY, ANIMATOR, OFFICE),
    "papers.docx": on("paper", LEADER, DEPUTY, ANIMATOR, OFFICE),
    "papers.send_scan": on("paper", LEADER, DEPUTY, ANIMATOR, OFFICE, ANIMATOR=frozenset({"animator's"})),
    "papers.by_code": on("code", LEADER, DEPUTY, ANIMATOR, OFFICE),
    "paper_texts.index": page(OFFICE),
    "paper_texts.edit": page(OFFICE),
    "paper_texts.restore": page(OFFICE),
    "advice.index": page(ANIMATOR),
    "advice.log": page(ANIMATOR),
    "advice.forecast": page(ANIMATOR),
    "advice.outside": page(ANIMATOR),
    "advice.take_back_outside": on("outside", ANIMATOR),
    "advice.logged": on("entry", ANIMATOR),
    "advice.undo": on("entry", ANIMATOR),
    "advice.correct": on("entry", ANIMATOR),
    "advice.call": on("partnership", ANIMATOR),
    "advice.of_partnership": READ_PARTNERSHIP,
    "advice.ask": on("partnership", LEADER, DEPUTY),
    "advice.show_request": on("request", LEADER, DEPUTY, ANIMATOR, OFFICE),
    "advice.answer": on("request", ANIMATOR),
    "advice.close_request": on("request", ANIMATOR),
    "advice.withdraw_request": on("request", LEADER, DEPUTY),
    "handbooks.index": page(OFFICE),
    "handbooks.editions": page(OFFICE),
    "handbooks.new_edition": page(OFFICE),
    "handbooks.change_edition": on("edition", OFFICE),
    "handbooks.file": ANYBODY,
    "handbooks.of_partnership": READ_PARTNERSHIP,
    "handbooks.confirm": on("handbook", LEADER, DEPUTY, OFFICE),
    "handbooks.correct": on("handbook", OFFICE),
    "plans.start_general": START_PLAN,
    "plans.start_annual": on("partnership", LEADER, DEPUTY),
    "plans.start_options": START_PLAN,
    "plans.start_from": START_PLAN,
    "plans.fill_options": WRITE_PLAN,
    "plans.fill_from": WRITE_PLAN,
    "plans.show": READ_PLAN,
    "plans.compare": READ_PLAN,
    "plans.compare_workbook": READ_PLAN,
    "plans.download": READ_PLAN,
    "plans.as_pdf": READ_PLAN,
    "plans.as_csv": READ_PLAN,
    "plans.upload": WRITE_PLAN,
    "plans.revise": WRITE_PLAN,
    "plans.new_round": WRITE_PLAN,
    "plans.delete_draft": WRITE_PLAN,
    "plans.share": WRITE_PLAN,
    "plans.stop_sharing": WRITE_PLAN,
    "plans.ask_feedback": WRITE_PLAN,
    "plans.submit": HAND_OVER,
    "plans.withdraw": HAND_OVER,
    "plans.put_in_use": HAND_OVER,
    "plans.close_year": HAND_OVER,
    "plans.publish": PUBLISH,
    "plans.publish_file": PUBLISH,
    "plans.final_file_outcome": FINAL_FILE,
    "plans.final_file_to_draft": FINAL_FILE,
    "plans.sent_final_file": FINAL_FILE,
    "plans.consent": on("version", LEADER, PUBLISHING),
    "plans.take_consent_back": on("version", LEADER, PUBLISHING),
    "plans.start_review": DECIDE,
    "plans.remark": DECIDE,
    "plans.decide": DECIDE,
    "plans.reopen": on("version", LEADER, ANIMATOR, OFFICE),
    "plans.correct": on("version", OFFICE),
    "plans.give_feedback": on("version", ANIMATOR),
    "plans.waiting": page(ANIMATOR),
    "cards.index": page(ANIMATOR),
    "cards.begin": page(ANIMATOR),
    "cards.show": on("card", ANIMATOR, OFFICE),
    "cards.pdf": on("card", ANIMATOR, OFFICE),
    "cards.xlsx": on("card", ANIMATOR, OFFICE),
    "cards.add_line": on("card", ANIMATOR),
    "cards.change_line": on("card line", ANIMATOR),
    "cards.remove_line": on("card line", ANIMATOR),
    "cards.submit": on("card", ANIMATOR),
    "cards.take_back": on("card", ANIMATOR),
    "cards.check": on("card", OFFICE),
    "cards.send_back": on("card", OFFICE),
    "cards.lock": on("card", OFFICE),
    "cards.office": page(OFFICE),
    "cards.office_xlsx": page(OFFICE),
    "cards.remind": page(OFFICE),
    "phrases.index": page(ANIMATOR, OFFICE),
    "phrases.add": page(ANIMATOR, OFFICE),
    "phrases.change": on("phrase", ANIMATOR, OFFICE),
    "phrases.put_away": on("phrase", ANIMATOR, OFFICE),
    "phrases.bring_back": on("phrase", ANIMATOR, OFFICE),
    "plans.answer": on("remark", LEADER, DEPUTY, OFFICE, OFFICE=frozenset({"correction"})),
    "plans.change_remark": REMARK,
    "plans.delete_remark": REMARK,
    "plans.settle_remark": REMARK,
    "plans.reopen_remark": REMARK,
    "plans.upload_outcome": UPLOAD,
    "plans.apply_upload": UPLOAD,
    "plans.apply_and_submit": on("upload", LEADER, SUBMITTING, OFFICE),
    "plans.correct_upload": UPLOAD,
    "plans.take_over": UPLOAD,
    "plans.bring_together": UPLOAD,
    "plans.choose": UPLOAD,
    "plans.coloured_upload": UPLOAD,
    "plans.correct_cells": WRITE_PLAN,
    "plans.coloured_draft": WRITE_PLAN,
    "plans.discard_upload": UPLOAD,
    "plans.uploaded_file": UPLOAD,
}
"""Every endpoint. One that is missing here fails the tests: decide first who may use it."""

NOBODYS: Standings = frozenset({FUNDER})
"""A role for frozen figures, of which there are none yet: it opens nothing but what everybody with an account has."""
