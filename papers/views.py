"""Addresses about papers to sign: made, taken along, and their scan put in its place."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission, can
from core.database import let_others_write
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, language
from core.text import slug
from core.uploads import SentFile, sent_file, takes_files
from papers import services
from papers.documents import paper_docx, paper_pdf
from papers.documents.parts import text_of
from papers.errors import OtherPaper
from papers.filling import missing, signing_members, values_for
from papers.forms import AgainForm, MakeForm, ScanForm
from papers.kinds import FORMS, Form, PaperKind, Subject
from papers.markup import BlockKind, names_in
from papers.models import NewPaper, Paper
from papers.names import NAMES
from papers.page import papers_page
from papers.queries import papers_of, waiting_scans
from papers.recognising import NOTHING, carried_by
from papers.sources import BY_CODE, NEW_PAPER, PAPER
from papers.subjects import About, Choice, choices_for, label_of
from papers.texts import text_in_force
from partnerships.files.services import most_bytes
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID

bp = Blueprint("papers", __name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get(f"/partnerships/<{ID}:partnership_id>/papers")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    return render_template(
        "papers/of_partnership.html",
        partnership=partnership,
        papers=papers_page(papers_of(partnership)),
        waiting=len(waiting_scans(partnership)),
        kinds=_kinds_to_make(partnership),
        label_of=label_of,
    )


@bp.route(f"/partnerships/<{ID}:partnership_id>/papers/make/<kind>", methods=["GET", "POST"])
@allowed_on(Permission.PAPER_EDIT, NEW_PAPER)
def make(new: NewPaper) -> ResponseReturnValue:
    """``about`` in the address: what was chosen on the page that leads here."""
    partnership, wanted = new.partnership, new.kind
    choices = choices_for(wanted, partnership)
    form = _make_form(wanted, choices)
    about = _chosen(form, choices)
    if form.validate_on_submit():
        try:
            another = isinstance(form, AgainForm) and bool(form.another.data)
            paper = services.make_paper(wanted, partnership, about, actor=current_person(), another=another)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(paper, _("The paper %(number)s is ready to be signed.", number=paper.number))
    page = render_template(
        "papers/make.html",
        partnership=partnership,
        kind=wanted,
        form=form,
        subject=FORMS[wanted].subject,
        used=FORMS[wanted].used,
        choices=choices,
        gaps=_gaps(wanted, partnership, about),
        waiting=_waiting(wanted, partnership),
    )
    return page, form.status


def _kinds_to_make(partnership: Partnership) -> list[tuple[PaperKind, Form]]:
    person = current_person()
    kinds = PaperKind if partnership.is_open else ()
    return [
        (kind, FORMS[kind])
        for kind in kinds
        if can(person, Permission.PAPER_EDIT, NewPaper(partnership, kind))
    ]


def _waiting(kind: PaperKind, partnership: Partnership) -> Paper | None:
    """Of a kind of which there may be several the one that is given out again."""
    return services.made_before(kind, partnership, None) if FORMS[kind].is_repeated else None


def _make_form(kind: PaperKind, choices: list[Choice]) -> MakeForm | AgainForm | ConfirmForm:
    subject = FORMS[kind].subject
    if FORMS[kind].is_repeated:
        return AgainForm()
    if subject is Subject.PARTNERSHIP:
        return ConfirmForm()
    form = MakeForm(about=_asked_for(choices))
    form.offer(choices, str(subject.label))
    return form


def _asked_for(choices: list[Choice]) -> int | None:
    asked = request.args.get("about", type=int)
    if len(choices) == 1:
        return choices[0].id
    return asked if asked in {one.id for one in choices} else None


def _chosen(form: MakeForm | AgainForm | ConfirmForm, choices: list[Choice]) -> About:
    wanted = form.about.data if isinstance(form, MakeForm) else None
    return next((one.about for one in choices if one.id == wanted), None)


def _gaps(kind: PaperKind, partnership: Partnership, about: About) -> list[str]:
    """What the records do not know, so that somebody may add it first."""
    if about is None and FORMS[kind].subject is not Subject.PARTNERSHIP:
        return []
    text = text_in_force(kind, language())
    gaps = missing(values_for(kind, partnership, about), names_in(text))
    said = [str(NAMES[name].meaning) for name in gaps]
    has_table = any(block.kind is BlockKind.MEMBERS for block in text.blocks)
    if has_table and not signing_members(partnership):
        said.append(str(NAMES["members"].meaning))
    return said


@bp.get(f"/papers/<{ID}:paper_id>")
@allowed_on(Permission.PARTNERSHIP_READ, PAPER)
def show(paper: Paper) -> ResponseReturnValue:
    return _page_of(paper, ScanForm())


@bp.post(f"/papers/<{ID}:paper_id>/scan")
@allowed_on(Permission.PAPER_EDIT, PAPER)
@takes_files(most_bytes)
def send_scan(paper: Paper) -> ResponseReturnValue:
    if not may_send(paper):
        abort(403)
    form = ScanForm()
    file = sent_file(form.file)
    is_other = False
    if form.validate_on_submit() and file:
        try:
            _keep(paper, file, is_sure=bool(form.sure.data))
        except DomainError as refusal:
            form.reject(refusal)
            is_other = isinstance(refusal, OtherPaper)
        else:
            return _to(paper, _("The signed scan is in its place."))
    return _page_of(paper, form, asks_whether_sure=is_other), form.status


def _keep(paper: Paper, file: SentFile, *, is_sure: bool) -> None:
    carried = NOTHING
    if not is_sure:
        let_others_write()  # looking at pictures may take seconds
        carried = carried_by(file.name, file.data)
    services.keep_scan(paper, name=file.name, data=file.data, actor=current_person(), carried=carried)


def may_send(paper: Paper) -> bool:
    """Whoever may not change a file does not put another one in its place either: signed lists are no deputy's."""
    person = current_person()
    present = paper.scan if paper.scan and paper.scan.is_kept else None
    return can(person, Permission.PAPER_EDIT, paper) and (
        present is None or can(person, Permission.FILE_EDIT, present)
    )


@bp.get("/p/<token>")
@allowed_on(Permission.PARTNERSHIP_READ, BY_CODE)
def by_code(paper: Paper) -> ResponseReturnValue:
    """Where the code on the paper leads: the place for its scan."""
    return redirect(url_for(".show", paper_id=paper.id, _anchor="scan"), 303)


@bp.get(f"/papers/<{ID}:paper_id>/pdf")
@allowed_on(Permission.PARTNERSHIP_READ, PAPER)
def pdf(paper: Paper) -> ResponseReturnValue:
    data = paper_pdf(paper).printed()
    return to_keep(data, name=_file_name(paper, "pdf"), content_type="application/pdf")


@bp.get(f"/papers/<{ID}:paper_id>/docx")
@allowed_on(Permission.PARTNERSHIP_READ, PAPER)
def docx(paper: Paper) -> ResponseReturnValue:
    return to_keep(paper_docx(paper), name=_file_name(paper, "docx"), content_type=DOCX)


def _file_name(paper: Paper, ending: str) -> str:
    """Its number first: a scan that keeps the name is known by it."""
    return f"{paper.number.replace('/', '-')}-{slug(paper.title)[:60].strip('-')}.{ending}"


def _page_of(paper: Paper, form: ScanForm, *, asks_whether_sure: bool = False) -> str:
    return render_template(
        "papers/show.html",
        paper=paper,
        partnership=paper.partnership,
        form=form,
        words=text_of(paper),
        about=label_of(paper.about),
        may_send=paper.partnership.is_open and not paper.is_void and may_send(paper),
        asks_whether_sure=asks_whether_sure,
    )


def _to(paper: Paper, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", paper_id=paper.id), 303)
