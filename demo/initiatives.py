"""The initiatives of the demonstration: eighteen measures, followed up in the past months, two of them forgotten."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.queries import office_people
from core import clock
from demo.calendar import Calendar
from demo.chance import Chance
from initiatives import services
from initiatives.models import Level
from initiatives.services import Content
from initiatives.workflow import InitiativeAction

MINISTRY, ASSEMBLY, COUNCIL = "Ministerstwo Cyfryzacji", "Sejmik województwa", "Rada gminy"
DECIDED, STARTED, CARRIED_OUT, STOPPED = range(1, 5)
BEGAN = 320
"""Days ago the first one was entered."""
FORGOTTEN = 2


@dataclass(frozen=True)
class Measure:
    title: str
    purpose: str
    decision_maker: str
    actor: str
    reaches: int
    """How far it came: 0 is proposed."""


MEASURES = (
    Measure("Szybki internet w każdej świetlicy", "Świetlice i domy kultury dostają stałe łącze, z którego mieszkańcy korzystają bezpłatnie.", MINISTRY, "Gminy", STARTED),
    Measure("Sieć cyfrowych przewodników", "W każdym powiecie pracuje osoba, która uczy nauczycieli dorosłych.", MINISTRY, "Samorządy powiatów", STARTED),
    Measure("Karta dostępnego szkolenia", "Wspólna lista wymagań dostępności dla kursów finansowanych publicznie.", MINISTRY, "Instytut Prostych Technologii", CARRIED_OUT),
    Measure("Tydzień bezpiecznego hasła", "Coroczna kampania w bibliotekach i szkołach.", MINISTRY, "Biblioteki publiczne", CARRIED_OUT),
    Measure("Sprzęt z drugiej ręki", "Urzędy przekazują sprawne komputery partnerstwom zamiast je utylizować.", MINISTRY, "Urzędy centralne", DECIDED),
    Measure("Bank scenariuszy zajęć", "Otwarte scenariusze i karty ćwiczeń w jednym miejscu, na wolnej licencji.", MINISTRY, "Biuro projektu", STARTED),
    Measure("Dyżury e-usług w urzędach", "Raz w tygodniu pracownik pomaga załatwić sprawę przez internet.", COUNCIL, "Urzędy gmin", STARTED),
    Measure("Transport na zajęcia", "Dowóz osób, które nie mają jak dojechać na kurs.", COUNCIL, "Gminy", DECIDED),
    Measure("Wspólny standard zaświadczeń", "Zaświadczenie z kursu wygląda wszędzie tak samo i można je sprawdzić.", MINISTRY, "Biuro projektu", CARRIED_OUT),
    Measure("Edukacja cyfrowa w strategii województwa", "Cele partnerstw trafiają do strategii i budżetu województwa.", ASSEMBLY, "Urząd marszałkowski", DECIDED),
    Measure("Badanie umiejętności co dwa lata", "Te same pytania w całym kraju, żeby było widać zmianę.", MINISTRY, "Urząd statystyczny", STARTED),
    Measure("Mikrogranty dla kół gospodyń", "Małe kwoty na spotkania z tabletem tam, gdzie nie ma instytucji.", ASSEMBLY, "Fundacja Polna Sieć", STOPPED),
    Measure("Cyfrowy klub seniora", "Stałe zajęcia w klubach seniora, nie tylko jednorazowe kursy.", COUNCIL, "Kluby seniora", STARTED),
    Measure("Tłumaczenie materiałów na ukraiński", "Najważniejsze scenariusze po ukraińsku i w prostym języku.", MINISTRY, "Fundacja Dostępne Słowo", 0),
    Measure("Ekonomia społeczna w szkoleniach", "Gminy zlecają kursy podmiotom, które zatrudniają osoby wykluczone.", COUNCIL, "Gminy", 0),
    Measure("Jeden numer pomocy cyfrowej", "Telefon, pod którym każdy dostanie proste wskazówki.", MINISTRY, "Ministerstwo Cyfryzacji", STOPPED),
    Measure("Szkolne pracownie po lekcjach", "Pracownie komputerowe otwarte dla dorosłych dwa popołudnia w tygodniu.", COUNCIL, "Szkoły", DECIDED),
    Measure("Forum partnerstw", "Doroczne spotkanie liderów z całego kraju.", MINISTRY, "Biuro projektu", 0),
)  # fmt: skip

STEPS = (
    (InitiativeAction.DECIDE, "Decyzja zapadła. Wykonawca przygotowuje harmonogram."),
    (InitiativeAction.START, "Prace się zaczęły. Pierwsze gminy już korzystają."),
    (InitiativeAction.CARRY_OUT, "Zadanie wykonano w całości. Podsumowanie jest na stronie wykonawcy."),
)
STOP = "Wstrzymano: nie znalazły się środki w budżecie na ten rok."
NOTES = (
    "Rozmawialiśmy z wykonawcą. Termin się nie zmienia.",
    "Zebrano uwagi partnerstw; większość dotyczy terminu.",
    "Czekamy na opinię skarbnika, spodziewaną w ciągu miesiąca.",
)


def follow_initiatives(calendar: Calendar) -> None:
    chance, office = Chance("initiatives"), office_people()[0]
    for number, measure in enumerate(MEASURES, start=1):
        began = BEGAN - number * 5
        with clock.at(calendar.now - timedelta(days=began)):
            level = Level.LOCAL if measure.decision_maker == COUNCIL else Level.NATIONAL
            content = Content(
                number=number, title=measure.title, purpose=measure.purpose,
                decision_maker=measure.decision_maker, actor=measure.actor, level=level,
            )  # fmt: skip
            initiative = services.enter(content, actor=office)
        is_forgotten = len(MEASURES) - number < FORGOTTEN
        ends = began - 35 if is_forgotten else chance.whole(5, 60)
        told = _told(measure, chance)
        for place, (action, text) in enumerate(told, start=1):
            days = began - (began - ends) * place // len(told)
            with clock.at(calendar.now - timedelta(days=days)):
                services.follow_up(initiative, day=clock.today(), text=text, action=action, actor=office)


def _told(measure: Measure, chance: Chance) -> list[tuple[InitiativeAction | None, str]]:
    """What moves it on, and between that how it went."""
    steps = STEPS[: measure.reaches]
    if measure.reaches == STOPPED:
        steps = (STEPS[0], (InitiativeAction.STOP, STOP))
    return [one for step in steps for one in ((None, chance.one(NOTES)), step)] or [(None, NOTES[0])]
