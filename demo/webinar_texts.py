"""What the webinars of the demonstration are called and about. The people are invented."""

from dataclasses import dataclass

SERIES = (
    "Mocni w partnerstwie",
    "Spotkania dla osób, które prowadzą partnerstwa w gminach: jak poznać potrzeby mieszkańców, napisać plan i uczyć tak, żeby ludzie chcieli wracać. Każde trwa półtorej godziny i kończy się pytaniami.",
)


@dataclass(frozen=True)
class Script:
    title: str
    abstract: str
    presenters: str
    explains: tuple[str, ...] = ()
    material: str = ""


PAST = (
    Script(
        "Od czego zacząć: partnerstwo krok po kroku",
        "Co robi partnerstwo, kto może do niego wejść i co jest do zrobienia w pierwszych tygodniach. Dobre na początek, "
        "także dla osób, które przejmują partnerstwo po kimś innym.",
        "Alicja Borowska, Marek Sitarz", ("plan.metadata", "plan.partners"), "Pierwsze tygodnie na jednej stronie",
    ),
    Script(
        "Jak zaprosić organizacje do partnerstwa",
        "Biblioteka, szkoła, straż pożarna, koło gospodyń: co każda z nich może wnieść i jak o to poprosić.",
        "Marek Sitarz", ("plan.partners",), "Wzór zaproszenia",
    ),
    Script(
        "Rozmowy z mieszkańcami: jak poznać potrzeby",
        "Krótkie ankiety, rozmowy przy okazji, dane, które gmina już ma. Jak z nich zrobić opis potrzeb z oceną pilności.",
        "Hanna Wielgosz", ("plan.needs",), "Ankieta w dwóch wersjach",
    ),
    Script(
        "Grupy, do których trudno dotrzeć",
        "Osoby starsze, osoby z niepełnosprawnościami, rodzice małych dzieci: gdzie są, co im przeszkadza, co pomaga.",
        "Hanna Wielgosz, Igor Pająk", ("plan.groups",), "Lista pytań o dostępność",
    ),
    Script(
        "Cele, które da się sprawdzić",
        "Od potrzeby do celu i wskaźnika: ile osób, z jakiego poziomu na jaki i skąd będziemy to wiedzieć.",
        "Alicja Borowska", ("plan.goals", "plan.monitoring"),
    ),
    Script(
        "Kierunki szkoleń: ile, dla kogo, kiedy",
        "Jak rozłożyć szkolenia na trzy lata, żeby starczyło sił, sal i sprzętu.",
        "Igor Pająk", ("plan.lines", "plan.resources"),
    ),
    Script(
        "Rekomendacje, które ktoś wykona",
        "Do kogo je kierować, jak krótko uzasadnić i co zrobić, żeby nie zostały na papierze.",
        "Alicja Borowska", ("plan.recommendations",),
    ),
    Script(
        "Bezpieczne hasła i logowanie bez stresu",
        "Czego uczyć na pierwszych zajęciach o bezpieczeństwie: hasła, kody, sprawdzanie nadawcy.",
        "Oskar Niemczyk", (), "Scenariusz zajęć",
    ),
    Script(
        "Skąd wziąć pieniądze na sprzęt i salę",
        "Źródła, po które może sięgnąć mała gmina, i wkład, który nie jest gotówką.",
        "Rozalia Cempa", ("plan.funding", "plan.resources"), "Przegląd źródeł",
    ),
    Script(
        "Profil zaufany i sprawy urzędowe przez internet",
        "Jak pokazać uczestnikom, że wniosek można złożyć z domu, i co zrobić, gdy się nie uda.",
        "Oskar Niemczyk, Hanna Wielgosz",
    ),
    Script(
        "Zdrowie w sieci: recepty, wizyty, wiarygodne informacje",
        "Ćwiczenia na Internetowym Koncie Pacjenta i rozmowa o tym, komu wierzyć.",
        "Igor Pająk",
    ),
    Script(
        "Ryzyka i co z nimi zrobić zawczasu",
        "Brak trenera, pusta sala, stary sprzęt: trzy najczęstsze kłopoty i sprawdzone odpowiedzi.",
        "Marek Sitarz", ("plan.risks",),
    ),
)  # fmt: skip

SHORT = Script(
    "Nowe przepisy o podpisie elektronicznym: co zmieniają",
    "Pół godziny o zmianie, która wchodzi w życie za kilka dni, i o tym, co powiedzieć uczestnikom szkoleń.",
    "Rozalia Cempa",
)
SHORT_REASON = "Przepisy ogłoszono na tydzień przed wejściem w życie, a gminy o nie pytają."

CANCELLED = Script(
    "Sztuczna inteligencja na zajęciach dla początkujących",
    "Co warto pokazać, czego nie obiecywać i jak rozmawiać o obawach.",
    "Oskar Niemczyk",
)
CANCEL_REASON = "Prowadzący zachorował. Nowy termin ogłosimy w tym cyklu."

TO_COME = (
    Script(
        "Pytania do planu: dyżur na żywo",
        "Przynieście swój plan i pytania. Odpowiadamy po kolei, zaczynając od opisu potrzeb i grup.",
        "Alicja Borowska, Hanna Wielgosz", ("plan.needs", "plan.groups"),
    ),
    Script(
        "Jak utrzymać uczestników do ostatnich zajęć",
        "Co sprawia, że ludzie wracają: tempo, powtórki, pomoc sąsiedzka i mały sukces na każdych zajęciach.",
        "Igor Pająk", ("plan.lines",),
    ),
    Script(
        "Sprawozdanie z roku bez nerwów",
        "Które liczby zbierać przez cały rok, żeby na koniec nie szukać list obecności.",
        "Rozalia Cempa", ("plan.monitoring", "plan.summary"),
    ),
    Script(
        "Spotkanie partnerstw: wymiana doświadczeń",
        "Dzień przy wspólnym stole: trzy gminy opowiadają, co się udało i co zrobiłyby inaczej. Miejsc jest tyle, ile krzeseł.",
        "Marek Sitarz",
    ),
)  # fmt: skip

OUTSIDE = Script(
    "Kongres bibliotek: czytanie i cyfrowe kompetencje",
    "Wydarzenie innych organizatorów, które może się przydać. Zapisy prowadzi organizator.",
    "",
)
