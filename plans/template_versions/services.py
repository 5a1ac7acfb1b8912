"""The office's verbs: put a draft there, publish it, say until when the version before is taken, remind."""

from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock, mail
from core.database import db
from plans.definitions import PlanKind
from plans.models import PlanTemplate, PlanVersion, TemplateStatus
from plans.notices import authors
from plans.template_versions.checked import checked_definition
from plans.template_versions.errors import (
    ChangedSinceShown,
    DefinitionHasFaults,
    LimitIsOver,
    NobodyBehind,
    NotAccepted,
    NotADraft,
)
from plans.template_versions.events import TemplateEvent
from plans.template_versions.queries import current_template, draft_of, drafts_behind
from plans.template_versions.seeding import note_change, seed_templates
from programme.models import Programme
from programme.queries import the_programme


def save_draft(kind: PlanKind, text: str, *, actor: User) -> PlanTemplate:
    """The next version, to be looked at and tried out. A draft that is there already is replaced."""
    seed_templates(_locked_programme())
    checked = checked_definition(text, kind)
    if checked.definition is None:
        raise DefinitionHasFaults
    draft = draft_of(kind)
    if draft is None:
        draft = PlanTemplate(kind=kind, version=checked.definition.version, definition=text)
        db.session.add(draft)
    draft.definition, draft.version = text, checked.definition.version
    db.session.flush()
    _record(TemplateEvent.DRAFTED, draft, actor)
    return draft


def discard_draft(draft: PlanTemplate, *, actor: User) -> None:
    if draft.status is not TemplateStatus.DRAFT:
        raise NotADraft
    _record(TemplateEvent.DISCARDED, draft, actor)
    db.session.delete(draft)
    db.session.flush()


def publish(
    draft: PlanTemplate, *, accepted_until: date, checks_from: date | None, seen: int, actor: User
) -> None:
    """From now on new plans follow it. The one before is taken until a day; until another its new checks only warn."""
    programme = _locked_programme()
    db.session.refresh(draft)
    if draft.status is not TemplateStatus.DRAFT:
        raise NotADraft
    if draft.row_version != seen:
        raise ChangedSinceShown
    if accepted_until < clock.today():
        raise LimitIsOver
    if checked_definition(draft.definition, draft.kind).definition is None:
        raise DefinitionHasFaults
    before = current_template(draft.kind)
    if before is not None:
        before.status, before.accepted_until = TemplateStatus.ACCEPTED, accepted_until
        _record(
            TemplateEvent.REPLACED, before, actor,
            before={"status": TemplateStatus.CURRENT}, after={"accepted_until": accepted_until.isoformat()},
        )  # fmt: skip
        db.session.flush()
    draft.status, draft.published_at = TemplateStatus.CURRENT, clock.now()
    draft.checks_from = checks_from or accepted_until
    _record(
        TemplateEvent.PUBLISHED, draft, actor,
        before={"status": TemplateStatus.DRAFT}, after={"checks_from": draft.checks_from.isoformat()},
    )  # fmt: skip
    note_change(programme)


def change_limit(template: PlanTemplate, *, accepted_until: date, actor: User) -> None:
    """Longer or shorter. One that is retired is taken again until that day."""
    programme = _locked_programme()
    if template.status not in (TemplateStatus.ACCEPTED, TemplateStatus.RETIRED):
        raise NotAccepted
    if accepted_until < clock.today():
        raise LimitIsOver
    before = _facts(template)
    template.status, template.accepted_until = TemplateStatus.ACCEPTED, accepted_until
    _record(TemplateEvent.LIMIT_CHANGED, template, actor, before=before, after=_facts(template))
    note_change(programme)


def retire(template: PlanTemplate, *, actor: User) -> None:
    """At once: from now on its workbooks are answered with a fresh one that holds what they say."""
    programme = _locked_programme()
    if template.status is not TemplateStatus.ACCEPTED:
        raise NotAccepted
    template.status = TemplateStatus.RETIRED
    _record(
        TemplateEvent.RETIRED, template, actor,
        before={"status": TemplateStatus.ACCEPTED}, after={"status": TemplateStatus.RETIRED},
    )  # fmt: skip
    note_change(programme)


def remind(kind: PlanKind, *, actor: User) -> int:
    """One mail to each leader whose draft follows an older version; where nobody leads, to the deputies.

    Whoever was reminded of this version once is not reminded again. Returns how many people it is for.
    """
    current, behind = current_template(kind), drafts_behind(kind)
    if current is None or not behind:
        raise NobodyBehind
    theirs: dict[User, list[PlanVersion]] = {}
    for version in behind:
        leader = version.partnership.leader(clock.today())
        for person in [leader] if leader else authors(version):
            theirs.setdefault(person, []).append(version)
    for person, versions in theirs.items():
        mail.queue(
            person,
            "plans/mail/template_behind",
            dedupe_key=f"template-behind:{kind}:{current.version}:{person.id}",
            reply_to=actor.mail_address,
            about=versions[0].plan,
            versions=versions,
            number=current.version,
        )
    _record(TemplateEvent.REMINDED, current, actor, people=len(theirs), drafts=len(behind))
    return len(theirs)


def _facts(template: PlanTemplate) -> dict[str, str | None]:
    until = template.accepted_until
    return {"status": template.status, "accepted_until": until.isoformat() if until else None}


def _locked_programme() -> Programme:
    """What changes templates goes one after the other."""
    row = the_programme().row
    db.session.execute(select(Programme.id).where(Programme.id == row.id).with_for_update())
    return row


def _record(event: TemplateEvent, template: PlanTemplate, actor: User, **data: Any) -> None:
    audit.record(event, template, actor=actor, kind=template.kind, number=template.version, **data)
