"""How a unit is called where another of the same name may exist: 228 names repeat, so type and county stand beside."""

from core.i18n import _

FIRST_CITY = 61
"""From this county number on the county is a single city with the rights of one."""


def county_label(code: str, name: str) -> str:
    if int(code[2:]) >= FIRST_CITY:
        return str(_("%(name)s, a city with county rights", name=name))
    return str(_("%(name)s county", name=name))


def unit_label(name: str, kind: object, county: str) -> str:
    return f"{name} ({kind}, {county})"
