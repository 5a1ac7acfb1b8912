"""Letters to the leaders of municipalities chosen on the board: written, looked at, tried, sent; and read again."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission
from core import clock, storage
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm, SelectChoice
from core.i18n import _, ngettext
from core.long_work import open_work
from core.mail_text import as_html
from core.paging import address_with, asked_id, page_number
from core.uploads import FORM_AROUND_FILES, takes_files
from office.board.selection import Selection
from office.bulk_views import back_to_board, nothing_ticked
from office.letters import queries, services
from office.letters.forms import ChangeLetterForm, LetterForm
from office.letters.models import Letter, LetterFile
from office.letters.placeholders import PLACEHOLDERS
from office.reminding import Lacking, lacking
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID

bp = Blueprint("letters", __name__)

LETTER = Source(load=queries.letter_by_id, read=Permission.LETTER_WRITE)
LETTER_FILE = Source(load=queries.file_by_id, read=Permission.LETTER_WRITE)
ONE = f"/office/letters/<{ID}:letter_id>"


def most_bytes() -> int:
    return services.MOST_FILES * services.FILE_BYTES + FORM_AROUND_FILES


@bp.get("/office/letters")
@allowed(Permission.LETTER_WRITE)
def index() -> ResponseReturnValue:
    return render_template("office/letters/index.html", page=queries.letters(number=page_number()))


@bp.route("/office/board/write", methods=["GET", "POST"])
@allowed(Permission.LETTER_WRITE)
@takes_files(most_bytes, each=lambda: services.FILE_BYTES)
def write() -> ResponseReturnValue:
    """The municipalities stand in the address, as on the board."""
    chosen = Selection.asked()
    if chosen.is_empty:
        return nothing_ticked()
    ids = [row.partnership_id for row in chosen.rows()]
    form = LetterForm()
    if form.validate_on_submit():
        try:
            letter = services.draft_letter(
                subject=form.subject.data,
                body=form.body.data,
                files=form.sent_files,
                partnership_ids=ids,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return redirect(url_for(".show", letter_id=letter.id), 303)
    page = render_template(
        "office/letters/write.html",
        form=form,
        count=len(ids),
        here=url_for(".write", **chosen.question),
        back=back_to_board(),
        placeholders=PLACEHOLDERS,
    )
    return page, form.status


@bp.get(ONE)
@allowed_on(Permission.LETTER_WRITE, LETTER)
def show(letter: Letter) -> ResponseReturnValue:
    """A draft as each reader will get it; a letter that was sent with whom it went to."""
    return _page(letter)


def _page(letter: Letter, refused: DomainError | None = None) -> ResponseReturnValue:
    page = queries.deliveries_of(letter, number=page_number())
    one = _reader_shown(letter) if letter.is_draft else None
    subject, body = services.text_for(letter, one) if one else (letter.subject, letter.body)
    answer = render_template(
        "office/letters/show.html",
        letter=letter,
        page=page,
        one=one,
        subject=subject,
        text=as_html(body),
        to_send=queries.count_to_send(letter) if letter.is_draft else 0,
        preview_url=lambda partnership_id: address_with(partnership=partnership_id),
        refused=refused,
        sending=None if letter.is_draft else open_work(services.SENDING, services.about(letter)),
        form=ConfirmForm(),
        today=clock.today(),
    )
    return answer, 409 if refused else 200


def _reader_shown(letter: Letter) -> Lacking | None:
    """The one asked for, else the first whom somebody leads."""
    asked = asked_id("partnership")
    if asked is not None and queries.delivery_of(letter, asked) is None:
        abort(404)
    shown = asked if asked is not None else queries.first_to_show(letter)
    found = lacking([shown]) if shown is not None else []
    return found[0] if found else None


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@allowed_on(Permission.LETTER_WRITE, LETTER)
@takes_files(most_bytes, each=lambda: services.FILE_BYTES)
def edit(letter: Letter) -> ResponseReturnValue:
    form = ChangeLetterForm(obj=letter)
    form.removed.choices = [SelectChoice(one.id, one.file.name) for one in letter.files]
    if form.validate_on_submit():
        try:
            services.change_letter(
                letter,
                subject=form.subject.data,
                body=form.body.data,
                files=form.sent_files,
                removed=set(form.removed.data or ()),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return redirect(url_for(".show", letter_id=letter.id), 303)
    page = render_template("office/letters/edit.html", form=form, letter=letter, placeholders=PLACEHOLDERS)
    return page, form.status


@bp.post(f"{ONE}/try")
@allowed_on(Permission.LETTER_WRITE, LETTER)
def try_out(letter: Letter) -> ResponseReturnValue:
    one = _reader_shown(letter)
    if one is None:
        abort(404)
    services.try_letter(letter, one, actor=current_person())
    said = _("The mail goes to you, as %(name)s would read it.", name=one.partnership.municipality.name)
    flash(said, "success")
    return redirect(url_for(".show", letter_id=letter.id, partnership=request.args.get("partnership")), 303)


@bp.post(f"{ONE}/send")
@allowed_on(Permission.LETTER_WRITE, LETTER)
def send(letter: Letter) -> ResponseReturnValue:
    try:
        if queries.count_to_send(letter) > services.AT_ONCE:
            work = services.send_letter_later(letter, actor=current_person())
            return redirect(url_for("long_work.show", work_id=work.id), 303)
        sent = services.send_letter(letter, actor=current_person())
    except DomainError as refusal:
        return _page(letter, refusal)
    flash(ngettext("One mail goes out.", "%(num)d mails go out.", sent), "success")
    return redirect(url_for(".show", letter_id=letter.id), 303)


@bp.post(f"{ONE}/discard")
@allowed_on(Permission.LETTER_WRITE, LETTER)
def discard(letter: Letter) -> ResponseReturnValue:
    services.discard_letter(letter, actor=current_person())
    flash(_("The letter is thrown away."), "success")
    return redirect(url_for(".index"), 303)


@bp.get(f"/office/letters/files/<{ID}:file_id>")
@allowed_on(Permission.LETTER_WRITE, LETTER_FILE)
def file(found: LetterFile) -> ResponseReturnValue:
    return _download(found)


@bp.get(f"/partnerships/<{ID}:partnership_id>/letters")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    """What the office wrote to its leaders, word for word."""
    found = [(one, as_html(one.body or "")) for one in queries.letters_to(partnership)]
    return render_template("office/letters/of_partnership.html", partnership=partnership, letters=found)


@bp.get(f"/partnerships/<{ID}:partnership_id>/letters/files/<{ID}:file_id>")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def sent_file(partnership: Partnership, file_id: int) -> ResponseReturnValue:
    found = queries.sent_file_of(partnership.id, file_id)
    if found is None:
        abort(404)
    return _download(found)


def _download(found: LetterFile) -> ResponseReturnValue:
    return to_keep(storage.read(found.file), name=found.file.name, content_type=found.file.media_type)
