"""What the links in the mail about a report do: confirm it, or dispute it with a reason."""

from flask import Flask, url_for

from accounts.mail_links import DeedPage, MailDeed, register_mail_deed
from accounts.models import User
from accounts.policy import Permission
from animators.consultations import services
from animators.consultations.forms import DisputeForm
from animators.consultations.models import Consultation
from animators.consultations.notices import CONFIRM, DISPUTE
from animators.consultations.queries import consultation_by_id
from animators.consultations.services.confirming import check_open
from animators.consultations.words import facts_of, name_of
from core.formatting import moment
from core.i18n import _


def register_deeds(app: Flask) -> None:
    for name, page, act in ((CONFIRM, _confirm_page, _confirm), (DISPUTE, _dispute_page, _dispute)):
        register_mail_deed(
            app,
            MailDeed(name, consultation_by_id, Permission.CONSULTATION_CONFIRM, page, act, _place),
        )


def _place(consultation: Consultation) -> str:
    return url_for("consultations.show", consultation_id=consultation.id)


def _confirm_page(consultation: Consultation, person: User) -> DeedPage:
    check_open(consultation, person)
    return DeedPage(
        title=_("Confirm: %(what)s", what=name_of(consultation)),
        text=_("Did it take place as it is written here? Until %(moment)s you can still dispute it.", moment=moment(services.dispute_until(consultation))),
        button=_("Confirm the report"),
        facts=facts_of(consultation),
    )  # fmt: skip


def _confirm(consultation: Consultation, person: User) -> str:
    services.confirm(consultation, actor=person, side=services.side_of(consultation, person))
    return _("The report is confirmed. Thank you.")


def _dispute_page(consultation: Consultation, person: User) -> DeedPage:
    check_open(consultation, person)
    return DeedPage(
        title=_("Dispute: %(what)s", what=name_of(consultation)),
        text=_("Say what is not right. The animator reads it, and the programme office decides."),
        button=_("Dispute the report"),
        facts=facts_of(consultation),
        form=DisputeForm,
    )


def _dispute(consultation: Consultation, person: User, *, reason: str) -> str:
    services.dispute(consultation, reason, actor=person, side=services.side_of(consultation, person))
    return _("The report is disputed. The programme office decides, and you are told.")
