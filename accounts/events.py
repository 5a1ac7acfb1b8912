"""What the history remembers about people."""

from core.audit import EventKind
from core.i18n import _l


class AccountEvent(EventKind):
    INVITED = "account.invited", _l("Invited")
    INVITATION_ACCEPTED = "account.invitation_accepted", _l("Accepted the invitation")
    SIGNED_IN = "account.signed_in", _l("Signed in")
    SIGN_IN_LINK_SENT = "account.sign_in_link_sent", _l("Asked for a sign-in link")
    SIGNED_IN_BY_LINK = "account.signed_in_by_link", _l("Signed in with a link from a mail")
    DID_BY_LINK = "account.did_by_link", _l("Used a link from a mail, without signing in")
    SIGNED_OUT_EVERYWHERE = "account.signed_out_everywhere", _l("Signed out everywhere")
    PASSWORD_LINK_SENT = "account.password_link_sent", _l("Asked for a new password")  # an event
    PASSWORD_CHANGED = "account.password_changed", _l("Chose a new password")  # an event
    PROFILE_CHANGED = "account.profile_changed", _l("Changed the profile")
    MAIL_CHOICES_CHANGED = "account.mail_choices_changed", _l("Changed how often mails come")
    MAILS_STOPPED = "account.mails_stopped", _l("Stopped mails of one kind by the link in one of them")
    NOTICE_ADDRESS_CORRECTED = "account.notice_address_corrected", _l("Corrected the address for notices")
    ROLE_GRANTED = "account.role_granted", _l("Received a role")
    ROLE_ENDED = "account.role_ended", _l("A role ended")
    DEACTIVATED = "account.deactivated", _l("Account deactivated")
    ACTIVATED = "account.activated", _l("Account activated again")
    SECOND_STEP_ON = "account.second_step_on", _l("Switched the second step of signing in on")
    SECOND_STEP_OFF = "account.second_step_off", _l("Switched the second step of signing in off")
    RECOVERY_CODES_RENEWED = "account.recovery_codes_renewed", _l("Made new recovery codes")
    RECOVERY_CODE_USED = "account.recovery_code_used", _l("Signed in with a recovery code")
