import pytest

from core.workbooks.numbers import Moment
from core.workbooks.styles import moment_of_format


@pytest.mark.parametrize(
    ("code", "moment"),
    [
        ("General", None),
        ("Standardowy", None),
        ("@", None),
        ("0.00", None),
        ("0.00E+00", None),
        ('#,##0.00\\ "zł"', None),
        ('0 "dni"', None),
        ('0" h"', None),
        ("#,##0.00\\ [$zł-415];[Red]\\-#,##0.00\\ [$zł-415]", None),
        ("0_d", None),
        ("0;d", None),
        ("* 0", None),
        ("[Red]0;[Yellow]0", None),
        ("yyyy-mm-dd", Moment.DATE),
        ("dd.mm.yyyy;@", Moment.DATE),
        ("[$-415]d\\ mmmm\\ yyyy;@", Moment.DATE),
        ("mmm", Moment.DATE),
        ("DD/MM/YY", Moment.DATE),
        ("h:mm", Moment.TIME),
        ("h:mm AM/PM", Moment.TIME),
        ("mm:ss.0", Moment.TIME),
        ("yyyy-mm-dd hh:mm:ss", Moment.DATE_AND_TIME),
        ("[h]:mm", Moment.DURATION),
        ("[hh]:mm:ss", Moment.DURATION),
        ("[mm]:ss", Moment.DURATION),
        ('"unclosed', None),
        ("[unclosed", None),
        ("\\", None),
        ("", None),
    ],
)
def test_a_number_format_shows_a_moment_or_a_number(code: str, moment: Moment | None):
    assert moment_of_format(code) == moment
