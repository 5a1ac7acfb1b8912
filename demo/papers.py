"""Papers to sign at the home of the story: the agreement came back signed, two more wait for a pen."""

from collections.abc import Sequence

from core import clock
from demo.cast import HOME
from demo.seats import Seat
from papers.documents import paper_pdf
from papers.kinds import PaperKind
from papers.services import keep_scan, make_paper
from papers.subjects import choices_for

SIGNED_AFTER = 16
"""Days after the founding."""
WAITING = 3
"""Days ago."""


def sign_papers(seats: Sequence[Seat]) -> None:
    seat = next(seat for seat in seats if seat.code == HOME)
    day = seat.calendar.moment(seat.founded - SIGNED_AFTER, seat.chance("papers"))
    with clock.at(day), seat.calendar.with_its_mails():
        agreement = make_paper(PaperKind.AGREEMENT, seat.partnership, actor=seat.leader)
        name = f"{agreement.number.replace('/', '-')}-podpisane.pdf"
        keep_scan(agreement, name=name, data=paper_pdf(agreement).printed(), actor=seat.leader)
    with seat.at(WAITING):
        latest = choices_for(PaperKind.DECLARATION, seat.partnership)[-1]
        make_paper(PaperKind.DECLARATION, seat.partnership, latest.about, actor=seat.leader)
        make_paper(PaperKind.CONSULTATION, seat.partnership, actor=seat.leader)
