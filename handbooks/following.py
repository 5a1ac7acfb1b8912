"""Handbooks as they are touched by a change of municipalities: copies sent are counted where the partnership goes on."""

from core.i18n import _l, ngettext
from handbooks.events import HandbookEvent
from handbooks.models import HandbookIssue
from partnerships.changes.going_along import RecordsGoAlong


class HandbooksFollow(RecordsGoAlong):
    topic = _l("Handbooks")
    model, event = HandbookIssue, HandbookEvent.WENT_ALONG

    def counted(self, number: int, place: str) -> str:
        return ngettext(
            "%(num)d sending of handbooks to %(place)s",
            "%(num)d sendings of handbooks to %(place)s",
            number,
            place=place,
        )
