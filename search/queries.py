"""Everything that fits some words, of every kind at once: one statement, whoever asks and however much there is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Executable,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from accounts.models import User
from animators.consultations.models import Consultation, FollowUp
from animators.consultations.workflow import TOOK_PLACE
from core import clock
from core.database import UTCDateTime, db
from core.searching import asked_words
from core.text import fold
from municipalities.models import County, Municipality, MunicipalityName
from municipalities.search import wanted_words
from partnerships.files.models import Attachment
from partnerships.models import Organisation, Partnership
from plans.models import CommentState, Plan, PlanEntry, PlanVersion, ReviewComment
from search import scopes
from search.kinds import Kind
from search.reach import Reach
from webinars.models import Webinar

Rows = Select[*tuple[Any, ...]]
Order = tuple[SQLColumnExpression[Any], ...]

MOST_WORDS = 8

COLUMNS: Mapping[str, Any] = {
    "title": String, "about": String, "code": String, "part": String, "more": String, "besides": String,
    "link": Integer, "first": Integer, "last": Integer, "at": UTCDateTime,
}  # fmt: skip
"""What each kind tells of a record, by the same names for all; ``search/hits.py`` says what they mean."""


@dataclass(frozen=True)
class Question:
    """What is looked for, as it was typed."""

    text: str

    @property
    def words(self) -> list[str]:
        return asked_words(self.text)[:MOST_WORDS]

    @property
    def pieces(self) -> list[str]:
        """For names and addresses of people and organisations: with the signs in between."""
        return fold(self.text).split()[:MOST_WORDS]

    @property
    def codes(self) -> list[str]:
        """For municipalities: a code may be typed in parts."""
        return wanted_words(self.text)[:MOST_WORDS]

    @property
    def form(self) -> tuple[int, int, int]:
        return len(self.words), len(self.pieces), len(self.codes)

    @property
    def values(self) -> Mapping[str, str]:
        """Patterns of the statement. Words are letters and digits only; pieces may hold signs that mean something."""
        beginnings = {f"word_{at}": f"% {word}%" for at, word in enumerate(self.words)}
        codes = {f"code_{at}": f"% {word}%" for at, word in enumerate(self.codes)}
        pieces = {f"piece_{at}": f"%{_plain(piece)}%" for at, piece in enumerate(self.pieces)}
        whole = {"whole": f"{' '.join(self.words)} %", "begins": f"{self.words[0]}%"}
        return {**beginnings, **codes, **pieces, **whole}


def _plain(piece: str) -> str:
    return piece.replace("/", "//").replace("%", "/%").replace("_", "/_")


@dataclass(frozen=True)
class Group:
    kind: Kind
    total: int
    rows: Sequence[Any]


def found(
    reach: Reach, question: Question, *, kinds: Sequence[Kind], size: int, start: int = 0
) -> list[Group]:
    """The first of each kind, in the order of the kinds; a kind of which nothing fits is left out."""
    if not question.words:
        return []
    statement = _statement(tuple(kinds), question.form, reach.everything, reach.everybody)
    values = {"today": clock.today(), "start": start, "end": start + size, **reach.values, **question.values}
    asked = {name: values[name] for name in _names_in(statement)}
    rows = db.session.execute(statement, asked).all()
    groups = {kind: sorted((row for row in rows if row.kind == kind.value), key=_place) for kind in kinds}
    return [Group(kind, of_kind[0].total, of_kind) for kind, of_kind in groups.items() if of_kind]


def _place(row: Any) -> int:
    return int(row.place)


# --- The statement ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Form:
    """How many words were typed, and whose reach it is: what the statement depends on. Kept, as making it takes long."""

    words: int
    pieces: int
    codes: int
    everything: bool
    everybody: bool

    def begins(self, kept: Any) -> ColumnElement[bool]:
        """Every word begins one of those kept there: ``lodz`` finds Łódź, but not Włodzimierz."""
        return _all_like(literal(" ").concat(kept), "word", self.words)

    def begins_code(self, kept: Any) -> ColumnElement[bool]:
        return _all_like(literal(" ").concat(kept), "code", self.codes)

    def holds(self, kept: Any) -> ColumnElement[bool]:
        """Every piece stands somewhere in what is kept there, also within a word."""
        return _all_like(kept, "piece", self.pieces)


def _all_like(kept: Any, name: str, count: int) -> ColumnElement[bool]:
    patterns = (bindparam(f"{name}_{at}", type_=String) for at in range(count))
    return and_(*(kept.like(pattern, escape="/") for pattern in patterns))


@lru_cache(maxsize=256)
def _statement(
    kinds: tuple[Kind, ...], counts: tuple[int, int, int], everything: bool, everybody: bool
) -> Executable:
    form = _Form(*counts, everything, everybody)
    parts = [_branch(kind, form) for kind in kinds]
    return union_all(*parts) if len(parts) > 1 else parts[0]


@lru_cache(maxsize=256)
def _names_in(statement: Any) -> frozenset[str]:
    """What this statement asks for."""
    return frozenset(statement.compile(db.engine).params) & _ASKED


_ASKED = frozenset(
    {"today", "start", "end", "whole", "begins"}
    | {"visible", "around", "written", "advised", "places", "spoken_for", "kept"}
    | {f"{name}_{at}" for name in ("word", "piece", "code") for at in range(MOST_WORDS)}
)


def _branch(kind: Kind, form: _Form) -> Rows:
    """Numbered in its order and counted, so that one page of it still tells how many there are."""
    query, order = _BRANCHES[kind](form)
    numbered = query.add_columns(
        func.row_number().over(order_by=order).label("place"), func.count().over().label("total")
    ).subquery()
    start, end = bindparam("start", type_=Integer), bindparam("end", type_=Integer)
    return select(literal(kind.value).label("kind"), *numbered.c).where(
        numbered.c.place > start, numbered.c.place <= end
    )


def _tells(record_id: Any, **told: Any) -> Rows:
    """The columns of a branch; what a kind has nothing to say for is empty."""
    return select(record_id.label("id"), *(_column(name, told.get(name)).label(name) for name in COLUMNS))


def _column(name: str, value: Any) -> ColumnElement[Any]:
    kind = COLUMNS[name]
    if value is None:
        return cast(null(), DateTime(timezone=True) if kind is UTCDateTime else kind)
    return type_coerce(value, kind)


# --- One branch for each kind ----------------------------------------------------------------------------


def _municipalities(form: _Form) -> tuple[Rows, Order]:
    """By every name and code that it has or had, and by the name of a partnership that the reader may open."""
    called = exists().where(
        Partnership.municipality_id == Municipality.id,
        scopes.partnerships(form.everything),
        form.begins(Partnership.search_text),
    )
    former = select(func.aggregate_strings(MunicipalityName.name, ", ")).where(
        MunicipalityName.municipality_id == Municipality.id, MunicipalityName.valid_to.is_not(None)
    )
    query = (
        _tells(
            Municipality.id, title=Municipality.name, code=Municipality.kind, about=County.name, part=County.code,
            more=Municipality.code, besides=former.scalar_subquery(), link=scopes.partnership_here(form.everything),
            first=case((Municipality.valid_to.is_(None), 0), else_=1),
        )
        .join(County, County.id == Municipality.county_id)
        .where(or_(form.begins_code(Municipality.search_text), called))
    )  # fmt: skip
    text = Municipality.search_text
    named_so = case((text.like(bindparam("whole", type_=String)), 0), else_=1)
    begins_so = case((text.like(bindparam("begins", type_=String)), 0), else_=1)
    return query, (named_so, begins_so, Municipality.sort_key, Municipality.id)


def _people(form: _Form) -> tuple[Rows, Order]:
    """Whoever manages people sees their address; to others they are people of a partnership."""
    query = _tells(
        User.id, title=User.name, about=User.email if form.everybody else None,
        link=None if form.everybody else scopes.partnership_of_person(), first=case((User.is_active, 0), else_=1),
    ).where(form.holds(User.search_text), scopes.people(form.everybody))  # fmt: skip
    return query, (User.sort_key, User.id)


def _organisations(form: _Form) -> tuple[Rows, Order]:
    query = (
        _tells(Organisation.id, title=Organisation.name, code=Organisation.org_type, about=Municipality.name)
        .join(Municipality, Municipality.id == Organisation.municipality_id)
        .where(form.holds(Organisation.search_text), scopes.organisations(form.everything))
    )
    return query, (Organisation.search_text, Municipality.sort_key, Organisation.id)


def _plans(form: _Form) -> tuple[Rows, Order]:
    """Rows of the latest version that the reader may open."""
    rows = _tells(
        PlanEntry.id, title=cast(PlanEntry.values, String), code=Plan.kind, first=Plan.year_from, last=Plan.year_to,
        about=Municipality.name, link=PlanVersion.id, part=PlanEntry.row_uid, more=PlanEntry.sheet,
    ).join(PlanVersion, PlanVersion.id == PlanEntry.version_id)  # fmt: skip
    query = _of_versions(rows, form).where(form.begins(PlanEntry.search_text))
    order = (Municipality.sort_key, Plan.kind.desc(), Plan.year_from, PlanEntry.sheet, PlanEntry.position)
    return query, (*order, PlanEntry.id)


def _remarks(form: _Form) -> tuple[Rows, Order]:
    """Sent ones only: until then a remark is its author's."""
    rows = _tells(
        ReviewComment.id, title=ReviewComment.text, code=Plan.kind, first=Plan.year_from, last=Plan.year_to,
        about=Municipality.name, link=PlanVersion.id, part=ReviewComment.row_uid, more=ReviewComment.answer,
    ).join(PlanVersion, PlanVersion.id == ReviewComment.version_id)  # fmt: skip
    is_sent = ReviewComment.state != CommentState.DRAFT
    query = _of_versions(rows, form).where(is_sent, form.begins(ReviewComment.search_text))
    return query, (ReviewComment.created_at.desc(), ReviewComment.id)


def _of_versions(query: Rows, form: _Form) -> Rows:
    return (
        query.join(Plan, Plan.id == PlanVersion.plan_id)
        .join(Partnership, Partnership.id == Plan.partnership_id)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(scopes.versions(form.everything))
    )


def _consultations(form: _Form) -> tuple[Rows, Order]:
    """By what was written down of them, where they were, and what was agreed there."""
    agreed = exists().where(FollowUp.consultation_id == Consultation.id, form.begins(FollowUp.search_text))
    on = func.coalesce(Consultation.actual_start, Consultation.planned_start)
    query = (
        _tells(
            Consultation.id, title=Consultation.summary, more=Consultation.next_steps, code=Consultation.channel,
            about=Municipality.name, part=Consultation.place, first=Consultation.visit_no, at=on,
            last=case((Consultation.status.in_(TOOK_PLACE), 1), else_=0),
        )
        .join(Municipality, Municipality.id == Consultation.municipality_id)
        .where(or_(form.begins(Consultation.search_text), agreed), scopes.consultations(form.everything))
    )  # fmt: skip
    return query, (on.desc(), Consultation.id.desc())


def _webinars(form: _Form) -> tuple[Rows, Order]:
    query = _tells(
        Webinar.id, title=Webinar.title, about=Webinar.presenters, code=Webinar.status, at=Webinar.starts_at
    ).where(form.begins(Webinar.search_text), scopes.webinars(form.everything))
    return query, (Webinar.starts_at.desc(), Webinar.id)


def _files(form: _Form) -> tuple[Rows, Order]:
    query = (
        _tells(
            Attachment.id, title=Attachment.title, about=Municipality.name, more=Attachment.file_name,
            at=Attachment.added_at,
        )
        .join(Partnership, Partnership.id == Attachment.partnership_id)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(form.begins(Attachment.search_text), scopes.files(form.everything))
    )  # fmt: skip
    return query, (Attachment.added_at.desc(), Attachment.id)


_BRANCHES: Mapping[Kind, Callable[[_Form], tuple[Rows, Order]]] = {
    Kind.MUNICIPALITY: _municipalities,
    Kind.PERSON: _people,
    Kind.ORGANISATION: _organisations,
    Kind.PLAN: _plans,
    Kind.REMARK: _remarks,
    Kind.CONSULTATION: _consultations,
    Kind.WEBINAR: _webinars,
    Kind.FILE: _files,
}
