"""Open requests for advice when partnerships merge: they go on where the partnership does."""

from collections.abc import Sequence

from accounts.models import User
from animators.advice.events import AdviceEvent
from animators.advice.queries import open_requests_of
from core import audit
from core.database import db
from core.i18n import _l, ngettext
from municipalities.followers import Follower, Line
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange
from partnerships.changes.succession import course, standing
from partnerships.models import Partnership


class RequestsFollow(Follower):
    topic = _l("Requests for advice")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        decided = course(change, standing(change))
        if decided.successor is None:
            return []
        lines = []
        for partnership in decided.merged:
            number = len(open_requests_of([partnership.id]))
            if number:
                said = ngettext(
                    "%(num)d open request of %(name)s goes on with %(heir)s",
                    "%(num)d open requests of %(name)s go on with %(heir)s",
                    number,
                    name=partnership.name,
                    heir=decided.successor.name,
                )
                lines.append(Line(said))
        return lines

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        """The partnerships have merged by now."""
        moved = {row["id"] for row in journal.rows if row["table"] == Partnership.__tablename__}
        for request in open_requests_of(moved):
            heir = request.partnership.successor_id
            if heir is None:
                continue
            journal.change(request, partnership_id=heir)
            journal.settle()
            db.session.expire(request, ["partnership"])
            audit.record(AdviceEvent.REQUESTS_WENT_ALONG, request, actor=actor, change_id=change.id)
