"""Why a change of municipalities is not taken, applied or undone; each in a sentence that says what to do."""

from datetime import date

from core.errors import DomainError
from core.formatting import day
from core.i18n import LazyString, _, _l


class ChangeRefused(DomainError):
    """Nothing was changed."""


class NoSuchUnit(ChangeRefused):
    def __init__(self, typed: str, field: str) -> None:
        super().__init__(
            _("No municipality is found for “%(typed)s”. Enter its code of seven digits.", typed=typed[:80])
        )
        self.field = field


class SeveralSuchUnits(ChangeRefused):
    def __init__(self, typed: str, found: list[str], field: str) -> None:
        super().__init__(
            _(
                "“%(typed)s” may be several: %(found)s. Enter the code instead of the name.",
                typed=typed[:80],
                found="; ".join(found),
            )
        )
        self.field = field


class NotANewUnit(ChangeRefused):
    """What should say code and name of a municipality that begins does not."""

    def __init__(self, typed: str, field: str) -> None:
        super().__init__(
            _(
                "“%(typed)s” is not a new municipality. Enter a code of seven digits and the name, such as: "
                "3203072 Nowa Wieś",
                typed=typed[:80],
            )
        )
        self.field = field


class TooFew(ChangeRefused):
    def __init__(self, sentence: str | LazyString, field: str) -> None:
        super().__init__(sentence)
        self.field = field


class NamedTwice(ChangeRefused):
    def __init__(self, name: str, field: str) -> None:
        super().__init__(
            _("%(name)s is named twice. Name each municipality once, and give each code once.", name=name)
        )
        self.field = field


class NothingChanges(ChangeRefused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("The municipality is called and coded so already. Enter what will be different."))
        self.field = field


class NoSuchCode(ChangeRefused):
    field = "new_code"

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "%(code)s is no code of a municipality: seven digits, the last one 1, 2 or 3.",
                code=code[:20] or "–",
            )
        )


class NoSuchCounty(ChangeRefused):
    field = "new_code"

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "No county has the code %(code)s. Take in the official file in which it begins first.",
                code=code[:4],
            )
        )


class CodeTaken(ChangeRefused):
    field = "new_code"

    def __init__(self, code: str, holder: str) -> None:
        super().__init__(
            _(
                "The code %(code)s belongs to %(holder)s. Apply the change of that municipality first.",
                code=code,
                holder=holder,
            )
        )


class IntoItself(ChangeRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "%(name)s cannot become part of itself. Name another municipality that takes its place.",
                name=name,
            )
        )


class InACircle(ChangeRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "This would go in a circle: %(name)s already becomes part of a municipality that ends here. "
                "Look at the other changes of both.",
                name=name,
            )
        )


class HasEnded(ChangeRefused):
    def __init__(self, name: str, last_day: date) -> None:
        super().__init__(
            _(
                "%(name)s ended on %(day)s: nothing can change in it or become part of it.",
                name=name,
                day=day(last_day),
            )
        )


class BeforeTheRegister(ChangeRefused):
    field = "effective_on"

    def __init__(self, first: date) -> None:
        super().__init__(
            _("Municipalities with codes exist since %(day)s. Enter a later day.", day=day(first))
        )


class EarlierThanApplied(ChangeRefused):
    """What came later rests on what was before; nothing is slipped in between."""

    field = "effective_on"

    def __init__(self, name: str, known_on: date) -> None:
        super().__init__(
            _(
                "A change of %(name)s from %(day)s is in the register already. An earlier one cannot be put before it.",
                name=name,
                day=day(known_on),
            )
        )


class NotYet(ChangeRefused):
    def __init__(self, effective_on: date) -> None:
        super().__init__(
            _("The change holds from %(day)s. It can be applied on that day or later.", day=day(effective_on))
        )


class Undecided(ChangeRefused):
    def __init__(self, questions: list[str]) -> None:
        super().__init__(_("Decide first: %(questions)s", questions="; ".join(questions)))


class NoChoice(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(_l("This cannot be chosen any more. Look at the page again and decide anew."))


class TooLateToUndo(ChangeRefused):
    def __init__(self, last_day: date) -> None:
        super().__init__(
            _(
                "The change could be undone until %(day)s. Enter a new change that turns it round.",
                day=day(last_day),
            )
        )


class NewerExists(ChangeRefused):
    """Something was built on the change since; the sentence names it."""

    def __init__(self, what: str) -> None:
        super().__init__(_("The change cannot be undone any more. %(what)s", what=what))
