"""The results as a table that reads in a terminal and in a Markdown file."""

from collections.abc import Sequence

from bench.measure import Result, middle, tenth

HEADINGS = (
    "what", "floor median", "floor p10", "ours median", "ours p10", "ratio", "ratio of CPU", "goal", "met",
)  # fmt: skip


def row_of(result: Result) -> tuple[str, ...]:
    times = (middle(result.floor), tenth(result.floor), middle(result.ours), tenth(result.ours))
    return (
        result.title,
        *(f"{one:.1f}" for one in times),
        f"{result.ratio:.2f}",
        f"{result.cpu_ratio:.2f}",
        f"{result.goal:.2f}",
        "yes" if result.is_met else "no",
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    everything = [HEADINGS, *rows]
    widths = [max(len(row[at]) for row in everything) for at in range(len(HEADINGS))]
    lines = [_line(row, widths) for row in everything]
    return "\n".join([lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |"
