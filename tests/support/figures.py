"""Figures that a test measures, said at the end of the run, whether or not anything failed."""

import pytest

FIGURE = "figure"
"""The name under which a test records one: ``record_property(FIGURE, "recall 97.5 %")``."""


def say_figures(terminal: pytest.TerminalReporter) -> None:
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminal.stats.get(outcome, ())
        if isinstance(report, pytest.TestReport) and report.when == "call"
    ]
    figures = [str(text) for report in reports for name, text in report.user_properties if name == FIGURE]
    if figures:
        terminal.section("measured")
        for line in figures:
            terminal.line(line)
