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


def typed(app: Flask, language: str = "pl", **values: str) -> WhenForm:
    with app.test_request_context(method="POST"), in_language(language):
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


@pytest.mark.parametrize("text", ["0001-01-01", "31.12.1989", "01.01.2037", "9999-12-31"])
def test_a_day_of_no_year_of_ours_is_refused(app, clock, text):
    form = typed(app, day=text, language="en")

    assert (form.day.data, form.errors) == (None, {"day": ["Enter a day from 1 Jan 1990 to 31 Dec 2036."]})


@pytest.mark.parametrize("text", ["01.01.1990", "31.12.2036"])
def test_the_first_and_the_last_day_are_taken(app, clock, text):
    assert typed(app, day=text).errors == {}


@pytest.mark.parametrize(
    ("day", "at"), [("30.02.2027", "25:00"), ("jutro", "po obiedzie"), ("23.13.2027", "17:60"), ("02/23/2027", "-1")]
)  # fmt: skip
def test_what_is_no_day_and_no_time_is_refused(app, day, at):
    form = typed(app, day=day, time=at)

    assert (form.day.data, form.time.data, form.errors) == (
        None,
        None,
        {"day": ["Wpisz datę, na przykład 23.02.2027"], "time": ["Wpisz godzinę, na przykład 17:00"]},
    )
