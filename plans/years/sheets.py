"""Agreed totals as a sheet, for XLSX and CSV: the lines and figures of the page, and no others."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core.i18n import _l
from core.sheets import Column, Sheet
from core.workbooks.kinds import Number, Text, WholeNumber
from plans.years.agreed import AgreedLine

MOST = 10**9


def _whole(label: Any, name: str) -> Column:
    return Column(label, WholeNumber(0, MOST), value=_whole_figure(name))


def _number(label: Any, name: str) -> Column:
    return Column(label, Number(Decimal(0), Decimal(MOST)), value=lambda line: getattr(line.figures, name))


def _whole_figure(name: str) -> Callable[[Any], int]:
    return lambda line: int(getattr(line.figures, name))


FIGURES = {
    "trainings": _whole(_l("Trainings planned"), "trainings"),
    "trainings_done": _whole(_l("Trainings held"), "trainings_done"),
    "participants_planned": _whole(_l("People planned"), "participants_planned"),
    "participants_actual": _whole(_l("People who came"), "participants_actual"),
    "hours_planned": _number(_l("Hours planned"), "hours_planned"),
    "hours_actual": _number(_l("Hours held"), "hours_actual"),
    "cost_planned": _number(_l("Cost planned (PLN)"), "cost_planned"),
    "cost_actual": _number(_l("Cost (PLN)"), "cost_actual"),
}

MUNICIPALITIES = Sheet(
    AgreedLine,
    {
        "region": Column(_l("Voivodeship"), Text(80), required=False),
        "name": Column(_l("Municipality"), Text(120)),
        "code": Column(_l("Code"), Text(7), required=False),
        "plans": Column(_l("Plans"), WholeNumber(0, MOST)),
        **FIGURES,
        "women": Column(_l("Women"), Text(20)),
        "seniors": Column(_l("People aged 60 or more"), Text(20)),
        "disability": Column(_l("People with disabilities"), Text(20)),
    },
    name=_l("Municipalities"),
)

QUARTERS = Sheet(AgreedLine, {"name": Column(_l("Quarter"), Text(40)), **FIGURES}, name=_l("Quarters"))
