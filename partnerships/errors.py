"""The rules about partnerships that can say no, each with the sentence shown to the person."""

from datetime import date

from core import clock
from core.errors import DomainError
from core.formatting import day
from core.i18n import _, _l


class PartnershipExists(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This municipality already has a partnership. Close that one first."))


class MunicipalityGone(DomainError):
    def __init__(self, valid_to: date) -> None:
        super().__init__(
            _("This municipality ended on %(day)s: it can have no partnership.", day=day(valid_to))
        )


class FoundedInFuture(DomainError):
    field = "founded_on"

    def __init__(self) -> None:
        super().__init__(_l("The founding lies in the future. Leave the day empty until it has happened."))


class PartnershipClosed(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This partnership is closed: nothing in it changes any more."))


class ClosedTooEarly(DomainError):
    field = "closed_on"

    def __init__(self, founded_on: date) -> None:
        super().__init__(
            _("The partnership was founded on %(day)s: it cannot close before.", day=day(founded_on))
        )


class ClosedInFuture(DomainError):
    field = "closed_on"

    def __init__(self) -> None:
        super().__init__(_l("A partnership is closed on the day it ends, not ahead of it."))


class SecondLeader(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The partnership has a leader for these days already. End that term first."))


class LeaderToCome(DomainError):
    """A change of municipalities names a leader, and somebody else is appointed from a later day on."""

    def __init__(self, partnership: str) -> None:
        super().__init__(
            _(
                "The partnership %(name)s has a leader whose term is still to begin. End that term first.",
                name=partnership,
            )
        )


class AlreadyInOffice(DomainError):
    field = "email"

    def __init__(self, name: str, starts_on: date) -> None:
        sentence = (
            _("%(name)s is to lead this partnership, or to help, from %(day)s. Take that term back first.")
            if starts_on > clock.today()
            else _("%(name)s has led this partnership, or helped to, since %(day)s. End that term first.")
        )
        super().__init__(sentence % {"name": name, "day": day(starts_on)})


class PersonSuspended(DomainError):
    """Without the name of somebody who was only looked up by an address: whoever typed that learns no name by it."""

    field = "email"

    def __init__(self, name: str | None = None) -> None:
        super().__init__(
            _("The account of %(name)s is suspended. The programme office can open it.", name=name)
            if name
            else _("The account of this person is suspended. The programme office can open it.")
        )


class BeforeFounding(DomainError):
    field = "starts_on"

    def __init__(self, founded_on: date) -> None:
        super().__init__(
            _("The partnership was founded on %(day)s: no term begins before.", day=day(founded_on))
        )


class BeginsInPast(DomainError):
    field = "starts_on"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This day is over. Choose today or a later day; the programme office can enter an earlier one."
            )
        )


class EndsInPast(DomainError):
    field = "ends_on"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Choose yesterday or a later day: with yesterday the rights end at once. The programme office can enter an earlier day."
            )
        )


class TermOver(DomainError):
    def __init__(self, ends_on: date) -> None:
        super().__init__(_("This term ended on %(day)s already.", day=day(ends_on)))


class TermTakenBack(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This term was taken back meanwhile."))


class EndBeforeStart(DomainError):
    field = "ends_on"

    def __init__(self, starts_on: date) -> None:
        super().__init__(_("The last day lies before the first one, %(day)s.", day=day(starts_on)))


class NotAnAnimator(DomainError):
    field = "animator_id"

    def __init__(self, name: str, starts_on: date) -> None:
        super().__init__(
            _("%(name)s does not have the animator's role on %(day)s.", name=name, day=day(starts_on))
        )


class AlreadyCovered(DomainError):
    field = "starts_on"

    def __init__(self) -> None:
        super().__init__(
            _l("Somebody is assigned for some of these days already. Choose days that do not overlap.")
        )


class AlreadyAdvises(DomainError):
    field = "animator_id"

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s advises this municipality on these days already.", name=name))


class AdvisesOwn(DomainError):
    field = "animator_id"

    def __init__(self, name: str, place: str) -> None:
        super().__init__(
            _(
                "%(name)s leads the partnership in %(place)s or helps to, and nobody reviews their own plan. Choose somebody else.",
                name=name,
                place=place,
            )
        )


class WouldReviewOwn(DomainError):
    """A change of municipalities would bring a partnership to an animator who leads it or helps to."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(
            _(
                "%(name)s advises %(place)s and would lead the partnership there, or help to: nobody reviews their own plan. Decide on another leader, or end the term or the assignment first.",
                name=name,
                place=place,
            )
        )


class NothingToCover(DomainError):
    field = "starts_on"

    def __init__(self) -> None:
        super().__init__(
            _l("There is no animator to cover for on that day. Assign one as the animator instead.")
        )


class AlreadyMember(DomainError):
    field = "name"

    def __init__(self) -> None:
        super().__init__(_l("This organisation is a member already."))


class BelongedThen(DomainError):
    """Two memberships of one organisation share no day."""

    def __init__(self, joined_on: date, left_on: date | None) -> None:
        super().__init__(
            _(
                "It belonged to the partnership from %(first)s to %(last)s already. Choose other days.",
                first=day(joined_on),
                last=day(left_on),
            )
            if left_on
            else _(
                "It has belonged to the partnership since %(first)s. Choose earlier days.",
                first=day(joined_on),
            )
        )


class JoinedInFuture(DomainError):
    field = "joined_on"

    def __init__(self) -> None:
        super().__init__(_l("The day lies in the future. Add the organisation once it has joined."))


class LeftBeforeJoining(DomainError):
    field = "left_on"

    def __init__(self, joined_on: date) -> None:
        super().__init__(
            _("The organisation joined on %(day)s: it cannot have left before.", day=day(joined_on))
        )


class LeftInFuture(DomainError):
    field = "left_on"

    def __init__(self) -> None:
        super().__init__(_l("The day lies in the future. Record it once the organisation has left."))


class AlreadyLeft(DomainError):
    def __init__(self, left_on: date) -> None:
        super().__init__(_("This organisation left on %(day)s already.", day=day(left_on)))


class NotLeftYet(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This organisation has not left."))


class NoSuchMunicipality(DomainError):
    field = "q"

    def __init__(self) -> None:
        super().__init__(_l("No municipality is called that."))


class HandoverUnderWay(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("A hand-over to %(name)s is under way. Finish it or call it off first.", name=name)
        )


class HandoverToOneself(DomainError):
    field = "email"

    def __init__(self) -> None:
        super().__init__(_l("This person leads the partnership already. Name somebody else."))


class HandoverInPast(DomainError):
    field = "effective_on"

    def __init__(self) -> None:
        super().__init__(_l("This day is over. A hand-over begins today or later."))


class HandoverTooEarly(DomainError):
    field = "effective_on"

    def __init__(self, starts_on: date) -> None:
        super().__init__(
            _(
                "The present leader began on %(day)s: the next one can begin the day after.",
                day=day(starts_on),
            )
        )


class LeadsElsewhere(DomainError):
    """Without the name, like ``PersonSuspended``."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This person leads another partnership on these days. Nobody leads two: name somebody else, or end that term first."
            )
        )


class AdvisesHere(DomainError):
    field = "email"

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "%(name)s advises this municipality as its animator and would review their own plan. Name somebody else.",
                name=name,
            )
        )


class HandoverOverdue(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The time for this hand-over is over. Ask for a new one with a later day."))


class HandoverInForce(DomainError):
    def __init__(self, effective_on: date) -> None:
        super().__init__(
            _(
                "The hand-over took effect on %(day)s and can no longer be called off. A new one leads back.",
                day=day(effective_on),
            )
        )


class DecidesOwnHandover(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Nobody decides on a hand-over in which they take part. Somebody else has to."))


class ConfirmedForAnimator(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("You confirm in place of the animator: say why"))


class ReasonMissing(DomainError):
    field = "reason"

    def __init__(self) -> None:
        super().__init__(_l("Say why: the others read it in their mail"))


class OnlyDeputies(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Only a deputy's rights and days change here. A leader hands over instead."))


class AssignedFrom(AlreadyCovered):
    """Like the one it stands for, with who it is and what to do about it."""

    def __init__(self, name: str, starts_on: date, *, has_begun: bool) -> None:
        sentence = (
            _(
                "%(name)s is assigned from %(day)s. End that assignment first, or choose days that do not overlap."
            )
            if has_begun
            else _(
                "%(name)s is assigned from %(day)s. Take that assignment back below, or choose days that do not overlap."
            )
        )
        DomainError.__init__(self, sentence % {"name": name, "day": day(starts_on)})


class AssignmentOver(DomainError):
    def __init__(self, ends_on: date) -> None:
        super().__init__(_("This assignment ends on %(day)s already.", day=day(ends_on)))


class AssignmentTakenBack(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("Somebody has taken this assignment back already."))


class DayOver(DomainError):
    field = "ends_on"

    def __init__(self) -> None:
        super().__init__(_l("That day is over. Choose today or a later day."))
