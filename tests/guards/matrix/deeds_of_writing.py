"""What works on the pages where a plan is written. The one sheet that every plan has holds one record."""

from tests.guards.matrix.deed import Deed

DEEDS_OF_WRITING = {
    "plans.edit_sheet": Deed(
        "leader", "version", "adraft draft", {"do": "up:metadata"}, names={"sheet_key": "metadata"}
    ),
    "plans.paste_rows": Deed(
        "leader",
        "version",
        "adraft draft",
        {"cells": "Nowa potrzeba", "add": "1"},
        names={"sheet_key": "metadata"},
    ),
    "plans.offered_rows": Deed(
        "leader", "version", "adraft draft", {"take": "line.1"}, names={"sheet_key": "metadata"}
    ),
    "plans.edit_row": Deed(
        "leader",
        "version",
        "adraft draft",
        {"metadata.metadata.linked_documents": "Strategia rozwoju gminy"},
        names={"sheet_key": "metadata", "row_uid": "metadata"},
    ),
}
