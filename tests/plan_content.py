"""The content of small plans that pass every check, for tests that are about something else."""

from collections.abc import Mapping

from plans.definitions import PlanContent, PlanRow, Value


def row(row_uid: str, **values: Value) -> PlanRow:
    return PlanRow(row_uid, values)


def general_content(year: int, **changes: tuple[PlanRow, ...]) -> PlanContent:
    """Three years from ``year``; sheets named in ``changes`` hold those rows instead."""
    metadata = row(
        "metadata", year_from=year, year_to=year + 2, summary="Uczymy seniorów i rolników e-usług."
    )
    line: dict[str, Value] = {
        "form": "on_site", "trainings_y1": 2, "trainings_y2": 3, "trainings_y3": 3,
        "hours_y1": "16", "hours_y2": "24", "hours_y3": "24", "lead_org_code": "P1",
    }  # fmt: skip
    sheets: Mapping[str, tuple[PlanRow, ...]] = {
        "metadata": (metadata,),
        "needs": (
            row("row-n1-0001", need_code="N1", need_text="Seniorzy nie załatwiają spraw w internecie", need_area="exclusion",
                evidence="Ankieta biblioteki, 64 odpowiedzi", priority=1),
            row("row-n2-0001", need_code="N2", need_text="Rolnicy nie składają wniosków przez internet", need_area="information",
                evidence="Rozmowy w kole gospodyń", priority=2),
        ),
        "partners": (row("row-p1-0001", org_code="P1", org_name="Biblioteka Publiczna", org_type="library", partner_role="leader"),),
        "groups": (
            row("row-t1-0001", group_code="T1", group_name="Osoby 60+", group_size=120, target_level="basic",
                persons_y1=30, persons_y2=40, persons_y3=50),
        ),
        "goals": (
            row("row-c1-0001", goal_code="C1", goal_text="Seniorzy sami załatwiają sprawy w mObywatelu", need_codes=["N1", "N2"],
                indicator="osoby z profilem zaufanym", target_y3="100"),
        ),
        "lines": (row("row-k1-0001", line_code="K1", goal_code="C1", line_title="E-urząd bez kolejek", group_codes=["T1"], **line),),
        "recommendations": (
            row("row-r1-0001", rec_code="R1", rec_text="Udostępnić salę z komputerami w każdą środę", rec_addressee="mayor"),
        ),
    }  # fmt: skip
    return PlanContent({**sheets, **changes})


def annual_content(year: int, **changes: tuple[PlanRow, ...]) -> PlanContent:
    sheets: Mapping[str, tuple[PlanRow, ...]] = {
        "metadata": (row("metadata", plan_year=year),),
        "trainings": (
            row("row-s1-0001", title="Profil zaufany krok po kroku", line_code="K1", goal_code="C1", group_code="T1",
                form="on_site", participants_planned=12, hours_planned="8", quarter="q2", status="planned"),
        ),
    }  # fmt: skip
    return PlanContent({**sheets, **changes})
