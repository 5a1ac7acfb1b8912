"""Minutes as people write them, and the sentence for each slip."""

import pytest
from werkzeug.datastructures import MultiDict

from animators.hours.forms import MinutesForm
from animators.hours.minutes import MinutesRefused, read_minutes
from core.forms import BaseForm

UNREADABLE = "Enter how long it lasted in minutes, for example 45, or as 1:30 or 1,5 h."
NEGATIVE = "Minutes cannot be negative. To give minutes back, correct the entry they belong to."
NOTHING = "Enter how long it lasted: at least 1 minute."
FRACTION = "Enter whole minutes, for example 90. Hours may have a comma: 1,5 h."
TOO_LONG = "10,000 minutes would be 166 h 40 min. Enter at most 1,440 minutes (24 h)."


@pytest.fixture(autouse=True)
def _language(app):
    """Sentences are in the language of the reader."""


@pytest.mark.parametrize(("typed", "minutes"), [
    ("90", 90), (" 90 ", 90), ("90 min", 90), ("90min.", 90), ("90 minut", 90), ("1:30", 90), ("0:05", 5), ("1 h 30", 90),
    ("1h30", 90), ("1 h 30 min", 90), ("1 godz. 30 min", 90), ("2 godziny", 120), ("1,5 h", 90), ("1.5h", 90),
    ("1.5 hours", 90), ("0,25 h", 15), ("24 h", 1440), ("1\u202f440", 1440), ("1,440", 1440), ("1", 1),
])  # fmt: skip
def test_people_write_a_length_in_their_own_way(typed, minutes):
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize(("typed", "sentence"), [
    ("-30", NEGATIVE), ("−30", NEGATIVE), ("- 1:30", NEGATIVE), ("0", NOTHING), ("0:00", NOTHING), ("0 h", NOTHING),
    ("0,5", FRACTION), ("7.5", FRACTION), ("0,01 h", FRACTION), ("1,51 h", FRACTION), ("10000", TOO_LONG),
    ("10 000", TOO_LONG), ("10,000", TOO_LONG), ("10.000", TOO_LONG), ("half an hour", UNREADABLE), ("1:75", UNREADABLE),
    ("1 h 75 min", UNREADABLE), ("1e3", UNREADABLE), ("0x10", UNREADABLE), ("٣٠", UNREADABLE),
    ("3" * 400, UNREADABLE), ("nan", UNREADABLE), ("--5", UNREADABLE), ("<b>5</b>", UNREADABLE),
])  # fmt: skip
def test_every_slip_gets_its_sentence(typed, sentence):
    with pytest.raises(MinutesRefused) as refusal:
        read_minutes(typed)

    assert str(refusal.value) == sentence


def test_the_limit_belongs_to_the_field():
    assert read_minutes("10 000", most=10_000) == 10_000


class _WithMinutes(MinutesForm):
    class Meta(BaseForm.Meta):
        csrf = False


def sent(app, typed: str) -> MinutesForm:
    with app.test_request_context(method="POST"):
        form = _WithMinutes(MultiDict({"minutes": typed}))
        form.validate()
        return form


def test_the_field_keeps_what_was_typed_until_it_can_be_read(app):
    wrong, right = sent(app, "-5"), sent(app, "1:30")

    assert (wrong.minutes.data, wrong.minutes._value(), wrong.errors) == (None, "-5", {"minutes": [NEGATIVE]})
    assert (right.minutes.data, right.minutes._value(), right.errors) == (90, "1:30", {})


def test_nothing_typed_is_told_as_such(app):
    assert sent(app, " ").errors == {"minutes": ["Enter how long it lasted"]}
