"""The catalogue as a workbook: taken along by the office, and filled in by whoever has many offers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import _, _l, language
from core.labels import LabelledEnum
from core.sheets import Column, Sheet
from core.workbooks.kinds import Choice, Kind, Unfit, day, member_of, text
from core.workbooks.raw import CellValue
from core.workbooks.typed import as_text
from knowledge.models import Audience, CatalogueItem, OfferLanguage, OfferState, PriceKind, ProviderStatus
from knowledge.services import LISTS, Content
from programme.queries import the_programme

BETWEEN = re.compile(r"[;\n]")


@dataclass(frozen=True)
class Several(Kind[Sequence[str]]):
    """Some of a few values in one cell, separated by semicolons."""

    labels: Mapping[str, str]
    """Code -> what the reader calls it."""
    find: Callable[[str], str | None]
    """The code meant by a label of any language."""
    width = 32

    def reader(self) -> Callable[[CellValue], Sequence[str]]:
        return self._read

    def _read(self, value: CellValue) -> Sequence[str]:
        parts = [part for written in BETWEEN.split(as_text(value)) for part in self._parts(written.strip())]
        codes = [code for part in parts if (code := self.find(part))]
        if not parts or len(codes) != len(parts):
            raise Unfit
        return list(dict.fromkeys(codes))

    def _parts(self, written: str) -> Sequence[str]:
        """People separate by commas too, but a label may hold one."""
        if self.find(written):
            return [written]
        return [part.strip() for part in written.split(",") if part.strip()]

    def expected(self) -> str:
        labels = "; ".join(self.labels.values())
        return str(_("Choose one or more of these, separated by semicolons: %(labels)s", labels=labels))

    def writer(self) -> Callable[[Sequence[str]], str]:
        return lambda codes: "; ".join(self.labels.get(code, code) for code in codes)


def catalogue_sheet() -> Sheet[CatalogueItem]:
    """All that the office has."""
    more = {
        "state": Column(_l("Status"), member_of(OfferState)),
        "checked_on": Column(_l("Checked on"), day(), required=False),
    }
    return Sheet(CatalogueItem, {**_columns(), **more}, name=_l("Catalogue of offers"))


def offers_sheet() -> Sheet[Content]:
    """What can be filled in; a workbook that was taken along fits too."""
    return Sheet(_content, _columns(), name=_l("Catalogue of offers"))


def _content(**values: Any) -> Content:
    for name in LISTS:
        values[name] = values[name] or []
    return Content(**values)


def _columns() -> dict[str, Column]:
    return {
        "title": Column(_l("Name of the offer"), text(max_length=200)),
        "summary": Column(_l("What it offers"), text(max_length=1500)),
        "provider": Column(_l("Provider"), text(max_length=200)),
        "provider_status": Column(_l("What the provider is to the programme"), member_of(ProviderStatus)),
        "provider_website": Column(_l("Website of the provider"), text(max_length=500), required=False),
        "url": Column(_l("Page of the offer"), text(max_length=500)),
        "life_areas": _several(_l("Areas of life"), _of_list("life_areas"), required=False),
        "digcomp_areas": _several(_l("Digital skills"), _of_list("digcomp_areas"), required=False),
        "audience": _several(_l("For whom"), _of_enum(Audience)),
        "price_kind": Column(_l("Price"), member_of(PriceKind)),
        "languages": _several(_l("Languages"), _of_enum(OfferLanguage)),
    }


def _several(label: Any, kind: Several, *, required: bool = True) -> Column:
    return Column(label, kind, help=kind.expected(), required=required)


def _of_list(column: str) -> Several:
    found, code = the_programme().code_lists[LISTS[column]], language()
    return Several({one: found.label(one, code) for one in found.codes}, found.find)


def _of_enum(kind: type[LabelledEnum]) -> Several:
    read = Choice({one.value: one.label for one in kind}).reader()

    def find(label: str) -> str | None:
        try:
            return str(read(label))
        except Unfit:
            return None

    return Several({one.value: str(one.label) for one in kind}, find)
