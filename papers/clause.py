"""The information clause: what whoever signs a paper is told about their data (GDPR, Article 13).

Its words are the office's. That it stands there, and says the four things without which it is none, is not.
"""

from dataclasses import dataclass

from core.i18n import LazyString, _, _l
from papers.markup import CLAUSE, Unreadable


@dataclass(frozen=True)
class Duty:
    said_by: tuple[str, ...]
    """One of these stands in the clause, in whichever of the languages of papers it is written."""
    problem: LazyString


DUTIES = (
    Duty(("{operator}",), _l("the information clause does not say who the controller is. Write {operator}.")),
    Duty(
        ("{programme}",), _l("the information clause does not say for what the data is. Write {programme}.")
    ),
    Duty(
        ("gdpr", "rodo"), _l("the information clause does not name its legal basis, an article of the GDPR.")
    ),
    Duty(
        ("complain", "complaint", "skarg"),
        _l("the information clause does not tell people their rights, among them the right to complain."),
    ),
)


def check_clause(body: str) -> None:
    """Raises ``Unreadable`` where it is missing or does not say what it has to."""
    lines = [line.strip() for line in body.splitlines()]
    if CLAUSE not in lines:
        raise Unreadable(
            max(len(lines), 1),
            _(
                "the information clause is missing. Write %(mark)s, and below it what happens with the data.",
                mark=CLAUSE,
            ),
        )
    at = lines.index(CLAUSE)
    words = "\n".join(lines[at + 1 :]).casefold()
    for duty in DUTIES:
        if not any(one in words for one in duty.said_by):
            raise Unreadable(at + 1, str(duty.problem))
