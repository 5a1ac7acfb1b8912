"""Two people who save at the very same moment: whoever comes second sees what the first one wrote."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from accounts.models import User
from core import clock
from core.database import db
from core.i18n import in_language
from plans.corrections import Cell
from plans.models import PlanVersion
from plans.services.editing import RowEdit, write_row
from tests.plans.editing.test_writing_rows import N1, needs
from tests.plans.test_flow import leader_of

ROUNDS = 3


def save_at_once(app, version, texts):
    """Each text by a person of their own, who all opened the row as it is now; whether it was written."""
    barrier, now = Barrier(len(texts)), clock.now()
    version_id, actor_id = version.id, leader_of(version).id
    base = version.rows.rows("needs")[0]

    def run(item):
        column, text = item
        with app.app_context(), clock.at(now), in_language("en"):
            barrier.wait()
            here = db.session.get_one(PlanVersion, version_id)
            edit = RowEdit("needs", N1, {Cell("needs", N1, column): text}, base)
            outcome = write_row(here, edit, actor=db.session.get_one(User, actor_id), language="en")
            db.session.commit()
            db.session.remove()
            return outcome.is_written

    db.session.commit()
    with ThreadPoolExecutor(len(texts)) as pool:
        return sorted(pool.map(run, texts))


def test_different_cells_of_one_row_are_both_there(app, make):
    for _ in range(ROUNDS):
        version = make.general_plan()

        written = save_at_once(app, version, [("evidence", "Ankieta w szkole"), ("priority", "4")])

        found = needs(version)[N1]
        assert written == [True, True]
        assert (found["evidence"], found["priority"]) == ("Ankieta w szkole", 4)


def test_of_the_same_cell_one_is_written_and_the_other_one_chooses(app, make):
    for _ in range(ROUNDS):
        version = make.general_plan()

        written = save_at_once(app, version, [("evidence", "Ankieta w szkole"), ("evidence", "Rozmowy")])

        assert written == [False, True]
        assert needs(version)[N1]["evidence"] in {"Ankieta w szkole", "Rozmowy"}
