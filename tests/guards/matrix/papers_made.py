"""Papers to sign of the towns: about a member, about a meeting, and the animator's own, none signed yet."""

from accounts.models import User
from papers.kinds import PaperKind
from papers.services import change_text, keep_waiting, make_paper
from papers.subjects import choices_for
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile, marked
from tests.guards.matrix.world import Record, World
from tests.support.documents import pdf


def an_own_text(*, actor: User) -> None:
    """What the office wrote in place of the programme's words."""
    change_text(PaperKind.CONSULTATION, "pl", "# Karta konsultacji\n\nGmina {municipality}", actor=actor)


def some_papers(world: World, name: str, partnership: Partnership, *, actor: User) -> None:
    for kind in (PaperKind.DECLARATION, PaperKind.ATTENDANCE, PaperKind.CONSULTATION):
        choices = choices_for(kind, partnership)
        paper = make_paper(kind, partnership, choices[0].about if choices else None, actor=actor)
        state = "animator's" if kind is PaperKind.CONSULTATION else ""
        named, address = f"{name} {kind}", {"partnership_id": partnership.id, "kind": str(kind)}
        by_id = Record(named, name[0], {"paper_id": paper.id}, state)
        by_code = Record(named, name[0], {"token": paper.token}, state)
        world.records.setdefault("new paper", []).append(Record(named, name[0], address, state))
        world.records.setdefault("paper", []).append(by_id)
        world.records.setdefault("code", []).append(by_code)
    scan = keep_waiting(
        partnership,
        name=f"{hostile(f'{name}paper')}.pdf",
        data=pdf(words=marked(f"{name}list")),
        actor=actor,
    )
    waits = Record(name, name[0], {"attachment_id": scan.id})
    world.records.setdefault("waiting scan", []).append(waits)
