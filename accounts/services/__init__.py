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
from accounts.services.profile import speak, update_profile

__all__ = [
    "accept_invitation",
    "activate",
    "change_password",
    "deactivate",
    "end_grant",
    "grant_role",
    "invite",
    "link_for_administrator",
    "request_password_reset",
    "resend_invitation",
    "set_new_password",
    "sign_out_everywhere",
    "speak",
    "update_profile",
]
