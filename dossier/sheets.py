"""Records of the register as documents: what stands in no file of its own, so that it can be read without the system."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.history import HistoryLine
from accounts.mail_links import without_secrets
from animators.advice.notices import without_phone
from animators.consultations.models import Consultation
from animators.consultations.words import kind_of, next_steps_of, said_of, topic_words
from core import clock, records
from core.csv_files import csv_file
from core.formatting import day, hours, moment
from core.i18n import _, ngettext
from core.mail import OutboxMail
from core.records import Section
from dossier.archive import Item
from meetings.models import PartnershipMeeting
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership, PartnershipMember
from partnerships.words import listed
from plans.earlier import EarlierPlan
from plans.models import CommentState, PlanVersion
from plans.page import place_of
from programme.logo_copies import logos_on_paper
from programme.queries import the_programme


def document(title: str, lead: str, sections: Sequence[Section], *, at: datetime) -> bytes:
    programme = the_programme()
    return records.record_pdf(
        title, lead, sections,
        author=programme.name, funding=programme.funding_statement, moment=at, logos=logos_on_paper(),
    )  # fmt: skip


def partnership_sheet(
    partnership: Partnership, members: Sequence[PartnershipMember], meetings: Sequence[PartnershipMeeting]
) -> bytes:
    """What the partnership is, who belongs to it, who led and advised it, and when its members met."""
    municipality = partnership.municipality
    sections = [
        Section(
            "",
            [
                records.facts(
                    [
                        (_("Municipality"), municipality.label),
                        (_("Territorial code"), municipality.code),
                        (_("Voivodeship"), municipality.voivodeship.name),
                        (_("Status"), str(partnership.status.label)),
                        (_("Founded on"), day(partnership.founded_on)),
                        (_("Closed on"), day(partnership.closed_on) if partnership.closed_on else ""),
                    ]
                )
            ],
        ),
        Section(_("Members"), [_members(members)]),
        Section(_("People"), [_people(partnership)]),
        Section(_("Meetings"), [_meetings(meetings)]),
    ]
    return document(partnership.name, _made_on(), sections, at=clock.now())


def _members(members: Sequence[PartnershipMember]) -> records.Part:
    return records.table(
        [_("Organisation"), _("Role"), _("Contributes"), _("Joined on"), _("Left on")],
        [
            [
                member.organisation.name,
                listed(member.role, "partner_role"),
                listed(member.contribution, "contribution"),
                day(member.joined_on),
                day(member.left_on),
            ]
            for member in members
        ],
        widths=[5, 4, 4, 2, 2],
    )


def _people(partnership: Partnership) -> records.Part:
    everybody: Iterable[LeaderTerm | AnimatorAssignment] = [*partnership.terms, *partnership.assignments]
    return records.table(
        [_("Name"), _("Duty"), _("First day"), _("Last day")],
        [
            [one.user.name, str(one.kind.label), day(one.starts_on), day(one.ends_on)]
            for one in sorted(everybody, key=lambda one: one.starts_on)
        ],
        widths=[5, 4, 2, 2],
    )


def _meetings(meetings: Sequence[PartnershipMeeting]) -> records.Part:
    return records.table(
        [_("Day"), _("Place"), _("People"), _("What was agreed"), _("Next steps")],
        [
            [
                f"{day(one.held_on)}\n{one.kind.label}\n{one.state.label}",
                one.place,
                str(one.people_count or "–"),
                one.summary or "–",
                one.next_steps or "–",
            ]
            for one in meetings
        ],
        widths=[3, 3, 1, 5, 4],
    )


def consultation_sheet(consultations: Sequence[Consultation]) -> bytes:
    rows = [
        [
            day(one.actual_start or one.planned_start),
            kind_of(one),
            hours(one.actual_minutes) if one.actual_minutes else "–",
            one.animator.name if one.animator else "–",
            _report(one),
            "\n".join(part for part in (str(one.status.label), said_of(one)) if part),
        ]
        for one in consultations
    ]
    heads = [_("Day"), _("Channel"), _("Duration"), _("Animator"), _("Summary and next steps"), _("Status")]
    listing = records.table(heads, rows, widths=[2, 2, 2, 3, 6, 3])
    return document(_("Consultations"), _made_on(), [Section("", [listing])], at=clock.now())


def _report(consultation: Consultation) -> str:
    """What was reported beside the figures, a line for each that somebody said."""
    people = consultation.participants_count
    lines = [
        topic_words(consultation),
        ngettext("%(num)d person", "%(num)d people", people) if people else "",
        consultation.summary or "",
        next_steps_of(consultation),
        consultation.length_note or "",
    ]
    return "\n".join(line for line in lines if line) or "–"


def decisions_sheet(versions: Sequence[PlanVersion]) -> bytes:
    """All that was decided about one plan, version by version, with the remarks and their answers."""
    sections = [
        Section(_("Version %(number)s", number=version.number), list(_decision(version)))
        for version in versions
    ]
    return document(
        _("Decisions: %(plan)s", plan=versions[0].plan.title), _made_on(), sections, at=clock.now()
    )


def earlier_plans_sheet(plans: Sequence[EarlierPlan]) -> bytes:
    """What is known of plans that were decided before this system."""
    none_yet = _("The file has not been added yet.")
    rows = [
        [
            plan.title,
            str(plan.status.label),
            day(plan.decided_on),
            plan.file.file_name if plan.file and plan.file.is_kept else none_yet,
        ]
        for plan in plans
    ]
    heads = [_("Plan"), _("Status"), _("Decided on"), _("File")]
    listing = records.table(heads, rows, widths=[4, 2, 2, 4])
    return document(_("Plans approved earlier"), _made_on(), [Section("", [listing])], at=clock.now())


def _decision(version: PlanVersion) -> Iterable[records.Part]:
    yield records.facts(
        [
            (_("Status"), str(version.status.label)),
            (_("Submitted on"), moment(version.submitted_at) if version.submitted_at else ""),
            (_("Submitted by"), version.submitted_by.name if version.submitted_by else ""),
            (_("Decided on"), moment(version.decided_at) if version.decided_at else ""),
            (_("Decided by"), version.decided_by.name if version.decided_by else ""),
            (_("Published on"), moment(version.published_at) if version.published_at else ""),
            (_("Note"), version.decision_note or ""),
            (_("Fingerprint of the content"), version.content_hash or ""),
        ]
    )
    remarks = [remark for remark in version.comments if remark.state is not CommentState.DRAFT]
    if remarks:
        yield records.table(
            [_("Where"), _("Remark"), _("Answer"), _("State")],
            [[place_of(one, version), one.text, one.answer or "–", str(one.state.label)] for one in remarks],
            widths=[3, 5, 5, 2],
        )


def history_table(lines: Sequence[HistoryLine]) -> bytes:
    """As a table, the earliest first: who, when, what, on whose behalf, old and new."""
    heads = [_("Moment"), _("Who"), _("On behalf of"), _("What"), _("Note"), _("Before"), _("Now")]
    rows = [
        [
            line.at_text,
            line.who or "",
            line.on_behalf_of or "",
            line.text,
            line.note or "",
            "; ".join(f"{one.label}: {one.before}" for one in line.changes if one.before),
            "; ".join(f"{one.label}: {one.after}" for one in line.changes if one.after),
        ]
        for line in reversed(lines)
    ]
    return b"".join(csv_file(heads, rows))


def mail_text(mail: OutboxMail) -> bytes:
    """Of one whose words have gone (``core/mail_forgetting.py``), that there was one."""
    head = [
        _("Sent: %(moment)s", moment=moment(mail.sent_at)),
        _("Subject: %(subject)s", subject=mail.subject),
    ]
    body = _("To whom it went and what it said are no longer kept.")
    if mail.to_address:
        head.insert(0, _("To: %(name)s <%(address)s>", name=mail.to_name, address=mail.to_address))
        body = without_secrets(without_phone(mail))
    return ("\ufeff" + "\r\n".join([*head, "", *body.splitlines(), ""])).encode()


def contents_sheet(
    partnership: Partnership, items: Sequence[Item], left_out: Sequence[tuple[str, str]]
) -> bytes:
    """The table of contents, with a fingerprint of each file; and what is kept elsewhere, with the reason."""
    sections = [Section("", [records.text(_how_to_read())])]
    for folder in dict.fromkeys(item.folder for item in items):
        rows = [
            [item.title, item.path, day(item.moment), item.hash[:16]]
            for item in items
            if item.folder == folder
        ]
        heads = [_("What"), _("File"), _("Day"), _("SHA-256, first 16 signs")]
        sections.append(Section(folder, [records.table(heads, rows, widths=[5, 6, 2, 4])]))
    if left_out:
        reason = _(
            "Signed lists and cards hold personal data: they are opened one by one in the system and never copied."
        )
        listing = records.table([_("What"), _("Kept until")], left_out, widths=[5, 2])
        sections.append(Section(_("Kept in the system only"), [records.text(reason), listing]))
    title = _("File of the partnership %(name)s", name=partnership.name)
    return document(title, partnership.municipality.label, sections, at=clock.now())


def _how_to_read() -> str:
    return _(
        "Everything here opens without the system: PDF with any reader, CSV and XLSX with a spreadsheet, TXT with any editor. Made on %(moment)s.",
        moment=moment(clock.now()),
    )


def _made_on() -> str:
    return _("As of %(moment)s", moment=moment(clock.now()))
