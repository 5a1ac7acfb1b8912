from datetime import date

import pytest
from lxml import html

from tests.support.forms import Form, Upload, spoken, value_to_send

PAGE = """
<form method="post" action="send" enctype="multipart/form-data">
  <input type="hidden" name="csrf_token" value="secret">
  <input name="title" value="Old title">
  <input name="unused" value="x" disabled>
  <textarea name="reason">
First line
second</textarea>
  <select name="kind"><option value="a">First</option><option value="b" selected>Second</option></select>
  <select name="tags" multiple><option value="1" selected>One</option><option value="2">Two</option></select>
  <input type="checkbox" name="agree" value="y">
  <input type="radio" name="choice" value="left"><input type="radio" name="choice" value="right" checked>
  <input type="file" name="workbook">
  <button>Save the <b>draft</b></button>
  <button name="action" value="send" formaction="/elsewhere">Send</button>
  <button type="button">Only a script</button>
</form>
<form action="/search" id="search"><input name="q"></form>
<input name="page" value="2" form="search"><button form="search">Search</button>
"""


@pytest.fixture
def form() -> Form:
    return forms()[0]


def forms() -> list[Form]:
    return [Form(element, "/plans/1/edit") for element in html.fromstring(f"<div>{PAGE}</div>").iter("form")]


def test_a_form_is_read_as_it_stands(form):
    assert (form.method, form.action, form.buttons) == ("post", "/plans/1/send", ["Save the draft", "Send"])
    assert form.values == {
        "title": "Old title",
        "reason": "First line\nsecond",
        "kind": "b",
        "tags": "1",
        "agree": [],
        "choice": "right",
        "workbook": [],
    }
    assert form.options("kind") == {"a": "First", "b": "Second"}


def test_what_is_filled_in_is_sent_with_the_token_and_the_rest(form):
    form.fill("title", "New")
    form.fill("kind", "a")
    form.fill("tags", value_to_send([1, 2]))
    form.fill("agree", value_to_send(True))
    form.press("Send")

    assert form.pairs() == [
        ("csrf_token", "secret"),
        ("title", "New"),
        ("reason", "First line\nsecond"),
        ("kind", "a"),
        ("tags", "1"),
        ("tags", "2"),
        ("agree", "y"),
        ("choice", "right"),
        ("action", "send"),
    ]
    assert form.action == "/elsewhere"


def test_a_file_is_sent_with_its_name_and_type(form):
    form.fill("workbook", Upload(b"PK", "plan.xlsx", "application/zip"))

    [(content, name, media_type)] = [value for field, value in form.pairs() if field == "workbook"]

    assert (content.read(), name, media_type) == (b"PK", "plan.xlsx", "application/zip")


@pytest.mark.parametrize(("name", "value"), [("kind", "c"), ("choice", "up"), ("agree", "n")])
def test_nothing_can_be_chosen_that_is_not_offered(form, name, value):
    with pytest.raises(AssertionError, match="does not offer"):
        form.fill(name, value)


def test_a_field_that_is_not_there_cannot_be_filled(form):
    with pytest.raises(AssertionError, match="no field 'titel'"):
        form.fill("titel", "x")


def test_fields_outside_belong_to_the_form_they_name():
    search = forms()[1]

    assert (search.method, search.action, search.buttons) == ("get", "/search", ["Search"])
    assert search.values == {"q": "", "page": "2"}


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (True, ["y"]),
        (False, []),
        (date(2026, 4, 15), "2026-04-15"),
        (12, "12"),
        (None, ""),
        ([1, "b"], ["1", "b"]),
    ],
)
def test_values_are_written_as_a_browser_writes_them(value, sent):
    assert value_to_send(value) == sent


def test_text_is_read_without_scripts_and_with_space_between_blocks():
    page = html.fromstring("<div><h1>Plan</h1><p>of <b>Łódź</b></p><script>x</script><p>2026</p></div>")

    assert spoken(page) == "Plan of Łódź 2026"
