"""An import in words: what the file holds, each change on a line of its own, and the sum."""

from collections.abc import Iterator, Sequence

from core.formatting import day, number
from core.i18n import _
from municipalities.changes import AreaChange, Match, RegisterChanges
from municipalities.models import MunicipalityChange
from municipalities.official_file import OfficialRegister
from municipalities.services.population import PopulationCounts
from municipalities.services.register import Taken


def contents(register: OfficialRegister) -> str:
    return str(
        _(
            "Register of %(day)s: %(voivodeships)s voivodeships, %(counties)s counties, %(units)s municipalities.",
            day=day(register.state_on),
            voivodeships=number(len(register.voivodeships)),
            counties=number(len(register.counties)),
            units=number(len(register.units)),
        )
    )


def changes_in_words(changes: RegisterChanges) -> Iterator[str]:
    """Of the very first file only the sum: everything in it is new."""
    if not changes.is_first:
        yield from (_area(change) for change in changes.areas)
        yield from (_line(_("new"), unit.code, unit.label) for unit in changes.new)
    for match in changes.changed:
        yield from _changed(match)
    yield from (_line(_("ended"), unit.code, unit.label) for unit in changes.ended)
    yield from (_line(_("decide"), _codes(match), _to(match)) for match in changes.proposals)


def total(changes: RegisterChanges) -> str:
    return str(
        _(
            "New: %(new)s. Renamed: %(renamed)s. Another type: %(retyped)s. Another code: %(recoded)s. "
            "Back: %(back)s. Ended: %(ended)s. Unchanged: %(unchanged)s.",
            **{name: number(count) for name, count in changes.counts.items()},
        )
    )


def outcome(taken: Taken | None) -> str:
    """What is left to do after the file was taken in."""
    if taken is None:
        return str(_("The register says so already, or the changes wait already."))
    if not taken.proposed:
        return str(_("The file is taken in. It changes no known municipality."))
    return str(
        _(
            "The file is taken in. Proposed as changes of municipalities, for the office to look at and apply: "
            "%(count)s.",
            count=number(len(taken.proposed)),
        )
    )


def applied_at_once(applied: Sequence[MunicipalityChange]) -> str:
    return str(
        _("Applied at once, as they touch nobody in the programme: %(count)s.", count=number(len(applied)))
    )


def population_total(counts: PopulationCounts) -> str:
    return str(
        _(
            "Population changed: %(changed)s. The same: %(same)s. A newer year is known: %(newer)s.",
            changed=number(counts.changed),
            same=number(counts.same),
            newer=number(counts.newer_known),
        )
    )


def _changed(match: Match) -> Iterator[str]:
    if match.is_back:
        yield _line(_("back"), _codes(match), match.unit.label)
    if match.is_renamed:
        yield _line(_("renamed"), match.unit.code, _to(match))
    if match.is_retyped:
        yield _line(_("another type"), _codes(match), _to(match))
    if match.is_recoded:
        yield _line(_("another code"), _codes(match), _to(match))


def _area(change: AreaChange) -> str:
    what = _("county") if len(change.code) == 4 else _("voivodeship")
    return _line(what, change.code, f"{change.before or '–'} → {change.after or '–'}")


def _codes(match: Match) -> str:
    old, new = match.codes
    return old if old == new else f"{old} → {new}"


def _to(match: Match) -> str:
    return f"{match.known.label} → {match.unit.label}"


def _line(what: str, codes: str, words: str) -> str:
    return f"  {what:<14} {codes:<18} {words}"
