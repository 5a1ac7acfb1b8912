"""The link in a mail that says "this is not right" of a date entered as agreed by phone."""

from flask import url_for

from accounts.mail_links import DeedPage, MailDeed
from accounts.models import User
from accounts.policy import Permission
from animators.consultations.models import VisitSlot
from animators.visits import services
from animators.visits.errors import StandsAlready
from animators.visits.forms import NotRightForm
from animators.visits.notices import NOT_RIGHT
from animators.visits.queries import visit_of_slot
from animators.visits.states import entered_by_phone, may_be_objected_to
from animators.visits.times import said
from core.i18n import _


def _page(entered: VisitSlot, person: User) -> DeedPage:
    visit = entered.consultation
    if entered_by_phone(visit) is not entered:
        raise StandsAlready(None)
    if not may_be_objected_to(visit):
        raise StandsAlready(visit.stands_from)
    return DeedPage(
        title=_("Is this date not right?"),
        text=_(
            "It was entered as agreed by phone. If you say that it is not right, it is not agreed any more: both sides get a mail that takes it out of their calendars."
        ),
        button=_("This is not right"),
        facts=[
            (_("Visit"), f"{visit.visit_no}, {visit.municipality.name}"),
            (_("When"), said(entered.starts_at, entered.minutes)),
            (_("Where"), entered.place),
        ],
        form=NotRightForm,
    )


def _act(entered: VisitSlot, person: User, *, note: str | None = None) -> str:
    services.object_to(entered, note=note or "", actor=person)
    return _(
        "Thank you. The date is not agreed any more, and both sides are told. Call each other, or propose other dates."
    )


THIS_IS_NOT_RIGHT = MailDeed(
    name=NOT_RIGHT,
    load=visit_of_slot,
    permission=Permission.VISIT_AGREE,
    page=_page,
    act=_act,
    place=lambda entered: url_for("visits.show", visit_id=entered.consultation_id),
)
