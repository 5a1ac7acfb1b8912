"""Days and times as people type them, in every form alike."""

from datetime import date, time

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from core.forms import BaseForm, Day, Optional, TimeOfDay
from core.i18n import in_language


class WhenForm(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    day = Day("Day", validators=[Optional()])
    time = TimeOfDay("Time", validators=[Optional()])


def typed(app: Flask, **values: str) -> WhenForm:
    with app.test_request_context(method="POST"), in_language("pl"):
        form = WhenForm(formdata=MultiDict(values))
        form.validate()
        return form


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-23", "23.02.2027", "23.2.2027", "23.2.2027 r.", "23.02.2027 roku", "23/02/2027", "23-02-2027", "23 02 2027",
        "2027.02.23", "2027/02/23", "23 lutego 2027", "23 lutego 2027 r.", "23 luty 2027", "23 Feb 2027", "23. February 2027",
        "  23.02.2027 ",
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(app, text):
    form = typed(app, day=text)

    assert (form.day.data, form.errors) == (date(2027, 2, 23), {})


@pytest.mark.parametrize(
    "text", ["17:00", "17.00", "17:00:00", "17 00", "1700", "17", "godz. 17:00", "g. 17"]
)
def test_a_time_is_understood_however_it_is_written(app, text):
    form = typed(app, time=text)

    assert (form.time.data, form.errors) == (time(17), {})


@pytest.mark.parametrize(
    ("day", "at"), [("30.02.2027", "25:00"), ("jutro", "po obiedzie"), ("23.13.2027", "17:60"), ("02/23/2027", "-1")]
)  # fmt: skip
def test_what_is_no_day_and_no_time_is_refused(app, day, at):
    form = typed(app, day=day, time=at)

    assert (form.day.data, form.time.data, set(form.errors)) == (None, None, {"day", "time"})
