"""What has to be ticked together, so that every reference of the draft leads somewhere."""

from collections.abc import Iterable, Iterator

from core.i18n import _
from plans.examples.model import Chosen, Example, Offer
from plans.values.lists import shortened

MOST_LETTERS = 70


def loose_ends(example: Example, chosen: Chosen) -> Iterator[str]:
    """A sentence for every line that answers no ticked need, or is for no ticked group."""
    for line in example.lines:
        if line.key not in chosen.lines:
            continue
        title = str(line.values.get("line_title", ""))
        needs = example.goals[line.goal].needs
        if not set(needs) & chosen.needs.keys():
            yield _(
                "“%(line)s” answers none of the needs you ticked. Leave it out, or tick one of these needs as well: %(needs)s",
                line=title,
                needs=_texts(example.needs, needs, "need_text"),
            )
        if not set(line.groups) & chosen.groups.keys():
            yield _(
                "“%(line)s” is for none of the groups you ticked. Leave it out, or tick one of these groups as well: %(groups)s",
                line=title,
                groups=_texts(example.groups, line.groups, "group_name"),
            )


def _texts(offers: Iterable[Offer], keys: Iterable[str], column: str) -> str:
    texts = {offer.key: str(offer.values.get(column, "")) for offer in offers}
    return "; ".join(shortened(texts[key], MOST_LETTERS) for key in keys if key in texts)
