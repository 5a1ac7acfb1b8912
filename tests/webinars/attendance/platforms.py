"""Reports as each platform writes them, in English and Polish."""

from collections.abc import Callable, Sequence

Rows = Sequence[Sequence[str]]
Written = tuple[str, set[tuple[str, str | None, int]]]
"""The text of a report, and whom it names with how many minutes."""


def written(rows: Rows, separator: str) -> str:
    return "".join(separator.join(_quoted(cell, separator) for cell in row) + "\r\n" for row in rows)


def _quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell or '"' in cell else cell


def zoom_english(separator: str) -> Written:
    rows = [
        ["Attendee Report"],
        ["Report Generated:", "May 6, 2026 12:50 PM"],
        ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered", "Unique Viewers"],
        ["Hasła", "328-972-509", "05/06/2026 09:50:11 AM", "110", "40", "31"],
        ["Host Details", ""],
        ["Attended", "User Name (Original Name)", "Email", "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest"],
        ["Yes", "Biuro", "biuro@gromada.example", "05/06/2026 09:50:11 AM", "05/06/2026 11:40:00 AM", "110", "No"],
        ["Panelist Details", ""],
        ["Attended", "User Name (Original Name)", "Email", "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest"],
        ["Yes", "Ewa Żak", "ewa@gromada.example", "05/06/2026 09:55:00 AM", "05/06/2026 11:40:00 AM", "105", "Yes"],
        ["Attendee Details", ""],
        [
            "Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Registration Time", "Approval Status",
            "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest", "Country/Region Name",
        ],
        _zoomed("Yes", "Łucja Gęś", "lucja@wies.example", "05/06/2026 10:00:00 AM", "05/06/2026 10:40:00 AM", "40"),
        _zoomed("Yes", "Łucja Gęś", "Lucja@wies.example", "05/06/2026 10:30:00 AM", "05/06/2026 11:05:00 AM", "35"),
        _zoomed("No", "Jan Lis", "jan@wies.example", "--", "--", "--"),
        ["Other Attended", ""],
        ["User Name", "Join Time", "Leave Time", "Time in Session (minutes)", "Country/Region Name"],
        ["48501***234", "05/06/2026 10:05:00 AM", "05/06/2026 10:45:30 AM", "41", "Poland"],
    ]  # fmt: skip
    return written(rows, separator), {("Łucja Gęś", "lucja@wies.example", 65), ("48501***234", None, 41)}


def _zoomed(came: str, name: str, email: str, joined: str, left: str, minutes: str) -> list[str]:
    first, last = name.split()
    return [
        came,
        name,
        first,
        last,
        email,
        "05/01/2026 08:00:00 AM",
        "approved",
        joined,
        left,
        minutes,
        "Yes",
        "Poland",
    ]


def zoom_polish(separator: str) -> Written:
    """A meeting's list of participants, once for each joining."""
    rows = [
        ["Nazwa (nazwa oryginalna)", "Adres e-mail użytkownika", "Czas dołączenia", "Czas opuszczenia", "Czas trwania (minuty)", "Gość"],
        ["Łucja Gęś", "lucja@wies.example", "06.05.2026 10:00:00", "06.05.2026 10:40:00", "40", "Tak"],
        ["ŁUCJA GĘŚ", "", "06.05.2026 10:50:00", "06.05.2026 11:15:00", "25", "Tak"],
        ["Ola (Aleksandra Wróż)", "", "06.05.2026 10:00:00", "06.05.2026 10:20:00", "20", "Tak"],
    ]  # fmt: skip
    return written(rows, separator), {("Łucja Gęś", "lucja@wies.example", 65), ("Aleksandra Wróż", None, 20)}


def teams_english(separator: str) -> Written:
    """People come again in the third part, once for each joining: that must not count twice."""
    rows = [
        ["1. Summary"],
        ["Meeting title", "Hasła"],
        ["Attended participants", "3"],
        ["Start time", "5/6/26, 10:00:11\u202fAM"],
        ["Meeting duration", "1h 30m 51s"],
        [],
        ["2. Participants"],
        ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"],
        ["Łucja Gęś (Guest)", "5/6/26, 10:02:11\u202fAM", "5/6/26, 11:30:02\u202fAM", "1h 5m 3s", "", "lucja@wies.example", "Attendee"],
        ["Wróż, Ola", "5/6/26, 11:20:00\u202fAM", "5/6/26, 12:10:00\u202fPM", "45m 12s", "ola@wies.example", "", "Attendee"],
        ["Kot (Unverified)", "5/6/26, 10:00:00\u202fAM", "5/6/26, 10:00:40\u202fAM", "40s", "", "", "Attendee"],
        [],
        ["3. In-Meeting Activities"],
        ["Name", "Join Time", "Leave Time", "Duration", "Email", "Role"],
        ["Łucja Gęś (Guest)", "5/6/26, 10:02:11\u202fAM", "5/6/26, 10:37:11\u202fAM", "35m", "lucja@wies.example", "Attendee"],
        ["Łucja Gęś (Guest)", "5/6/26, 11:00:00\u202fAM", "5/6/26, 11:30:02\u202fAM", "30m 3s", "lucja@wies.example", "Attendee"],
    ]  # fmt: skip
    known = {("Łucja Gęś", "lucja@wies.example", 65), ("Ola Wróż", "ola@wies.example", 45), ("Kot", None, 1)}
    return written(rows, separator), known


def teams_polish(separator: str) -> Written:
    rows = [
        ["1. Podsumowanie"],
        ["Tytuł spotkania", "Hasła"],
        ["Godzina rozpoczęcia", "06.05.2026, 10:00:11"],
        [],
        ["2. Uczestnicy"],
        [
            "Imię i nazwisko", "Pierwsze dołączenie", "Ostatnie wyjście", "Czas udziału w spotkaniu", "Adres e-mail",
            "Identyfikator uczestnika (UPN)", "Rola",
        ],
        ["Łucja Gęś (Gość)", "06.05.2026, 10:02:11", "06.05.2026, 11:30:02", "1 godz. 5 min 3 s", "lucja@wies.example", "", "Uczestnik"],
        ["Ola Wróż (Niezweryfikowany)", "06.05.2026, 10:02:11", "06.05.2026, 10:30:02", "27 min 51 s", "", "", "Uczestnik"],
        [],
        ["3. Działania podczas spotkania"],
        ["Imię i nazwisko", "Godzina dołączenia", "Godzina opuszczenia", "Czas trwania", "Adres e-mail", "Rola"],
        ["Łucja Gęś (Gość)", "06.05.2026, 10:02:11", "06.05.2026, 10:32:11", "30 min", "lucja@wies.example", "Uczestnik"],
    ]  # fmt: skip
    return written(rows, separator), {("Łucja Gęś", "lucja@wies.example", 65), ("Ola Wróż", None, 28)}


def meet_english(separator: str) -> Written:
    rows = [
        ["First name", "Last name", "Email", "Duration", "Time joined", "Time exited"],
        ["Łucja", "Gęś", "lucja@wies.example", "1 hr 5 min", "10:00 AM", "11:20 AM"],
        ["Ola", "Wróż", "", "32 min", "9:58 AM", "10:30 AM"],
    ]
    return written(rows, separator), {("Łucja Gęś", "lucja@wies.example", 65), ("Ola Wróż", None, 32)}


def meet_polish(separator: str) -> Written:
    rows = [
        ["Imię", "Nazwisko", "Adres e-mail", "Czas trwania", "Czas dołączenia", "Czas opuszczenia"],
        ["Łucja", "Gęś", "lucja@wies.example", "1 godz. 5 min", "10:00", "11:20"],
        ["Ola", "Wróż", "", "32 min", "9:58", "10:30"],
    ]
    return written(rows, separator), {("Łucja Gęś", "lucja@wies.example", 65), ("Ola Wróż", None, 32)}


def clickmeeting_english(separator: str) -> Written:
    rows = [
        ["Nickname", "Email", "Start date", "End date", "Total time", "Country"],
        [
            "Łucja Gęś",
            "lucja@wies.example",
            "2026-05-06 10:00:00",
            "2026-05-06 10:45:00",
            "00:45:00",
            "Poland",
        ],
        [
            "Łucja Gęś",
            "lucja@wies.example",
            "2026-05-06 10:40:00",
            "2026-05-06 11:05:00",
            "00:25:00",
            "Poland",
        ],
        ["Ola Wróż", "", "2026-05-06 10:00:00", "", "01:02:31", "Poland"],
    ]
    return written(rows, separator), {("Łucja Gęś", "lucja@wies.example", 65), ("Ola Wróż", None, 63)}


def clickmeeting_polish(separator: str) -> Written:
    rows = [
        ["Lista uczestników", ""],
        ["Pseudonim", "Adres e-mail", "Data wejścia", "Data wyjścia", "Czas w pokoju"],
        ["Łucja Gęś", "lucja@wies.example", "06-05-2026 10:00", "06-05-2026 11:05", "65"],
        ["Ola Wróż", "", "", "", "27,5"],
    ]
    return written(rows, separator), {("Łucja Gęś", "lucja@wies.example", 65), ("Ola Wróż", None, 28)}


WRITERS: dict[str, Callable[[str], Written]] = {
    "zoom en": zoom_english,
    "zoom pl": zoom_polish,
    "teams en": teams_english,
    "teams pl": teams_polish,
    "meet en": meet_english,
    "meet pl": meet_polish,
    "clickmeeting en": clickmeeting_english,
    "clickmeeting pl": clickmeeting_polish,
}
