"""Papers to sign of the towns: one about a member, one about a meeting, none signed yet."""

from accounts.models import User
from papers.kinds import PaperKind
from papers.services import change_text, make_paper
from papers.subjects import choices_for
from partnerships.models import Partnership
from tests.guards.matrix.world import Record, World


def an_own_text(*, actor: User) -> None:
    """What the office wrote in place of the programme's words."""
    change_text(PaperKind.CONSULTATION, "pl", "# Karta konsultacji\n\nGmina {municipality}", actor=actor)


def some_papers(world: World, name: str, partnership: Partnership, *, actor: User) -> None:
    for kind in (PaperKind.DECLARATION, PaperKind.ATTENDANCE):
        about = choices_for(kind, partnership)[0].about
        paper = make_paper(kind, partnership, about, actor=actor)
        by_id = Record(f"{name} {kind}", name[0], {"paper_id": paper.id})
        by_code = Record(f"{name} {kind}", name[0], {"token": paper.token})
        world.records.setdefault("paper", []).append(by_id)
        world.records.setdefault("code", []).append(by_code)
