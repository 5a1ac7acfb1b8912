"""Whose workbook is it? Asked before anything else, and answered without a word about anybody else's plan."""

from dataclasses import replace

import pytest

from plans.definitions import PlanContent
from plans.findings import Finding, FindingCode, Severity
from plans.workbooks.identity import Expected
from plans.workbooks.merge import merge_reading
from plans.workbooks.reading import WrongFile
from tests.plans.filled_plans import (
    ANNUAL,
    ANNUAL_FILLING,
    EXPECTED_ANNUAL,
    EXPECTED_GENERAL,
    GENERAL_CONTENT,
    edited,
    read,
    written,
)


def refusal(data: bytes, expected: Expected = EXPECTED_GENERAL) -> Finding:
    with pytest.raises(WrongFile) as caught:
        read(data, expected)
    return caught.value.finding


def wrong(reason: str) -> Finding:
    return Finding(FindingCode.WRONG_FILE, Severity.ERROR, reason)


def without_meta(data: bytes, *, code: str | int | None = "0699012") -> bytes:
    def edit(workbook):
        del workbook["Meta"]
        metadata = workbook["1_Metryka"]
        for row in metadata.iter_rows(min_row=5):
            if row[1].value == "teryt":
                row[2].value = code

    return edited(data, edit)


def meta(key: str, value: str):
    def edit(workbook):
        for row in workbook["Meta"].iter_rows(min_row=5):
            if row[1].value == key:
                row[2].value = value

    return edit


def test_a_plans_own_workbook_is_known_by_its_meta_sheet():
    found = read(written(language="en")).found

    assert (found.template_code, found.template_version, found.language) == ("PLAN-OGOLNY", 1, "en")
    assert (found.base_version, found.base_hash, found.has_meta) == (3, "ab" * 32, True)


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        (EXPECTED_ANNUAL, "wrong_template"),
        (replace(EXPECTED_GENERAL, programme="another"), "wrong_programme"),
        (replace(EXPECTED_GENERAL, municipality_codes=frozenset({"0201011"})), "wrong_municipality"),
        (replace(EXPECTED_GENERAL, plan_uid="another"), "wrong_plan"),
    ],
)
def test_another_plans_workbook_is_refused_and_nothing_of_it_told(expected, reason):
    assert refusal(written(), expected) == wrong(reason)


def test_a_workbook_from_before_a_change_of_code_still_fits():
    expected = replace(EXPECTED_GENERAL, municipality_codes=frozenset({"0699013", "0699012"}))

    assert read(written(), expected).content.rows("needs") == GENERAL_CONTENT.rows("needs")


def test_a_version_newer_than_known_is_refused_and_named():
    assert refusal(edited(written(), meta("template_version", "9"))) == Finding(
        FindingCode.TEMPLATE_NOT_ACCEPTED, Severity.ERROR, "newer_template", params={"found": "9"}
    )


def test_a_version_that_is_no_longer_taken_is_refused_and_named():
    retired = replace(EXPECTED_GENERAL, accepted=frozenset({2}))

    with pytest.raises(WrongFile) as caught:
        read(written(), retired)
    assert caught.value.finding == Finding(
        FindingCode.TEMPLATE_NOT_ACCEPTED, Severity.ERROR, "retired_template", params={"found": "1"}
    )


@pytest.mark.parametrize("version", ["", "one"])
def test_an_unknown_version_of_the_template_is_refused(version):
    assert refusal(edited(written(), meta("template_version", version))) == Finding(
        FindingCode.TEMPLATE_NOT_ACCEPTED, Severity.ERROR, "template_not_accepted"
    )


def test_a_blank_template_of_no_plan_in_particular_is_taken():
    assert read(edited(written(), meta("plan_uid", ""))).found.has_meta


def test_meta_may_be_renamed():
    data = edited(written(), lambda workbook: setattr(workbook["Meta"], "title", "Dane pliku"))

    assert read(data).found.base_version == 3


@pytest.mark.parametrize("code", ["0699012", 699012, " 0699012 "], ids=["text", "number", "spaces"])
def test_without_meta_the_sheets_and_the_municipalitys_code_tell(code):
    reading = read(without_meta(written(), code=code))

    assert (reading.found.has_meta, reading.found.base_hash) == (False, None)
    assert reading.content.rows("lines") == GENERAL_CONTENT.rows("lines")


@pytest.mark.parametrize(("code", "reason"), [("0201011", "wrong_municipality"), (None, "not_recognised")])
def test_without_meta_another_or_no_code_is_refused(code, reason):
    assert refusal(without_meta(written(), code=code)) == wrong(reason)


def test_without_meta_the_other_kind_of_plan_is_not_recognised():
    data = without_meta(written(ANNUAL_FILLING, definition=ANNUAL))

    assert refusal(data) == wrong("not_recognised")


def test_any_other_workbook_is_not_recognised():
    def edit(workbook):
        for name in workbook.sheetnames[1:]:
            del workbook[name]

    assert refusal(edited(written(), edit)) == wrong("not_recognised")


def test_a_public_file_says_nothing_about_private_columns():
    reading = read(written(public=True))

    assert "leader_name" not in reading.columns["metadata"]
    assert merge_reading(GENERAL_CONTENT, reading) == GENERAL_CONTENT
    assert merge_reading(PlanContent(), reading) != GENERAL_CONTENT
