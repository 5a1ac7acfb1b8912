"""What is coming, one webinar, and the office's figures."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission, can
from core.forms import ConfirmForm
from core.i18n import _
from core.paging import page_number
from programme.queries import the_programme
from webinars import queries
from webinars.certificates.queries import certificate_for
from webinars.forms import PeriodForm
from webinars.models import Webinar
from webinars.recorded import recordings_of
from webinars.registrations.queries import is_registered
from webinars.views.blueprint import ID, WEBINAR, bp


@bp.get("/webinars")
@allowed(Permission.WEBINAR_READ)
def index() -> ResponseReturnValue:
    """What is coming for everybody, with one's own seats marked; for the office its drafts before it."""
    may_manage = can(current_person(), Permission.WEBINAR_MANAGE)
    coming = queries.coming()
    return render_template(
        "webinars/index.html",
        coming=coming,
        seats=queries.seats_by_webinar(current_person(), [one.id for one in coming]),
        drafts=queries.drafts() if may_manage else [],
    )


@bp.get("/webinars/past")
@allowed(Permission.WEBINAR_READ)
def past() -> ResponseReturnValue:
    text = request.args.get("q", "")[:80]
    page = queries.past(queries.Wanted(text=text), number=page_number())
    ids = [one.id for one in page.rows]
    return render_template(
        "webinars/past.html",
        page=page,
        text=text,
        seats=queries.seats_by_webinar(current_person(), ids),
        recordings=recordings_of(ids),
    )


@bp.get(f"/webinars/<{ID}:webinar_id>")
@allowed_on(Permission.WEBINAR_READ, WEBINAR)
def show(webinar: Webinar) -> ResponseReturnValue:
    """The link to join is for those registered, and for the office."""
    person = current_person()
    sees_link = can(person, Permission.WEBINAR_MANAGE) or is_registered(webinar, person)
    return render_template(
        "webinars/show.html",
        webinar=webinar,
        seat=queries.seats_by_webinar(person, [webinar.id]).get(webinar.id),
        join_link=webinar.join_link if sees_link else None,
        certificate=certificate_for(webinar, person) if webinar.is_over else None,
        recording=recordings_of([webinar.id]).get(webinar.id),
        form=ConfirmForm(),
    )


@bp.get("/webinars/figures")
@allowed(Permission.WEBINAR_MANAGE)
def figures() -> ResponseReturnValue:
    form = PeriodForm(formdata=request.args)
    first, last = form.first.data, form.last.data = form.days()
    rows = queries.figures(first, last)
    return render_template(
        "webinars/figures.html",
        form=form,
        first=first,
        last=last,
        rows=rows,
        short=[row for row in rows if row.is_short],
        notice=the_programme().settings.webinar_notice_days,
        title=_("Webinars in figures"),
    )
