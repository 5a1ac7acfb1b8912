"""What can be done about people: how they get in, what they may do, and their own data."""

from accounts.services.access import (
    activate,
    deactivate,
    end_grant,
    grant_role,
    sign_out_everywhere,
)
from accounts.services.entrance import (
    accept_invitation,
    change_password,
    invite,
    link_for_administrator,
    request_password_reset,
    resend_invitation,
    set_new_password,
)
from accounts.services.hints import dismiss_hint, show_hints_again
from accounts.services.profile import (
    choose_mails,
    correct_notice_address,
    speak,
    stop_mails,
    update_profile,
)
from accounts.services.sign_in_links import request_sign_in_link, use_sign_in_link

__all__ = [
    "accept_invitation",
    "activate",
    "change_password",
    "choose_mails",
    "correct_notice_address",
    "deactivate",
    "dismiss_hint",
    "end_grant",
    "grant_role",
    "invite",
    "link_for_administrator",
    "request_password_reset",
    "request_sign_in_link",
    "resend_invitation",
    "set_new_password",
    "show_hints_again",
    "sign_out_everywhere",
    "speak",
    "stop_mails",
    "update_profile",
    "use_sign_in_link",
]
