"""What is measured: a request to the application and its floor, who sends them, and how far apart they may be."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle
from urllib.parse import quote

from bench.data import Country, Seat
from plans.services.review import ApprovalCheck

STAGES = ("?stage=draft", "?stage=in_review", "?stage=published")
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "a-boundary-that-no-workbook-holds"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Request:
    path: str
    expect: int = 200
    cookie: str = ""
    method: str = "GET"
    body: bytes = b""
    content_type: str = ""


Pair = tuple[Request, Request]
"""The floor's request and the application's."""


@dataclass(frozen=True)
class Case:
    key: str
    title: str
    goal: float
    pairs: Callable[[Country], Iterator[Pair]] = field(repr=False)
    repeats: int = 60
    warm_up: int = 5


def _lists(questions: Callable[[Country], Sequence[str]]) -> Callable[[Country], Iterator[Pair]]:
    def pairs(country: Country) -> Iterator[Pair]:
        for asked in cycle(questions(country)):
            yield (
                Request(f"/floor/board{asked}"),
                Request(f"/office/board{asked}", cookie=country.office.cookie),
            )

    return pairs


def _exports(ending: str) -> Callable[[Country], Iterator[Pair]]:
    def pairs(country: Country) -> Iterator[Pair]:
        while True:
            yield (
                Request(f"/floor/board.{ending}"),
                Request(f"/office/board.{ending}", cookie=country.office.cookie),
            )

    return pairs


def _plans(country: Country) -> Iterator[Pair]:
    for seat in cycle(country.readers):
        path = f"/plans/{seat.version_id}"
        yield Request(f"/floor{path}"), Request(path, cookie=seat.cookie)


def _approvals(country: Country) -> Iterator[Pair]:
    """Every plan is approved once: one by the floor, the next by the application."""
    seats = iter(country.reviewers)
    for plain, seat in zip(seats, seats, strict=False):
        yield (
            _form(f"/floor/plans/{plain.version_id}/approve", f"note={NOTE}"),
            _form(f"/plans/{seat.version_id}/decide", f"csrf_token={seat.csrf}&note={NOTE}&{TICKED}", seat),
        )


NOTE = quote("Plan jest dobry. Proszę pilnować terminów.")
TICKED = "decision=approve&" + "&".join(f"checks={check.value}" for check in ApprovalCheck)


def _form(path: str, body: str, seat: Seat | None = None) -> Request:
    return Request(path, 303, seat.cookie if seat else "", "POST", body.encode(), FORM)


def _uploads(country: Country) -> Iterator[Pair]:
    for number, seat in zip(count(), cycle(country.uploaders), strict=False):
        yield (
            Request("/floor/upload", 200, "", "POST", _parts(seat, number), _MULTIPART),
            Request(
                f"/plans/{seat.version_id}/upload", 303, seat.cookie, "POST", _parts(seat, number), _MULTIPART
            ),
        )


_MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def _parts(seat: Seat, number: int) -> bytes:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{seat.csrf}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="plan-{number}.xlsx"\r\n'
        f"Content-Type: {XLSX}\r\n\r\n"
    )
    return head.encode() + seat.file + f"\r\n--{BOUNDARY}--\r\n".encode()


CASES = (
    Case("board", "Board, 50 of 2,500", 2.5, _lists(lambda _country: ["", "?page=2", "?page=7"])),
    Case(
        "filter",
        "Board narrowed to a voivodeship, or to a stage",
        2.5,
        _lists(lambda country: [*(f"?voivodeship={key}" for key in country.voivodeships[:3]), *STAGES]),
    ),
    Case(
        "search",
        "Board searched by a name",
        2.5,
        _lists(lambda country: [f"?q={quote(word.lower())}" for word in country.words]),
    ),
    Case("plan", "Page of a plan with 40 rows", 4, _plans),
    Case("approve", "Approve a plan", 3, _approvals, repeats=40),
    Case("upload", "Upload and check a plan of 40 rows", 3, _uploads, repeats=20, warm_up=3),
    Case("xlsx", "Board as XLSX, all rows", 1.6, _exports("xlsx"), repeats=9, warm_up=2),
    Case("csv", "Board as CSV, all rows", 1.5, _exports("csv"), repeats=15, warm_up=2),
)
