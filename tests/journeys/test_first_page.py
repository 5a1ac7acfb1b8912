"""What a stranger waits for: how much the first page weighs, and when its largest part is painted."""

from statistics import median
from typing import TypedDict

import pytest

pytestmark = pytest.mark.browser

KILOBYTE = 1024
HEAVIEST = 100 * KILOBYTE
LATEST = 1000

WEIGHT = """() => performance.getEntriesByType('navigation')
  .concat(performance.getEntriesByType('resource'))
  .map((one) => ({ name: one.name, bytes: one.encodedBodySize }))"""

LARGEST_PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})"""


class Part(TypedDict):
    name: str
    bytes: int


def loaded(tabs, path, language) -> tuple[list[Part], float]:
    """A browser that was never here before."""
    tab = tabs(language=language, width=390, height=844)
    tab.goto(path, wait_until="networkidle")
    return tab.evaluate(WEIGHT), tab.evaluate(LARGEST_PAINT)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("page", ["home", "sign-in"])
def test_the_first_page_is_light_and_soon_there(tabs, page, language):
    path = f"/{language}/" if page == "home" else "/sign-in"

    loaded(tabs, path, language)  # a server that has only just started would be measured instead
    loads = [loaded(tabs, path, language) for _ in range(3)]

    weights = [sum(part["bytes"] for part in parts) for parts, _paint in loads]
    paint = median(paint for _parts, paint in loads)
    print(f"{page} {language}: {max(weights) / KILOBYTE:.0f} KB, largest paint {paint:.0f} ms")  # noqa: T201 (recorded by script/bench)
    assert max(weights) <= HEAVIEST, loads[0][0]
    assert paint < LATEST
