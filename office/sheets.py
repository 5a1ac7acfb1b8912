"""The board as a sheet, for XLSX and CSV: the same rows and columns in both."""

from core.i18n import _l
from core.sheets import Column, Sheet
from core.workbooks.kinds import Choice, Moment, Text, WholeNumber
from municipalities.models import MunicipalityKind
from office.board import BoardRow
from partnerships.workflow import PartnershipStatus
from progress.stages import Stage

BOARD = Sheet(
    BoardRow,
    {
        "code": Column(_l("Code"), Text(7)),
        "municipality": Column(_l("Municipality"), Text(120)),
        "kind": Column(_l("Type"), Choice({kind: kind.label for kind in MunicipalityKind})),
        "county": Column(_l("County"), Text(80)),
        "voivodeship": Column(_l("Voivodeship"), Text(80)),
        "partnership_status": Column(
            _l("Partnership"), Choice({one: one.label for one in PartnershipStatus})
        ),
        "leader": Column(_l("Leader"), Text(120), required=False),
        "animator": Column(_l("Animator"), Text(120), required=False),
        "stage": Column(_l("Stage of the plan"), Choice({stage: stage.label for stage in Stage})),
        "round": Column(_l("Round"), WholeNumber(0, 99)),
        "since": Column(_l("Waiting since"), Moment()),
        "waiting_days": Column(_l("Days"), WholeNumber(0, 9999)),
    },
)
