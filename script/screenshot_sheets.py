"""Contact sheets: one self-contained page with every photograph, and pictures of it for each role."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain, groupby
from pathlib import Path

from playwright.sync_api import Browser

PAGES_ON_A_SHEET = 12
STYLE = """
body { margin: 24px; background: #faf8f4; color: #2e2b26; font: 15px/1.5 system-ui, sans-serif }
.groups { display: flex; flex-wrap: wrap; gap: 32px 24px } section { min-width: 180px }
h2 { margin: 0 0 8px; font-size: 16px } h2 small { display: block; color: #625d54; font-size: 12px; font-weight: 400 }
ul.shots { display: flex; flex-wrap: wrap; gap: 12px; align-items: start; padding: 0; margin: 0; list-style: none }
figure { margin: 0 } figcaption { font-size: 12px; color: #625d54 }
img { display: block; max-height: 420px; border: 1px solid #cdc5b8; object-fit: cover; object-position: top }
.fault { color: #b3261e } .fault img { border-color: #b3261e }
"""


@dataclass(frozen=True)
class Photograph:
    role: str
    page: str
    path: str
    language: str
    scheme: str
    width: int
    file: Path
    thumbnail: str
    """The small picture itself, as an address that holds it."""
    faults: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.role} {self.path} {self.language} {self.scheme} {self.width} px"


def write_index(folder: Path, photographs: Sequence[Photograph]) -> Path:
    index = folder / "index.html"
    index.write_text(_document(photographs, folder), encoding="utf-8")
    return index


def write_pictures(folder: Path, photographs: Sequence[Photograph], browser: Browser) -> list[Path]:
    """A few pages on each, so that none is taller than a browser can photograph."""
    written = []
    sheets = folder / "sheets"
    sheets.mkdir(exist_ok=True)
    tab = browser.new_page(viewport={"width": 1800, "height": 1000})
    for name, part in _parts(photographs):
        tab.set_content(_document(part, folder))
        written.append(sheets / f"{name}.png")
        tab.screenshot(path=written[-1], full_page=True)
    tab.close()
    return written


def _parts(photographs: Sequence[Photograph]) -> Iterator[tuple[str, list[Photograph]]]:
    def of_sheet(one: Photograph) -> tuple[str, str, str]:
        return one.role, one.language, one.scheme

    for key, mine in groupby(sorted(photographs, key=of_sheet), of_sheet):
        pages = [list(shots) for _, shots in groupby(mine, lambda one: one.page)]
        for first in range(0, len(pages), PAGES_ON_A_SHEET):
            number = first // PAGES_ON_A_SHEET + 1
            yield (
                "-".join([*key, str(number)]),
                list(chain.from_iterable(pages[first : first + PAGES_ON_A_SHEET])),
            )


def _document(photographs: Sequence[Photograph], folder: Path) -> str:
    faults = [f"{one.where}: {fault}" for one in photographs for fault in one.faults]
    told = "".join(f'<li class="fault">{escape(fault)}</li>' for fault in faults)
    body = "".join(_group(list(shots), folder) for _, shots in groupby(photographs, _of_page))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Contact sheet</title><style>{STYLE}</style></head>'
        f"<body><h1>{len(photographs)} photographs</h1><ul>{told}</ul><div class='groups'>{body}</div></body></html>"
    )


def _of_page(one: Photograph) -> tuple[str, str]:
    return one.role, one.page


def _group(shots: Sequence[Photograph], folder: Path) -> str:
    first = shots[0]
    head = f"<h2>{escape(first.role)}: {escape(first.page)} <small>{escape(first.path)}</small></h2>"
    figures = "".join(_figure(one, folder) for one in shots)
    return f'<section>{head}<ul class="shots">{figures}</ul></section>'


def _figure(one: Photograph, folder: Path) -> str:
    words = escape(f"{one.width} px, {one.language}, {one.scheme}")
    kind = ' class="fault"' if one.faults else ""
    place = escape(one.file.relative_to(folder).as_posix())
    return (
        f'<li{kind}><figure><a href="{place}"><img src="{one.thumbnail}" alt="{words}" loading="lazy"></a>'
        f"<figcaption>{words}</figcaption></figure></li>"
    )
