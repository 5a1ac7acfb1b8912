"""Asking for handbooks: what went where, and who is short of copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, literal, select
from sqlalchemy.orm import joinedload

from core.database import db
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from handbooks.models import HandbookEdition, HandbookIssue
from municipalities.models import Municipality, Voivodeship
from municipalities.search import matching
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme


class Supply(LabelledEnum):
    """How a municipality stands with its copies of the current edition. Never stored."""

    NOTHING_SENT = "nothing_sent", _l("Nothing sent"), Tone.NEUTRAL
    ON_THE_WAY = "on_the_way", _l("To be confirmed"), Tone.INFO
    SHORT = "short", _l("Copies missing"), Tone.WARNING
    COMPLETE = "complete", _l("Complete"), Tone.SUCCESS


@dataclass(frozen=True)
class SupplyRow:
    wanted: int
    municipality_id: int
    partnership_id: int
    name: str
    code: str
    voivodeship: str
    sent: int
    confirmed: int
    on_the_way: int
    """Copies of sendings that nobody has confirmed. Of a confirmed one, what did not arrive is lost."""
    last_sent_on: date | None

    @property
    def supply(self) -> Supply:
        if self.confirmed >= self.wanted:
            return Supply.COMPLETE
        if not self.sent:
            return Supply.NOTHING_SENT
        return Supply.SHORT if self.missing else Supply.ON_THE_WAY

    @property
    def missing(self) -> int:
        """Copies that neither arrived nor are on their way."""
        return max(0, self.wanted - self.confirmed - self.on_the_way)


def current_edition() -> HandbookEdition | None:
    return db.session.scalar(
        select(HandbookEdition).where(HandbookEdition.is_current).options(joinedload(HandbookEdition.file))
    )


def edition_by_id(edition_id: int) -> HandbookEdition | None:
    return db.session.scalar(
        select(HandbookEdition)
        .where(HandbookEdition.id == edition_id)
        .options(joinedload(HandbookEdition.file))
    )


def editions() -> Sequence[HandbookEdition]:
    """The newest first."""
    return db.session.scalars(
        select(HandbookEdition)
        .options(joinedload(HandbookEdition.file))
        .order_by(HandbookEdition.published_on.desc(), HandbookEdition.id.desc())
    ).all()


def issues_of(municipality: Municipality) -> Sequence[HandbookIssue]:
    """The latest first."""
    return db.session.scalars(
        select(HandbookIssue)
        .where(HandbookIssue.municipality_id == municipality.id)
        .options(joinedload(HandbookIssue.edition, innerjoin=True))
        .order_by(HandbookIssue.sent_on.desc(), HandbookIssue.id.desc())
    ).all()


def last_issue_id() -> int:
    return db.session.scalar(select(func.max(HandbookIssue.id))) or 0


def sent_to_since(issue_id: int, municipalities: Sequence[Municipality]) -> Sequence[str]:
    """Names of those for which copies were recorded after that sending."""
    later = select(HandbookIssue.municipality_id).where(HandbookIssue.id > issue_id)
    return db.session.scalars(
        select(Municipality.name)
        .where(Municipality.id.in_([one.id for one in municipalities]), Municipality.id.in_(later))
        .order_by(Municipality.sort_key, Municipality.id)
    ).all()


def issue_of(partnership: Partnership, issue_id: int) -> HandbookIssue | None:
    """Only one of this partnership's municipality: an id from elsewhere is no id here."""
    return db.session.scalar(
        select(HandbookIssue)
        .where(HandbookIssue.id == issue_id, HandbookIssue.municipality_id == partnership.municipality_id)
        .options(
            joinedload(HandbookIssue.edition, innerjoin=True),
            joinedload(HandbookIssue.municipality, innerjoin=True),
        )
    )


def supplies(
    edition: HandbookEdition | None, *, text: str = "", voivodeship: str = "", supply: Supply | None = None
) -> Select[int, int, str, str, str, int, int, int, date | None]:
    """Each municipality with an open partnership and its copies of this edition, in the order of the alphabet."""
    issues = _sums(edition)
    query = (
        select(
            Municipality.id,
            Partnership.id,
            Municipality.name,
            Municipality.code,
            Voivodeship.name,
            func.coalesce(issues.c.sent, 0),
            func.coalesce(issues.c.confirmed, 0),
            func.coalesce(issues.c.on_the_way, 0),
            issues.c.last_sent_on,
        )
        .join(Partnership, Partnership.municipality_id == Municipality.id)
        .join(Voivodeship, Voivodeship.id == Municipality.voivodeship_id)
        .outerjoin(issues, issues.c.municipality_id == Municipality.id)
        .where(Partnership.status != PartnershipStatus.CLOSED, matching(text))
        .order_by(Municipality.sort_key, Municipality.id)
    )
    if voivodeship:
        query = query.where(Voivodeship.code == voivodeship)
    return query if supply is None else query.where(_stands(supply, issues))


def rows_of(rows: Sequence[Any]) -> list[SupplyRow]:
    wanted = the_programme().settings.handbook_copies
    return [SupplyRow(wanted, *row) for row in rows]


def _sums(edition: HandbookEdition | None) -> Subquery:
    on_the_way = func.sum(HandbookIssue.sent_count).filter(HandbookIssue.confirmed_count.is_(None))
    return (
        select(
            HandbookIssue.municipality_id,
            func.sum(HandbookIssue.sent_count).label("sent"),
            func.sum(func.coalesce(HandbookIssue.confirmed_count, 0)).label("confirmed"),
            func.coalesce(on_the_way, 0).label("on_the_way"),
            func.max(HandbookIssue.sent_on).label("last_sent_on"),
        )
        .where(HandbookIssue.edition_id == (edition.id if edition else literal(0)))
        .group_by(HandbookIssue.municipality_id)
        .subquery()
    )


def _stands(supply: Supply, issues: Subquery) -> ColumnElement[bool]:
    wanted = the_programme().settings.handbook_copies
    confirmed = func.coalesce(issues.c.confirmed, 0)
    known = confirmed + issues.c.on_the_way
    return {
        Supply.COMPLETE: confirmed >= wanted,
        Supply.NOTHING_SENT: and_(confirmed < wanted, issues.c.sent.is_(None)),
        Supply.ON_THE_WAY: and_(confirmed < wanted, known >= wanted),
        Supply.SHORT: known < wanted,
    }[supply]


def count_by_supply(edition: HandbookEdition | None) -> dict[Supply, int]:
    """How many municipalities stand how, in one query."""
    issues = _sums(edition)
    counts = db.session.execute(
        select(*(func.count().filter(_stands(supply, issues)) for supply in Supply))
        .select_from(Partnership)
        .outerjoin(issues, issues.c.municipality_id == Partnership.municipality_id)
        .where(Partnership.status != PartnershipStatus.CLOSED)
    ).one()
    return dict(zip(Supply, counts, strict=True))
