"""Forms that change a record: whoever saves last does not silently undo what somebody else has saved meanwhile."""

import json
from datetime import date, time
from hashlib import sha256
from typing import Any

from wtforms import Field

from core.formatting import day
from core.forms import BaseForm, Hidden, Upload, Uploads
from core.i18n import _

PLAIN = (str, int, date, time, list, tuple, type(None))
"""Of another record that a field stands for only its name is typed."""


class SeenForm(BaseForm):
    """Remembers what the record held when the page was opened, of the fields that the form asks for.

    Where the record holds something else when it is sent, all that was typed stays, with what is kept now beside it.
    Sent once more it is saved.
    """

    as_shown = Hidden()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.as_shown.data = self._present()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_valid: bool = super().validate(*args, **kwargs)
        present = self._present()
        if self.as_shown.data in (None, "", present):
            return is_valid
        others = [field for field in self._kept() if _plain(field.data) != _plain(field.object_data)]
        self.as_shown.data = present
        if not others:
            return is_valid
        self.rejections.append(
            _(
                "Somebody else changed this while you were at it. What they saved stands at the fields: check it, then save again to keep yours."
            )
        )
        for field in others:
            field.errors = [*field.errors, _("Saved meanwhile: %(text)s", text=_said(field))]
        return False

    def _kept(self) -> list[Field]:
        """Fields of the record; a file is added to it and takes nothing away."""
        return [
            field
            for field in self
            if field.name not in ("csrf_token", "as_shown")
            and not isinstance(field, Upload | Uploads)
            and isinstance(field.object_data, PLAIN)
        ]

    def _present(self) -> str:
        held = {field.name: _plain(field.object_data) for field in self._kept()}
        return sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """As it can be compared: nothing typed and nothing kept are the same."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value) or None
    return None if value is None or value == "" else str(value)


def _said(field: Field) -> str:
    value = field.object_data
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    chosen = value if isinstance(value, list | tuple) else [value]
    labels = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or ()}
    return ", ".join(labels.get(str(one), str(one)) for one in chosen if one not in (None, "")) or "–"
