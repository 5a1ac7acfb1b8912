"""What the history remembers, in the reader's words."""

from core.fact_words import Change, Fact, changes_between, leave_out_facts, name_facts
from core.i18n import _l, in_language

KIND = "a_kind"

name_facts(
    KIND,
    _tests_day=_l("Day"),
    _tests_number=_l("Number"),
    _tests_list=_l("List"),
    _tests_yes=_l("Yes"),
    _tests_code=Fact(_l("Code"), {"library": "a library", "school": "a school"}.__getitem__),
)
leave_out_facts("_tests_id")


def changes(before, after):
    with in_language("en"):
        return changes_between(KIND, before, after)


def test_old_and_new_stand_side_by_side_as_people_write_them(app):
    assert changes(
        {"_tests_day": "2026-03-01", "_tests_number": 1200, "_tests_code": "library", "_tests_yes": False},
        {"_tests_day": "2026-04-02", "_tests_number": 12000, "_tests_code": "school", "_tests_yes": True},
    ) == [
        Change("Day", "1 Mar 2026", "2 Apr 2026"),
        Change("Number", "1,200", "12,000"),
        Change("Code", "a library", "a school"),
        Change("Yes", "no", "yes"),
    ]


def test_what_is_the_same_and_what_has_no_name_is_not_told(app):
    assert (
        changes({"_tests_number": 1, "_tests_id": 3, "hm": 1}, {"_tests_number": 1, "_tests_id": 4, "hm": 2})
        == []
    )


def test_a_field_may_mean_something_else_in_another_kind_of_record():
    name_facts("another_kind", _tests_number=_l("Code"))

    (change,) = changes_between("another_kind", None, {"_tests_number": 5})
    assert change.label != "Number"
    assert changes_between("a_third_kind", None, {"_tests_number": 5}) == []


def test_first_and_last_values_stand_alone(app):
    assert changes(None, {"_tests_list": ["a", "b"]}) == [Change("List", "", "a, b")]
    assert changes({"_tests_list": ["a", "b"]}, {"_tests_list": []}) == [Change("List", "a, b", "")]


def test_of_a_long_text_its_beginning_is_told(app):
    (change,) = changes(None, {"_tests_number": "x" * 500})

    assert (len(change.after), change.after[-1]) == (161, "…")
