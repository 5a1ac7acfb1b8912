"""The rules about people that can say no."""

from core.errors import DomainError
from core.i18n import _, _l


class NoSuchAddress(DomainError):
    field = "email"

    def __init__(self) -> None:
        super().__init__(_l("Enter an e-mail address such as name@gmina.pl"))


class NoSuchNoticeAddress(DomainError):
    field = "notification_email"

    def __init__(self) -> None:
        super().__init__(_l("Enter an e-mail address such as office@gmina.pl"))


class PasswordTooShort(DomainError):
    field = "password"

    def __init__(self, shortest: int) -> None:
        super().__init__(
            _("Use at least %(count)s characters: three or four words are easy to remember", count=shortest)
        )


class PasswordTooLong(DomainError):
    field = "password"

    def __init__(self, longest: int) -> None:
        super().__init__(_("Use at most %(count)s characters", count=longest))


class PasswordTooCommon(DomainError):
    field = "password"

    def __init__(self) -> None:
        super().__init__(_l("Many people use this password, so it is tried first: choose another"))


class PasswordTooPersonal(DomainError):
    field = "password"

    def __init__(self, shortest: int) -> None:
        super().__init__(
            _(
                "Your name, your address and the programme's name do not count: use %(count)s characters beside them",
                count=shortest,
            )
        )


class WrongPassword(DomainError):
    field = "current_password"

    def __init__(self) -> None:
        super().__init__(_l("This is not your present password"))


class SignInRefused(DomainError):
    """One answer, whatever is wrong: it must not tell whether there is such an account."""

    retry_after: int | None = None

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The e-mail address or the password is not right. After several failures wait a quarter of an hour, "
                "or set a new password."
            )
        )


class TooManyAttempts(SignInRefused):
    """Said in the same words; only whoever counts seconds learns more."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class TooManyRequests(DomainError):
    def __init__(self, retry_after: int) -> None:
        super().__init__(
            _l("That was asked for several times already. Wait a quarter of an hour, then try again.")
        )
        self.retry_after = retry_after


class LinkNoLongerWorks(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This link was used before, has expired or was replaced by a newer one."))


class AlreadyUsesTheSystem(DomainError):
    field = "email"

    def __init__(self) -> None:
        super().__init__(_l("This person has an account already and needs no invitation"))


class AccountIsInactive(DomainError):
    field = "email"

    def __init__(self) -> None:
        super().__init__(_l("This account is inactive: activate it first"))


class RoleNotGranted(DomainError):
    """Leading comes from a partnership, advising one from an assignment: there is nothing to grant."""

    field = "role"

    def __init__(self) -> None:
        super().__init__(_l("This role is not given here"))


class RoleHeldAlready(DomainError):
    field = "role"

    def __init__(self) -> None:
        super().__init__(_l("This person has the role already"))


class OnlyAnAdministrator(DomainError):
    field = "role"

    def __init__(self) -> None:
        super().__init__(_l("Only an administrator decides about administrators"))


class LastAdministrator(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("This is the only administrator: appoint another one first"))


class NotYourself(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("You cannot deactivate your own account: ask a colleague"))


class NotYoursAnyMore(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _l(
                "This is not yours to do any more. Since the mail was sent, who leads or advises here has changed, "
                "or what it was about is gone."
            )
        )
