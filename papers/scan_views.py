"""Signed scans that say themselves which paper they are: many at once, and those that somebody has to choose a paper for."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission, can
from core.database import let_others_write
from core.errors import DomainError
from core.i18n import _, ngettext
from core.uploads import SentFile, sent_files, takes_files
from papers import services
from papers.errors import NothingSorted, OneFileForAPaper, TooManyFiles
from papers.forms import AnyScanForm, paper_of, waiting_form
from papers.models import Paper
from papers.queries import papers_of, waiting_scans
from papers.recognising import carried_by_each
from papers.services.sorting import SentScan, Sorted, choose_papers, sort_scans
from papers.views import bp, may_send
from partnerships.files.models import Attachment
from partnerships.files.services import most_bytes
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID

__all__ = ["bp"]  # one blueprint: importing this module attaches its views as well

MOST_FILES = 30
TOGETHER = 8
"""So many files as large as may be: thirty photos of a telephone."""


def most_together() -> int:
    return TOGETHER * most_bytes()


@bp.route(f"/partnerships/<{ID}:partnership_id>/papers/scan", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
@takes_files(most_together, each=most_bytes)
def send_any_scan(partnership: Partnership) -> ResponseReturnValue:
    form = AnyScanForm()
    files = sent_files(form.file)
    scans = _looked_at(files) if 0 < len(files) <= MOST_FILES else []
    papers = _papers(partnership)
    form.offer(_in_force(papers))
    if form.validate_on_submit():
        try:
            if len(files) > MOST_FILES:
                raise TooManyFiles(MOST_FILES)
            done = _sent(form, partnership, papers, scans)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            if not done.is_empty:
                return _told(partnership, done)
            for said in done.said:
                form.reject(said)
    waiting = len(waiting_scans(partnership))
    page = render_template("papers/send_scan.html", partnership=partnership, form=form, waiting=waiting)
    return page, form.status


def _looked_at(files: Sequence[SentFile]) -> list[SentScan]:
    """Before anything is asked of the database: it may take seconds, and nobody else shall wait."""
    let_others_write()
    return [SentScan(*file, carried) for file, carried in zip(files, carried_by_each(files), strict=True)]


def _papers(partnership: Partnership) -> list[Paper]:
    """With those no longer in force: a scan that carries the code of one is told so."""
    return [paper for paper in papers_of(partnership) if may_send(paper)]


def _in_force(papers: Sequence[Paper]) -> list[Paper]:
    return [paper for paper in papers if not paper.is_void]


def _sent(
    form: AnyScanForm, partnership: Partnership, papers: Sequence[Paper], scans: Sequence[SentScan]
) -> Sorted:
    chosen = next((paper for paper in papers if paper.id == form.paper.data), None)
    if chosen is None:
        return sort_scans(partnership, papers, scans, actor=current_person())
    if len(scans) > 1:
        raise OneFileForAPaper
    (scan,) = scans
    services.keep_scan(chosen, name=scan.name, data=scan.data, actor=current_person())
    return Sorted(placed=[chosen])


@bp.route(f"/partnerships/<{ID}:partnership_id>/papers/waiting", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
def waiting(partnership: Partnership) -> ResponseReturnValue:
    """Scans of which nobody knows yet what they are."""
    scans, papers = waiting_scans(partnership), _in_force(_papers(partnership))
    form = waiting_form({scan: _places_for(scan, papers) for scan in scans})
    if form.validate_on_submit():
        by_id = {paper.id: paper for paper in papers}
        chosen = {one: by_id[paper_id] for one in scans if (paper_id := paper_of(form, one)) in by_id}
        done = choose_papers(chosen, actor=current_person())
        if done.placed:
            return _told(partnership, done)
        for refusal in done.said or [NothingSorted()]:
            form.reject(refusal)
    return render_template(
        "papers/waiting.html", partnership=partnership, scans=scans, form=form
    ), form.status


def _places_for(scan: Attachment, papers: Sequence[Paper]) -> Sequence[Paper]:
    """Whoever may not open a scan puts it only where it stays evidence, so that its choice opens nothing."""
    person = current_person()
    if scan.added_by_id == person.id or can(person, Permission.FILE_EDIT, scan):
        return papers
    return [paper for paper in papers if paper.is_evidence]


def _told(partnership: Partnership, done: Sorted) -> ResponseReturnValue:
    for refusal in done.said:
        flash(str(refusal), "warning")
    if done.waiting:
        flash(
            ngettext(
                "One file does not say which paper it is. Choose it below.",
                "%(num)d files do not say which paper they are. Choose it below.",
                len(done.waiting),
            ),
            "info",
        )
    if done.placed:
        said = ", ".join(paper.label for paper in done.placed)
        flash(
            _("The signed scan is in its place: %(paper)s.", paper=said)
            if len(done.placed) == 1
            else _("The signed scans are in their places: %(papers)s.", papers=said),
            "success",
        )
    return redirect(_next(partnership, done), 303)


def _next(partnership: Partnership, done: Sorted) -> str:
    if waiting_scans(partnership):
        return url_for(".waiting", partnership_id=partnership.id)
    if len(done.placed) == 1:
        return url_for(".show", paper_id=done.placed[0].id)
    return url_for(".of_partnership", partnership_id=partnership.id)
