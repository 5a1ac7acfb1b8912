"""Makes the labelled cells: sentences written by hand, with numbers varied by a fixed seed.

    python -m tests.core.cells.make

Everybody and every number in them is invented. A sentence with a place for a number (``{phone}``) is written out several
times, each time with another form of the number; everything else stands in the files once, as it is written here.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.core.cells import ordinary, personal

FOLDER = Path(__file__).parent
Row = tuple[str, str, str]


def main() -> None:
    for module, label in ((personal, "personal"), (ordinary, "ordinary")):
        rows = list(dict.fromkeys(_rows(module.CELLS, label)))
        with (FOLDER / f"{label}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\n")
            writer.writerow(("text", "label", "kind"))
            writer.writerows(rows)


def _rows(cells: dict[str, tuple[int, tuple[str, ...]]], label: str) -> Iterator[Row]:
    random = Random(f"cells {label}")
    for kind, (times, sentences) in cells.items():
        for sentence in sentences:
            for _time in range(times if "{" in sentence else 1):
                yield written(sentence, random), label, kind


def written(sentence: str, random: Random) -> str:
    """The sentence with every place for a number filled."""
    while "{" in sentence:
        start, end = sentence.index("{"), sentence.index("}")
        sentence = sentence[:start] + FILLERS[sentence[start + 1 : end]](random) + sentence[end + 1 :]
    return sentence


# --- Numbers -------------------------------------------------------------------------------------------


def _digits(random: Random, count: int) -> str:
    return "".join(str(random.randrange(10)) for _ in range(count))


def pesel(random: Random) -> str:
    year, month, day = random.randrange(1928, 2012), random.randrange(1, 13), random.randrange(1, 29)
    ten = f"{year % 100:02}{month + (20 if year >= 2000 else 0):02}{day:02}{_digits(random, 4)}"
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    check = -sum(int(digit) * weight for digit, weight in zip(ten, weights, strict=True)) % 10
    return f"{ten}{check}"


def _pesel_parted(random: Random) -> str:
    digits, between = pesel(random), random.choice((" ", "-", ".", "\u00a0", " - ", "/"))
    sizes = random.choice(((6, 5), (2, 2, 2, 5), (4, 4, 3), (3, 3, 3, 2), (2, 2, 2, 2, 3), (2, 4, 5)))
    return _grouped(digits, sizes, between)


def _grouped(digits: str, sizes: tuple[int, ...], between: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return between.join(parts)


MOBILES = (
    "50", "51", "53", "57", "60", "66", "69", "72", "73", "78", "79", "88",
)  # fmt: skip
AREAS = ("12", "14", "18", "22", "23", "25", "41", "44", "48", "58", "61", "71", "81", "85", "89", "95")


def _mobile_digits(random: Random) -> str:
    return random.choice(MOBILES) + _digits(random, 6) + str(random.randrange(1, 10))


def _mobile(random: Random) -> str:
    between = random.choice((" ", " ", " ", "-", ".", "\u00a0", ""))
    return _grouped(_mobile_digits(random), (3, 3, 3), between)


def _landline(random: Random) -> str:
    digits, form = random.choice(AREAS) + _digits(random, 7), random.randrange(5)
    if form == 0:
        return _grouped(digits, (2, 3, 2, 2), " ")
    if form == 1:
        return _grouped(digits, (2, 3, 2, 2), "-")
    area, rest = digits[:2], digits[2:]
    if form == 2:
        return f"({area}) {_grouped(rest, (3, 2, 2), ' ')}"
    if form == 3:
        return f"{area}/{_grouped(rest, (3, 2, 2), '-')}"
    return f"0-{area} {_grouped(rest, (3, 2, 2), '-')}"


def _with_country(random: Random) -> str:
    start = random.choice(("+48 ", "+48", "0048 ", "(+48) ", "+48-"))
    return start + (
        _mobile(random) if random.random() < 0.7 else _grouped(_mobile_digits(random), (2, 3, 2, 2), " ")
    )


def _money(random: Random) -> str:
    number = f"{random.randrange(100, 4_000_000):,}"
    return number.replace(",", random.choice((" ", "\u00a0", ""))) + random.choice(
        ("", "", ",00", ",50", ",-")
    )


def _checked(digits: str, weights: tuple[int, ...]) -> str:
    return digits + str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


def _regon(random: Random) -> str:
    return _checked(_digits(random, 8), (8, 9, 2, 3, 4, 5, 6, 7))


def _nip(random: Random) -> str:
    digits = _checked(str(random.randrange(1, 10)) + _digits(random, 8), (6, 5, 7, 2, 3, 4, 5, 6, 7))
    return random.choice((digits, _grouped(digits, (3, 3, 2, 2), "-"), _grouped(digits, (3, 2, 2, 3), "-")))


def _account(random: Random) -> str:
    digits = _digits(random, 26)
    return random.choice((digits, _grouped(digits, (2, 4, 4, 4, 4, 4, 4), " ")))


def _date(random: Random) -> str:
    day, month, year = random.randrange(1, 29), random.randrange(1, 13), random.randrange(2024, 2030)
    return random.choice(
        (f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}", f"{day}/{month}/{year}")
    )


def _post_code(random: Random) -> str:
    return f"{random.randrange(0, 99):02}-{random.randrange(1, 999):03}"


FILLERS = {
    "pesel": pesel,
    "parted": _pesel_parted,
    "mobile": _mobile,
    "landline": _landline,
    "foreign": _with_country,
    "money": _money,
    "regon": _regon,
    "nip": _nip,
    "krs": lambda random: f"0000{_digits(random, 6)}",
    "account": _account,
    "date": _date,
    "post": _post_code,
    "teryt": lambda random: f"{2 * random.randrange(1, 17):02}{_digits(random, 4)}{random.randrange(1, 4)}",
    "isbn": lambda random: f"978-83-{_digits(random, 4)}-{_digits(random, 3)}-{random.randrange(10)}",
    "n": lambda random: str(random.randrange(2, 30)),
    "nn": lambda random: str(random.randrange(30, 999)),
    "nnn": lambda random: str(random.randrange(1000, 99999)),
    "year": lambda random: str(random.randrange(2019, 2031)),
    "hour": lambda random: f"{random.randrange(8, 19):02}:{random.choice(('00', '15', '30', '45'))}",
    "pc": lambda random: f"{random.randrange(1, 100)},{random.randrange(10)}",
    "six": lambda random: _digits(random, 6),
    "nine": lambda random: _digits(random, 9),
}


if __name__ == "__main__":
    main()
