"""What the search of the history asks for. Read from the address, so it needs no token."""

from datetime import date

from flask import request

from core.forms import BaseForm, Checkbox, Choice, Day, Optional, SelectChoice, Text
from core.i18n import _, _l
from core.text import fold
from office.history.kinds import RecordKind
from office.history.queries import LONGEST_QUESTION, Wanted
from office.history.topics import Topic


class HistoryForm(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    person = Text(_l("Person"), description=_l("Name or e-mail of who did it."), render_kw={"type": "search"})
    happened_to = Checkbox(_l("It happened to this person"))
    topic = Choice(_l("What"))
    kind = Choice(_l("Kind of record"))
    place = Text(_l("Municipality"), render_kw={"type": "search"})
    since = Day(_l("From"), validators=[Optional()])
    until = Day(_l("To"), validators=[Optional()])

    @classmethod
    def showing(cls, wanted: Wanted) -> "HistoryForm":
        form = cls(
            formdata=None,
            person=wanted.person,
            happened_to=wanted.happened_to,
            topic=wanted.topic.value if wanted.topic else "",
            kind=wanted.kind.value if wanted.kind else "",
            place=wanted.place,
            since=wanted.since,
            until=wanted.until,
        )
        topics = [SelectChoice(topic.value, str(topic.label)) for topic in Topic]
        form.topic.choices = [SelectChoice("", _("Everything")), *topics]
        kinds = sorted((SelectChoice(kind.value, str(kind.label)) for kind in RecordKind), key=_by_label)
        form.kind.choices = [SelectChoice("", _("All")), *kinds]
        return form


def wanted() -> Wanted:
    """What is no question of ours is as good as none."""
    asked = request.args
    topic, kind = asked.get("topic", ""), asked.get("kind", "")
    return Wanted(
        person=asked.get("person", "").strip()[:LONGEST_QUESTION],
        happened_to=bool(asked.get("happened_to")),
        topic=Topic(topic) if topic in set(Topic) else None,
        kind=RecordKind(kind) if kind in set(RecordKind) else None,
        place=asked.get("place", "").strip()[:LONGEST_QUESTION],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
    )


def _by_label(choice: SelectChoice) -> str:
    return fold(str(choice.label))


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None
