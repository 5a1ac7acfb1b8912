"""Measuring in pairs: floor, application, floor, application, so that a busy moment of the machine meets both."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import islice, zip_longest
from statistics import median, quantiles

from bench.cases import Case, Request
from bench.data import Country
from bench.servers import CPU_HEADER


@dataclass(frozen=True)
class Sample:
    wall: float
    cpu: float
    """Milliseconds."""


@dataclass
class Result:
    title: str
    goal: float
    floor: list[Sample] = field(default_factory=list)
    ours: list[Sample] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Of the medians, as a person waits."""
        return median(_walls(self.ours)) / median(_walls(self.floor))

    @property
    def cpu_ratio(self) -> float:
        """Of the medians of processor time: what is left when the machine does other things meanwhile."""
        return median(one.cpu for one in self.ours) / median(one.cpu for one in self.floor)

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal


def _walls(samples: Sequence[Sample]) -> list[float]:
    return [one.wall for one in samples]


def tenth(samples: Sequence[Sample]) -> float:
    return quantiles(_walls(samples), n=10)[0]


def middle(samples: Sequence[Sample]) -> float:
    return median(_walls(samples))


class UnexpectedAnswer(Exception):
    """What was measured is not what was meant."""


def measured(case: Case, country: Country, port: int, *, repeats: int) -> Result:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    result = Result(case.title, case.goal)
    for number, (plain, ours) in enumerate(islice(case.pairs(country), case.warm_up + repeats)):
        samples = sent(connection, plain), sent(connection, ours)
        if number >= case.warm_up:
            result.floor.append(samples[0])
            result.ours.append(samples[1])
    connection.close()
    return result


def check_agreement(country: Country, port: int) -> None:
    """The floor says of every partnership what the application says, or there is nothing to compare."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    told = []
    for path in ("/floor/board.csv", "/office/board.csv"):
        connection.request("GET", path, headers={"Cookie": country.office.cookie})
        told.append(connection.getresponse().read().decode("utf-8-sig").splitlines()[1:])
    connection.close()
    for plain, ours in zip_longest(*told):
        if plain != ours:
            raise UnexpectedAnswer(f"the floor says\n{plain}\nand the application\n{ours}")


def sent(connection: HTTPConnection, request: Request) -> Sample:
    headers = {"Cookie": request.cookie, "Content-Type": request.content_type}
    began = time.perf_counter()
    connection.request(
        request.method,
        request.path,
        request.body or None,
        {name: text for name, text in headers.items() if text},
    )
    response = connection.getresponse()
    response.read()
    took = time.perf_counter() - began
    if response.status != request.expect:
        raise UnexpectedAnswer(f"{request.method} {request.path}: {response.status}, not {request.expect}")
    return Sample(took * 1000, int(response.headers[CPU_HEADER]) / 1_000_000)
