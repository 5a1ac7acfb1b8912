"""The partnership's file for one reader: everything that this person may read of it, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby

from accounts.models import User
from accounts.policy import Permission, can
from assessments.documents import assessment_pdf
from assessments.queries import assessments_of
from assessments.results import title_of
from core import clock, storage
from core.i18n import _, language
from dossier import queries, sheets
from dossier.archive import Item, file_name, folder_name, told_apart
from meetings.queries import meetings_of
from papers.queries import scans_of_void_papers
from partnerships.files.models import Attachment
from partnerships.files.queries import files_to_export
from partnerships.models import Partnership
from partnerships.queries import members_of
from plans.documents.plan_pdf import plan_pdf
from plans.downloads import plan_workbook
from plans.earlier import EarlierPlan
from plans.earlier_queries import earlier_plans_of
from plans.models import PlanVersion
from progress.history_page import whole_history

MOST_EVENTS = 5_000


def file_of(partnership: Partnership, reader: User) -> list[Item]:
    """With its table of contents first."""
    merged = queries.merged_into(partnership)
    items = told_apart(
        [
            *_own(partnership, reader),
            *(
                replace(item, folder="/".join(part for part in (folder, item.folder) if part))
                for folder, one in zip(_folders_of(merged), merged, strict=True)
                for item in _own(one, reader)
            ),
        ]
    )
    left_out = [
        (one.title, str(one.retain_until.year) if one.retain_until else "–")
        for owner in (partnership, *merged)
        for one in queries.evidence_of(owner)
    ]
    contents = sheets.contents_sheet(partnership, items, left_out)
    return [Item("", file_name(_("00 contents"), "pdf"), _("Contents"), contents, clock.now()), *items]


def _folders_of(merged: Sequence[Partnership]) -> list[str]:
    """What merged into it has a folder of its own each, after its own six."""
    return [folder_name(f"{number:02} {one.name}") for number, one in enumerate(merged, start=7)]


def _own(partnership: Partnership, reader: User) -> Iterator[Item]:
    versions = [
        version for version in queries.versions_of(partnership) if can(reader, Permission.PLAN_READ, version)
    ]
    files = _files(partnership, reader)
    earlier = earlier_plans_of(partnership)
    approved = {plan.file_id for plan in earlier}
    yield from _register(partnership)
    papers = [one for one in files.values() if one.id not in approved]
    yield from _papers(papers, void=scans_of_void_papers(partnership))
    yield from _plans(versions)
    yield from _earlier_plans(earlier, files)
    yield from _consultations(partnership)
    yield from _assessments(partnership)
    yield from _mails(partnership, versions)
    yield _history(partnership, versions)


def _register(partnership: Partnership) -> Iterator[Item]:
    data = sheets.partnership_sheet(partnership, members_of(partnership), meetings_of(partnership)[::-1])
    yield Item("", file_name(_("01 partnership"), "pdf"), _("The partnership"), data, clock.now())


def _files(partnership: Partnership, reader: User) -> dict[int, Attachment]:
    """Whatever lies in the archive as it was sent comes from here: no other way leads round what may leave."""
    found = files_to_export(partnership)
    return {one.id: one for one in found if one.file is not None and can(reader, Permission.FILE_OPEN, one)}


def _papers(files: Iterable[Attachment], *, void: Set[int]) -> Iterator[Item]:
    """Agreements, minutes and all other files, byte for byte as they were sent. What binds nobody says so."""
    folder = folder_name(_("02 files"))
    for one in files:
        item = _as_sent(one, folder)
        if void & {one.id, one.replaced_by_id, one.signature_of_id}:
            item = replace(item, title=_("%(title)s (no longer in force)", title=item.title))
        yield item


def _as_sent(attachment: Attachment, folder: str) -> Item:
    assert attachment.file is not None  # noqa: S101 (only kept files come here; for the type checker)
    stem, _dot, ending = attachment.file_name.rpartition(".")
    day_sent = clock.local(attachment.added_at).date().isoformat()
    name = file_name(f"{day_sent} {attachment.title or stem}", ending.casefold())
    return Item(folder, name, attachment.title, storage.read(attachment.file), attachment.added_at)


def _plans(versions: Sequence[PlanVersion]) -> Iterator[Item]:
    for _plan_id, several in groupby(versions, key=lambda version: version.plan_id):
        yield from _plan(list(several))


def _plan(versions: Sequence[PlanVersion]) -> Iterator[Item]:
    plan = versions[0].plan
    folder = "/".join((folder_name(_("03 plans")), folder_name(plan.title)))
    for version in versions:
        title = _("%(plan)s, version %(number)s", plan=plan.title, number=version.number)
        name = file_name(_("version %(number)s", number=version.number), "pdf")
        yield Item(folder, name, title, plan_pdf(version).data, version.published_at or version.status_since)
    last = versions[-1]
    workbook = plan_workbook(last, language=language(), short=False)
    yield Item(folder, file_name(_("workbook"), "xlsx"), workbook.name, workbook.data, last.updated_at)
    if any(version.submitted_at for version in versions):
        decisions = sheets.decisions_sheet(versions)
        title = _("Decisions: %(plan)s", plan=plan.title)
        yield Item(folder, file_name(_("decisions"), "pdf"), title, decisions, last.updated_at)


def _earlier_plans(plans: Sequence[EarlierPlan], files: Mapping[int, Attachment]) -> Iterator[Item]:
    """Decided before this system: what was decided, and the file that was approved. Their content is not kept here."""
    if not plans:
        return
    title = _("Plans approved earlier")
    folder = "/".join((folder_name(_("03 plans")), folder_name(title)))
    added = [
        replace(_as_sent(files[plan.file_id], folder), title=plan.title)
        for plan in plans
        if plan.file_id is not None and plan.file_id in files
    ]
    yield Item(folder, file_name(title, "pdf"), title, sheets.earlier_plans_sheet(plans), clock.now())
    yield from added


def _consultations(partnership: Partnership) -> Iterator[Item]:
    consultations = queries.consultations_of(partnership.municipality)
    if consultations:
        data = sheets.consultation_sheet(consultations)
        yield Item("", file_name(_("04 consultations"), "pdf"), _("Consultations"), data, clock.now())


def _assessments(partnership: Partnership) -> Iterator[Item]:
    """Those that are finished, beside the files."""
    folder = folder_name(_("02 files"))
    for one in assessments_of(partnership):
        if one.taken_on is not None and one.finished_at is not None:
            what = _("Self-assessment")
            name = file_name(f"{one.taken_on.isoformat()} {what}", "pdf")
            yield Item(folder, name, title_of(one), assessment_pdf(one), one.finished_at)


def _mails(partnership: Partnership, versions: Sequence[PlanVersion]) -> Iterator[Item]:
    """Each with the files that went along with it."""
    folder = folder_name(_("05 mails"))
    for mail in queries.mails_about(partnership, {version.plan_id for version in versions}):
        sent = mail.sent_at or mail.created_at
        when = f"{clock.local(sent):%Y-%m-%d %H%M}"
        name = file_name(f"{when} {mail.subject}", "txt")
        yield Item(folder, name, mail.subject, sheets.mail_text(mail), sent)
        for file in mail.files:
            stem, _dot, ending = file.name.rpartition(".")
            name = file_name(f"{when} {stem}", ending.casefold())
            yield Item(folder, name, f"{mail.subject}: {file.name}", storage.read(file), sent)


def _history(partnership: Partnership, versions: Sequence[PlanVersion]) -> Item:
    lines = whole_history(partnership, {version.plan_id for version in versions}, most=MOST_EVENTS)
    data = sheets.history_table(lines)
    return Item("", file_name(_("06 history"), "csv"), _("What happened"), data, clock.now())
