"""Forms that change a record: whoever saves last does not silently undo what somebody else has saved meanwhile."""

import json
import re
from datetime import date, time
from hashlib import sha256
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field

from core.formatting import day
from core.forms import BaseForm, Hidden, Upload, Uploads
from core.i18n import _

PLAIN = (str, int, date, time, list, tuple, type(None))
_SHOWN = re.compile(r"(\w+):([0-9a-f]{8})")


class SeenForm(BaseForm):
    """Remembers what each field of the record held when the page was opened.

    Where one holds something else when the form is sent, what is kept now stands beside it: in the field itself if it
    was left as it was shown, else beside what was typed, which stays. Sent once more it is saved.
    """

    as_shown = Hidden()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.as_shown.data = self._present()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        others = self._changed_meanwhile()
        is_valid: bool = super().validate(*args, **kwargs)
        if not others:
            return is_valid
        self.as_shown.data = self._present()
        self.rejections.append(
            _(
                "Somebody else changed this while you were at it. Fields you left alone show what they saved; beside those you changed stands theirs. Check, then save again."
            )
        )
        for field in others:
            field.errors = [*field.errors, _("Saved meanwhile: %(text)s", text=_said(field))]
        return False

    def _changed_meanwhile(self) -> list[Field]:
        """By somebody else, to what was not sent as well. A field that was left as it was shown takes it over."""
        shown = dict(_SHOWN.findall(self.as_shown.data or ""))
        others = []
        for field in self._kept():
            before, present, sent = shown.get(field.name), _mark(field.object_data), _mark(field.data)
            if before is None or present in (before, sent):
                continue
            if sent == before:
                field.process(MultiDict({field.name: _as_sent(field.object_data)}), field.object_data)
            others.append(field)
        return others

    def _kept(self) -> list[Field]:
        """Fields of the record; a file is added to it and takes nothing away."""
        return [
            field
            for field in self
            if field.name not in ("csrf_token", "as_shown") and not isinstance(field, Upload | Uploads)
        ]

    def _present(self) -> str:
        return " ".join(f"{field.name}:{_mark(field.object_data)}" for field in self._kept())


def _mark(value: Any) -> str:
    return sha256(json.dumps(_plain(value)).encode()).hexdigest()[:8]


def _plain(value: Any) -> Any:
    """As it can be compared: nothing typed and nothing kept are the same."""
    if isinstance(value, bool):
        raise TypeError("a tick has no text that could be shown or sent again: offer two choices instead")
    if not isinstance(value, PLAIN):
        raise TypeError(f"{value!r} is more than what is typed: give the form its name instead of the record")
    return sorted(_as_sent(value)) or None if isinstance(value, list | tuple) else _as_sent(value)[0] or None


def _as_sent(value: Any) -> list[str]:
    """As a page sends it."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, time):
        return [value.strftime("%H:%M")]
    if isinstance(value, date):
        return [value.isoformat()]
    return ["" if value is None else str(value)]


def _said(field: Field) -> str:
    value = field.object_data
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    chosen = value if isinstance(value, list | tuple) else [value]
    labels = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or ()}
    return ", ".join(labels.get(str(one), str(one)) for one in chosen if one not in (None, "")) or "–"
