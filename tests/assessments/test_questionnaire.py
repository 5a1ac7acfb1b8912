"""The statements of the self-assessment: read strictly from a file of the profile."""

import pytest

from assessments.questionnaire import LONGEST_NEED, parse_questionnaire, questionnaire_of
from programme.data_files import ProfileFault
from tests.assessments.answering import AREAS

WORDS = '{ pl = "tak", en = "yes" }'


def area(code: str, *, statements: str = "one two", needs: str = "") -> str:
    asked = "".join(f'[[areas.statements]]\nkey = "{key}"\ntext = {WORDS}\n' for key in statements.split())
    return f'[[areas]]\ncode = "{code}"\ntext = {WORDS}\n{asked}{needs}'


def written(*areas: str, evidence: str = WORDS) -> str:
    return f"version = 1\nevidence = {evidence}\nmeasure = {WORDS}\nunit = {WORDS}\n" + "".join(areas)


def need(**changes: str) -> str:
    cells = {"key": '"first"', "priority": "2", "text": WORDS, **changes}
    return "[[areas.needs]]\n" + "".join(f"{key} = {value}\n" for key, value in cells.items())


def fault_in(text: str) -> str:
    with pytest.raises(ProfileFault) as caught:
        parse_questionnaire(text, ["safety"])
    return str(caught.value)


def test_the_programme_asks_about_every_need_area_in_few_statements():
    questionnaire = questionnaire_of("mocarze")

    assert questionnaire is not None
    assert tuple(one.code for one in questionnaire.areas) == AREAS
    assert {len(one.statements) for one in questionnaire.areas} == {3, 4}
    assert sum(len(one.statements) for one in questionnaire.areas) <= 36
    assert all(one.needs for one in questionnaire.areas)
    asked = [one.text for each in questionnaire.areas for one in each.statements]
    wanted = [one.text for each in questionnaire.areas for one in each.needs]
    assert {tuple(sorted(text.texts)) for text in (*asked, *wanted)} == {("en", "pl")}
    keys = [one.key for each in questionnaire.areas for one in each.needs]
    assert len(set(keys)) == len(keys)


def test_what_is_right_is_read():
    read = parse_questionnaire(written(area("safety", needs=need(at_risk="true"))), ["safety"])

    [safety] = read.areas
    assert [one.key for one in safety.statements] == ["one", "two"]
    assert [(one.key, one.priority, one.at_risk) for one in safety.needs] == [("safety.first", 2, True)]


def test_an_area_that_is_missing_strange_or_there_twice_is_a_fault():
    said = "self-assessment.toml: the areas must be safety, each once"

    assert fault_in(written(area("content"))) == said
    assert fault_in(written(area("safety"), area("safety"))) == said
    assert fault_in(written(area("safety"), area("content"))) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (written(area("safety", statements="one one")), "statements are missing, or a key stands there twice"),
        (written(area("safety", needs=need(priority="6"))), "priority must be from 1 to 5"),
        (written(area("safety", needs=need(text='{ pl = "tak" }'))), "en is missing"),
        (written(area("safety", needs=need(colour='"red"'))), "unknown key colour"),
        (written(area("safety"), evidence='{ pl = "{who}", en = "x" }'), "names what is not known"),
        (written(area("safety", needs=need(text=f'{{ pl = "{"x" * (LONGEST_NEED + 1)}", en = "x" }}'))), "longer than 1000"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is(text, said):
    assert said in fault_in(text)
