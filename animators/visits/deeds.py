"""What links in mails do: accept a proposed date, or say "this is not right" of one entered as agreed by phone."""

from flask import url_for

from accounts.mail_links import DeedPage, MailDeed
from accounts.models import User
from accounts.policy import Permission
from animators.consultations.models import VisitSlot
from animators.visits import services
from animators.visits.answering import check_answerable
from animators.visits.calendars import slot_of
from animators.visits.errors import StandsAlready
from animators.visits.forms import NotRightForm
from animators.visits.notices import ACCEPT, NOT_RIGHT
from animators.visits.queries import visit_of_slot
from animators.visits.states import entered_by_phone, may_be_objected_to
from core.i18n import _
from core.local_times import said


def _accept_page(proposed: VisitSlot, person: User) -> DeedPage:
    acting = check_answerable(proposed, actor=person)
    visit, old = proposed.consultation, slot_of(proposed.consultation)
    return DeedPage(
        title=_("Accept this date?"),
        text=_("Then the visit is agreed, and both sides get a mail with the entry for their calendars."),
        button=_("Accept this date"),
        facts=[
            (_("Visit"), f"{visit.visit_no}, {visit.municipality.name}"),
            (_("When"), said(proposed.starts_at, proposed.minutes)),
            (_("Where"), proposed.place),
            *([(_("Agreed until now"), f"{said(old.starts_at, old.minutes)}, {old.place}")] if old else []),
            *([(_("On behalf of"), str(acting.side.label))] if acting.by_office else []),
        ],
    )


def _accept(proposed: VisitSlot, person: User) -> str:
    services.accept(proposed, actor=person)
    return _("The visit is agreed. Both sides get a mail with the entry for their calendars.")


def _place(slot: VisitSlot) -> str:
    return url_for("visits.show", visit_id=slot.consultation_id)


ACCEPT_THIS_DATE = MailDeed(
    name=ACCEPT,
    load=visit_of_slot,
    permission=Permission.VISIT_AGREE,
    page=_accept_page,
    act=_accept,
    place=_place,
)


def _not_right_page(entered: VisitSlot, person: User) -> DeedPage:
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


def _not_right(entered: VisitSlot, person: User, *, note: str | None = None) -> str:
    services.object_to(entered, note=note or "", actor=person)
    return _(
        "Thank you. The date is not agreed any more, and both sides are told. Call each other, or propose other dates."
    )


THIS_IS_NOT_RIGHT = MailDeed(
    name=NOT_RIGHT,
    load=visit_of_slot,
    permission=Permission.VISIT_AGREE,
    page=_not_right_page,
    act=_not_right,
    place=_place,
)
