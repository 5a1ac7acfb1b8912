import pytest

from plans.definitions import ColumnType, PersonalData
from plans.personal_data import refuse_personal_data
from tests.plans.templates import ANNUAL, GENERAL, column

PLAIN = column(ColumnType.TEXT)
NAMES = column(ColumnType.TEXT, personal_data=PersonalData.PERSON_NAME, private=True)
CONTACT = column(ColumnType.TEXT, personal_data=PersonalData.OFFICE_CONTACT, private=True)

PEOPLE = "Jan Kowalski, Anna Nowak, Piotr Zieliński"


@pytest.mark.parametrize(
    ("column_kind", "refused"),
    [
        (PLAIN, ["pesel", "phone", "email", "name_list"]),
        (NAMES, ["pesel"]),
        (CONTACT, ["pesel"]),
    ],
)
def test_columns_of_people_take_names_telephones_and_addresses_but_never_a_pesel(
    column_kind, refused: list[str]
):
    texts = ["44051401458", "501 234 567", "jan@wp.pl", PEOPLE]

    assert [reason for text in texts if (reason := refuse_personal_data(column_kind, text))] == refused


def test_the_reason_names_the_most_sensitive_thing_first():
    assert refuse_personal_data(PLAIN, f"{PEOPLE}, 501 234 567, jan@wp.pl, 44051401458") == "pesel"


def test_no_text_of_the_templates_is_taken_for_personal_data():
    for sheet in (*GENERAL.sheets, *ANNUAL.sheets):
        for entry in sheet.columns:
            for text in (*entry.example.texts.values(), *entry.help.texts.values()):
                assert refuse_personal_data(entry, text) is None, text
