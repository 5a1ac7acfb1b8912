"""How long until the first page, and what a worker takes up when it has shown it and waits."""

from collections.abc import Mapping
from statistics import median, quantiles

from bench.servers import serving

HELLO = "bench.hello:app"
OURS = "wsgi:app"


def starts(settings: Mapping[str, str], *, repeats: int) -> tuple[list[float], list[float]]:
    """Seconds of hello and of ours, in pairs; a first pair, which compiles and fills the disk's cache, is not counted."""
    hello, ours = [], []
    for number in range(repeats + 1):
        with serving(HELLO, first="/", settings=settings) as plain:
            one = plain.seconds
        with serving(OURS, first="/pl/", settings=settings) as full:
            other = full.seconds
        if number:
            hello.append(one)
            ours.append(other)
    return hello, ours


def idle_worker(settings: Mapping[str, str]) -> tuple[float, float]:
    """Megabytes of a worker that has shown one page: its own share, and all it has resident."""
    with serving(OURS, first="/pl/", settings=settings) as server:
        return server.worker_megabytes, server.resident_megabytes


def start_row(settings: Mapping[str, str], *, repeats: int) -> tuple[str, ...]:
    hello, ours = starts(settings, repeats=repeats)
    ratio = median(ours) / median(hello)
    figures = [*(f"{one * 1000:.0f}" for one in (median(hello), _tenth(hello), median(ours), _tenth(ours)))]
    return (
        "Cold start to the first 200",
        *figures,
        f"{ratio:.2f}",
        "",
        "2.00",
        "yes" if ratio <= 2 else "no",
    )


def _tenth(values: list[float]) -> float:
    return quantiles(values, n=10)[0] if len(values) > 1 else values[0]


def memory_row(settings: Mapping[str, str]) -> tuple[str, ...]:
    share, resident = idle_worker(settings)
    title = f"Idle worker, MB (resident {resident:.0f}, shared in part)"
    return (title, "", "", f"{share:.0f}", "", "", "", "90 MB", "yes" if share <= 90 else "no")
