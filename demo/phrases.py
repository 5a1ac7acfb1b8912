"""Ready phrases beside those of the programme: some that the office shares, some of ``animator@`` alone."""

from collections.abc import Sequence
from datetime import timedelta

from accounts.models import User
from core import clock
from demo.calendar import Calendar
from demo.cast import HOME
from demo.seats import Seat
from phrases.models import PhraseKind
from phrases.services import Wording, add_phrase, count_uses

SHARED = (
    Wording(
        PhraseKind.REMARK,
        "Spójność z rekomendacjami",
        "Warto sprawdzić, czy ta potrzeba ma odpowiedź w rekomendacjach. Jeżeli nie, proszę ją tam dopisać.",
        "needs",
    ),
    Wording(
        PhraseKind.REMARK,
        "Dostępność zajęć",
        "Proszę dopisać, czy sala jest dostępna dla osób poruszających się na wózku i czy można dojechać autobusem.",
    ),
    Wording(
        PhraseKind.DECISION,
        "Co dalej po akceptacji",
        "Po publikacji proszę przekazać plan radzie gminy i partnerom. Plan na najbliższy rok można zacząć od razu.",
    ),
    Wording(
        PhraseKind.REPORT,
        "Dane osobowe",
        "Przypomniano, że w planie i w sprawozdaniach podaje się liczby, bez nazwisk i numerów telefonów.",
    ),
    Wording(
        PhraseKind.ADVICE,
        "Gdzie szukać danych",
        "Liczbę mieszkańców według wieku podaje Bank Danych Lokalnych. Resztę zna zwykle ośrodek pomocy albo szkoła.",
    ),
)
OWN = (
    Wording(PhraseKind.REMARK, "Rok badania", "Proszę dopisać rok badania i liczbę pytanych osób.", "needs"),
    Wording(
        PhraseKind.REPORT,
        "Obejrzano sale",
        "Obejrzano sale i sprzęt. Zasięg i gniazda wystarczą na grupę dziesięciu osób.",
    ),
)
LONG_AGO = timedelta(days=60)


def keep_phrases(seats: Sequence[Seat], calendar: Calendar) -> None:
    home = next(seat for seat in seats if seat.code == HOME)
    with clock.at(calendar.now - LONG_AGO):
        for wording in SHARED:
            add_phrase(wording, owner=None, actor=home.office)
        mine = [add_phrase(wording, owner=home.animator, actor=home.animator) for wording in OWN]
    _use(home.animator, {mine[0].key: 4, "goal_measurable": 3, "need_source": 2, mine[1].key: 1})


def _use(person: User, times: dict[str, int]) -> None:
    for key, count in times.items():
        for _time in range(count):
            count_uses(person, [key])
