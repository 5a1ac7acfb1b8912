"""What narrows the calendar of the programme."""

from collections.abc import Sequence

from accounts.forms import choices_of
from core.agenda import Group
from core.forms import BaseForm, Choice, Hidden, SelectChoice
from core.i18n import _, _l
from partnerships.forms import nothing


class ProgrammeFilter(BaseForm):
    """Read from the address, so it needs no token."""

    class Meta(BaseForm.Meta):
        csrf = False

    kind = Choice(_l("What"), validate_choice=False)
    region = Choice(_l("Voivodeship"), validate_choice=False)
    animator = Choice(_l("Animator"), validate_choice=False)
    view = Hidden()
    day = Hidden()

    def offer(self, regions: Sequence[str], animators: Sequence[tuple[int, str]]) -> None:
        everything = nothing(_("All"))
        self.kind.choices = [everything, *choices_of(Group)]
        self.region.choices = [everything, *(SelectChoice(one, one) for one in regions)]
        self.animator.choices = [everything, *(SelectChoice(str(who), name) for who, name in animators)]
