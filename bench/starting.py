"""How long until the first page, and what a worker takes up when it has shown it and waits."""

from collections.abc import Mapping
from statistics import median, quantiles

from bench.servers import serving

HELLO = "bench.hello:app"
LIBRARIES = "bench.libraries:app"
OURS = "wsgi:app"
GOAL = 2


def starts(settings: Mapping[str, str], *, repeats: int) -> dict[str, list[float]]:
    """Seconds of each, one after the other; a first round, which compiles and fills the disk's cache, is not counted."""
    seconds: dict[str, list[float]] = {HELLO: [], LIBRARIES: [], OURS: []}
    for number in range(repeats + 1):
        for application, taken in seconds.items():
            page = "/pl/" if application == OURS else "/"
            with serving(application, first=page, settings=settings) as server:
                if number:
                    taken.append(server.seconds)
    return seconds


def idle_worker(settings: Mapping[str, str]) -> tuple[float, float]:
    """Megabytes of a worker that has shown one page: its own share, and all it has resident."""
    with serving(OURS, first="/pl/", settings=settings) as server:
        return server.worker_megabytes, server.resident_megabytes


def start_rows(settings: Mapping[str, str], *, repeats: int) -> list[tuple[str, ...]]:
    """The start, and how much of it are libraries."""
    seconds = starts(settings, repeats=repeats)
    hello, ours, libraries = seconds[HELLO], seconds[OURS], seconds[LIBRARIES]
    met = "yes" if median(ours) <= GOAL * median(hello) else "no"
    return [
        (*_start("Cold start to the first 200", hello, ours), f"{GOAL:.2f}", met),
        (*_start("The same with the libraries alone", hello, libraries), "", ""),
    ]


def _start(title: str, floor: list[float], ours: list[float]) -> tuple[str, ...]:
    figures = (median(floor), _tenth(floor), median(ours), _tenth(ours))
    return (title, *(f"{one * 1000:.0f}" for one in figures), f"{median(ours) / median(floor):.2f}", "")


def _tenth(values: list[float]) -> float:
    return quantiles(values, n=10)[0] if len(values) > 1 else values[0]


def memory_row(settings: Mapping[str, str]) -> tuple[str, ...]:
    share, resident = idle_worker(settings)
    title = f"Idle worker, MB (resident {resident:.0f}, shared in part)"
    return (title, "", "", f"{share:.0f}", "", "", "", "90 MB", "yes" if share <= 90 else "no")
