"""The register of territorial units. A unit keeps its own id: its code and its name change in time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import GIVEN_ONCE, Base, Timestamped, Versioned, one_of, only_one
from core.formatting import number
from core.i18n import _, _l
from core.labels import LabelledEnum
from municipalities.naming import county_label, unit_label
from municipalities.workflow import ENDING, ChangeKind, ChangeStatus


class MunicipalityKind(LabelledEnum):
    """By the seventh digit of the code: only these three can hold a partnership."""

    URBAN = "urban", _l("urban municipality")
    RURAL = "rural", _l("rural municipality")
    URBAN_RURAL = "urban_rural", _l("urban-rural municipality")

    @property
    def digit(self) -> str:
        return str(list(MunicipalityKind).index(self) + 1)


class Voivodeship(Base):
    __tablename__ = "voivodeship"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(2), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    """Lower case, as in a sentence: ``dolnośląskie``."""
    sort_key: Mapped[str] = mapped_column(String(200), index=True)


class County(Base):
    __tablename__ = "county"
    __table_args__ = (only_one("uq_county_code", "code", where="valid_to IS NULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(80))
    sort_key: Mapped[str] = mapped_column(String(200))
    voivodeship_id: Mapped[int] = mapped_column(ForeignKey("voivodeship.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    voivodeship: Mapped[Voivodeship] = relationship()

    @property
    def label(self) -> str:
        return county_label(self.code, self.name)


class Municipality(Timestamped, Base):
    """A gmina as it is today; what it was called and coded before lies in ``names`` and ``codes``."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("population IS NULL OR population >= 0", name="population_not_negative"),
        Index("ix_municipality_order", "sort_key", "id"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[MunicipalityKind] = mapped_column(one_of(MunicipalityKind))
    code: Mapped[str] = mapped_column(String(7), index=True)
    """Today's (or the last) seven digits, copied from ``codes`` for lists and addresses."""
    slug: Mapped[str] = mapped_column(String(140))
    county_id: Mapped[int] = mapped_column(ForeignKey("county.id"), index=True)
    voivodeship_id: Mapped[int] = mapped_column(ForeignKey("voivodeship.id"), index=True)
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    valid_from: Mapped[date | None]
    """None: it was there when the register was first read."""
    valid_to: Mapped[date | None]
    """The last day on which the unit existed."""
    search_text: Mapped[str] = mapped_column(String(400), index=True)
    sort_key: Mapped[str] = mapped_column(String(260))

    county: Mapped[County] = relationship()
    voivodeship: Mapped[Voivodeship] = relationship()
    codes: Mapped[list["MunicipalityCode"]] = relationship(
        back_populates="municipality", order_by="MunicipalityCode.valid_from.nulls_first()"
    )
    names: Mapped[list["MunicipalityName"]] = relationship(
        back_populates="municipality", order_by="MunicipalityName.valid_from.nulls_first()"
    )

    @property
    def address_name(self) -> str:
        """The part of a public address that names it: code and slug."""
        return f"{self.code}-{self.slug}"

    @property
    def label(self) -> str:
        """With type and county, as names repeat."""
        return unit_label(self.name, self.kind.label, self.county.label)

    @property
    def population_in_words(self) -> str:
        """With its year: a figure without one says little."""
        if self.population is None:
            return str(_("not known"))
        return str(_("%(people)s (%(year)s)", people=number(self.population), year=self.population_year))


class MunicipalityCode(Base):
    """The seven digits a unit had from a day to a day. The first six belong to one unit at a moment."""

    __tablename__ = "municipality_code"
    __table_args__ = (only_one("uq_municipality_code_six", "six_digits", where="valid_to IS NULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    code: Mapped[str] = mapped_column(String(7), index=True)
    six_digits: Mapped[str] = mapped_column(String(6), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    municipality: Mapped[Municipality] = relationship(back_populates="codes")


class MunicipalityName(Base):
    """The name (and slug, so that old addresses lead on) a unit had from a day to a day."""

    __tablename__ = "municipality_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(140), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    municipality: Mapped[Municipality] = relationship(back_populates="names")


class Mayor(Timestamped, Base):
    """Who heads the municipality from a day to a day. The title cannot be told from the code: it is written down."""

    __tablename__ = "mayor"
    __table_args__ = (
        only_one("uq_mayor_open", "municipality_id", where="valid_to IS NULL"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days_in_order"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    title: Mapped[str] = mapped_column(String(40))
    """A code of the list ``mayor_title``."""
    name: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day in office."""

    municipality: Mapped[Municipality] = relationship()

    @property
    def story(self) -> Municipality:
        return self.municipality

    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class ImportKind(LabelledEnum):
    UNITS = "units", _l("Official register")
    POPULATION = "population", _l("Population")


class RegisterImport(Timestamped, Base):
    """A file taken into the register. The newest one of units says of which day the register is."""

    __tablename__ = "register_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind] = mapped_column(one_of(ImportKind))
    state_on: Mapped[date]
    """The day the file describes: its ``STAN_NA``, or the last day of the year of its figures."""
    file_hash: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many were new, renamed, ended and so on."""


class ChangeSide(LabelledEnum):
    SOURCE = "source", _l("Before")
    TARGET = "target", _l("After")


class MunicipalityChange(Timestamped, Versioned, Base):
    """A change of the country's map: proposed by an official file or by the office, looked at, then applied at once.

    ``journal`` keeps what applying did, row by row, so that undoing it brings back exactly what was there.
    """

    __tablename__ = "municipality_change"
    __table_args__ = (
        CheckConstraint("(status = 'draft') = (applied_at IS NULL)", name="applied_has_a_moment"),
        CheckConstraint("(status = 'undone') = (undone_at IS NOT NULL)", name="undone_has_a_moment"),
        GIVEN_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ChangeKind] = mapped_column(one_of(ChangeKind))
    effective_on: Mapped[date]
    """The first day on which it holds."""
    legal_basis: Mapped[str | None] = mapped_column(String(300))
    status: Mapped[ChangeStatus] = mapped_column(one_of(ChangeStatus), default=ChangeStatus.DRAFT, index=True)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"))
    """The import of an official file that proposed it; None: a person entered it."""
    decisions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What a person answered about those it touches: the key of each question, and the chosen answer."""
    journal: Mapped[dict[str, Any]] = mapped_column(default=dict)
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    proposed_by: Mapped[RegisterImport | None] = relationship()
    applied_by: Mapped[User | None] = relationship(foreign_keys=[applied_by_id])
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])
    units: Mapped[list["MunicipalityChangeUnit"]] = relationship(
        back_populates="change", order_by="MunicipalityChangeUnit.id", cascade="all, delete-orphan"
    )

    @property
    def sources(self) -> "list[MunicipalityChangeUnit]":
        return [unit for unit in self.units if unit.side is ChangeSide.SOURCE]

    @property
    def targets(self) -> "list[MunicipalityChangeUnit]":
        return [unit for unit in self.units if unit.side is ChangeSide.TARGET]

    @property
    def ending(self) -> "list[MunicipalityChangeUnit]":
        """Those that are no more from its day on."""
        if self.kind in ENDING:
            return self.sources
        return [unit for unit in self.sources if not unit.goes_on] if self.kind is ChangeKind.SPLIT else []

    @property
    def outcome(self) -> str:
        """The new name or code, or those that get the land; nothing while nobody is named."""
        first = self.sources[0]
        if self.kind is ChangeKind.RENAME:
            return first.new_name or ""
        if self.kind is ChangeKind.CODE:
            return f"{first.new_code} {first.new_name or ''}".strip()
        return ", ".join(unit.name for unit in self.targets)

    @property
    def municipality_ids(self) -> list[int]:
        """Of all it is about; one that is still to begin has none."""
        return [unit.municipality_id for unit in self.units if unit.municipality_id is not None]


GONE = "gone"
"""In the journal of an undone change: how those of its municipalities were called that are in the register no more."""


class MunicipalityChangeUnit(Base):
    """A municipality that a change is about. One that begins with it has no record until it is applied."""

    __tablename__ = "municipality_change_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("municipality_change.id"), index=True)
    side: Mapped[ChangeSide] = mapped_column(one_of(ChangeSide))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    begins: Mapped[bool] = mapped_column(default=False)
    goes_on: Mapped[bool] = mapped_column(default=False)
    """Of one that is divided: what is left of it keeps its name and code."""
    new_code: Mapped[str | None] = mapped_column(String(7))
    new_name: Mapped[str | None] = mapped_column(String(120))

    change: Mapped[MunicipalityChange] = relationship(back_populates="units")
    municipality: Mapped[Municipality | None] = relationship()

    @property
    def _before(self) -> dict[str, Any]:
        """What an applied change has replaced in its record."""
        if self.begins or self.change.status is not ChangeStatus.APPLIED:
            return {}
        own = (Municipality.__tablename__, self.municipality_id)
        rows = (row for row in self.change.journal.get("rows", ()) if (row["table"], row["id"]) == own)
        return next((dict(row["before"]) for row in rows if row["before"]), {})

    @property
    def _gone(self) -> dict[str, str]:
        """Code and name of a municipality that never was: the change it began with is undone too."""
        if self.change.status is not ChangeStatus.UNDONE:
            return {}
        return dict(self.change.journal.get(GONE, {}).get(str(self.id), {}))

    @property
    def name(self) -> str:
        """As it was called before the change, or will be."""
        if self.municipality is None:
            return self._gone.get("name") or self.new_name or ""
        return str(self._before.get("name", self.municipality.name))

    @property
    def label(self) -> str:
        if self.municipality is not None and (self._before.keys() & {"name", "code"}):
            return f"{self.name} ({self._before.get('code', self.municipality.code)})"
        if self.municipality is not None:
            return self.municipality.label
        code = self._gone.get("code") or self.new_code
        kind = list(MunicipalityKind)[int((code or "0000001")[6]) - 1]
        return f"{self.name} ({kind.label}, {code})"
