"""The real case: Ostrowice, abolished on 1 January 2019, its land divided between two neighbours."""

from pathlib import Path

from core.database import db
from municipalities.models import Municipality, MunicipalityChange
from municipalities.official_file import read_official_file
from municipalities.queries import municipality_by_code
from municipalities.services.register import apply_import, plan_import

FILES = Path(__file__).parent / "files"
BEFORE = FILES / "TERC_Urzedowy_2018-01-01_powiat_drawski.csv"
AFTER = FILES / "TERC_Urzedowy_2019-01-01_powiat_drawski.csv"

OSTROWICE, DRAWSKO, ZLOCIENIEC = "3203042", "3203023", "3203063"
LAW = "Dz.U. 2018 poz. 1527"


def take_in(file: Path) -> list[MunicipalityChange]:
    """Import it as it was published; gives what it proposes."""
    taken = apply_import(
        plan_import(read_official_file(file.read_bytes())), file_hash="0" * 64, actor=None, allow_ending=100
    )
    db.session.commit()
    return list(taken.proposed) if taken else []


def unit(code: str) -> Municipality:
    found = municipality_by_code(code)
    assert found is not None, f"no municipality {code}"
    return found
