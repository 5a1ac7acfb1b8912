"""A view of the board, a letter that is being written, and one that went to the leader of a town."""

from collections.abc import Mapping

from accounts.models import User
from core.database import db
from core.uploads import SentFile
from office.board_views.services import keep_view
from office.letters import services
from office.letters.models import Letter
from tests.guards.matrix.world import Record, World
from tests.support.documents import pdf


def a_board(world: World, people: Mapping[str, User]) -> None:
    view = keep_view(
        name="Drafts of all", question="stage=draft", is_shared=True, is_default=False, actor=people["office"]
    )
    db.session.flush()
    world.records["board view"] = [Record("shared", "z", {"view_id": view.id})]
    towns = [one for one in world.records["partnership"] if not one.state]
    draft = _letter(towns[0], people["office"])
    world.records["letter"] = [Record("draft", "z", {"letter_id": draft.id})]
    world.records["letter file"] = [Record("of the draft", "z", {"file_id": draft.files[0].id})]
    sent = _letter(towns[0], people["office"])
    services.send_letter(sent, actor=people["office"])
    values = {**towns[0].values, "file_id": sent.files[0].id}
    world.records["sent letter's file"] = [Record("sent", towns[0].family, values)]


def _letter(town: Record, writer: User) -> Letter:
    ids = [int(str(town.values["partnership_id"]))]
    return services.draft_letter(
        subject="For {{municipality}}",
        body="Good morning",
        files=[SentFile("programme.pdf", pdf())],
        partnership_ids=ids,
        actor=writer,
    )
