"""``script/bench``: measures the application against a floor and prints one table. See docs/performance.md."""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.cases import CASES
from bench.data import SECRET_KEY, SEED_FILE, Country, prepare, refresh
from bench.measure import Result, check_agreement, measured
from bench.merge import merge_rows
from bench.register import register_row
from bench.servers import serving
from bench.starting import memory_row, start_rows
from bench.table import row_of, table

PARTNERSHIPS, REVIEWS = 2500, 400
REGISTER = "register"
MERGE = "merge"
STARTS = ("start", "memory")
QUICK = 4
"""How much less often everything is repeated with --quick."""


def main() -> None:
    wanted = _wishes()
    with tempfile.TemporaryDirectory(prefix="gromada-bench-") as temporary:
        folder = wanted.data or Path(temporary)
        settings = _settings(folder)
        rows = _of_the_country(folder, settings, wanted)
        if REGISTER in wanted.only:
            rows.append(register_row(repeats=3 if wanted.quick else 9))
        if MERGE in wanted.only:
            rows += merge_rows(repeats=3 if wanted.quick else 9)
        if "start" in wanted.only:
            rows += start_rows(settings, repeats=3 if wanted.quick else 9)
        if "memory" in wanted.only:
            rows.append(memory_row(settings))
    sys.stdout.write(
        f"\nMilliseconds, at {wanted.partnerships} partnerships, {os.cpu_count()} cores.\n\n{table(rows)}\n"
    )


def _of_the_country(
    folder: Path, settings: Mapping[str, str], wanted: argparse.Namespace
) -> list[tuple[str, ...]]:
    """The lists, pages and deeds; the rest has data of its own, and the start needs a country only to start with."""
    if {REGISTER, MERGE}.issuperset(wanted.only):
        return []
    country = _country(folder, wanted.partnerships)
    return [row_of(one) for one in _measure(country, folder, settings, wanted)]


def _wishes() -> argparse.Namespace:
    keys = [*(case.key for case in CASES), REGISTER, MERGE, *STARTS]
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=keys, default=keys, help="measure only these")
    parser.add_argument("--quick", action="store_true", help="fewer repeats: for a first look")
    parser.add_argument("--data", type=Path, help="keep the data in this folder, and use it again next time")
    parser.add_argument("--partnerships", type=int, default=PARTNERSHIPS)
    return parser.parse_args()


def _country(folder: Path, partnerships: int) -> Country:
    if (folder / SEED_FILE).exists():
        country = Country.of(folder)
        refresh(folder, country)
        return country
    sys.stderr.write(f"Making {partnerships} partnerships ...\n")
    folder.mkdir(parents=True, exist_ok=True)
    return prepare(folder, partnerships=partnerships, reviews=REVIEWS)


def _settings(folder: Path) -> dict[str, str]:
    return {
        "GROMADA_MODE": "production",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "https://gromada.example",
        "DATA_DIR": str(folder),
    }


def _measure(
    country: Country, folder: Path, settings: Mapping[str, str], wanted: argparse.Namespace
) -> Sequence[Result]:
    cases = [case for case in CASES if case.key in wanted.only]
    if not cases:
        return []
    results = []
    with serving("bench.server:application", first="/health/ready", settings=settings) as server:
        check_agreement(country, server.port)
        for case in cases:
            sys.stderr.write(f"{case.title} ...\n")
            repeats = max(5, case.repeats // QUICK) if wanted.quick else case.repeats
            results.append(measured(case, country, server.port, repeats=repeats))
    return results


main()
