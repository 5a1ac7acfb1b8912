"""The link in the mails about an approval that publishes the plan."""

from collections.abc import Iterator

from flask import url_for

from accounts.mail_links import DeedPage, MailDeed
from accounts.models import User
from accounts.policy import Permission
from core import clock
from core.formatting import day, number
from core.i18n import _
from plans.models import PlanVersion
from plans.notices import PUBLISH
from plans.publish_page import PublishPage
from plans.queries import version_by_id
from plans.services import flow


def _page(version: PlanVersion, person: User) -> DeedPage:
    flow.check_publishable(version)
    return DeedPage(
        title=_("Publish the plan of %(name)s", name=version.partnership.municipality.name),
        text=_(
            "Then anybody can read it, exactly as it was approved. Names and e-mail addresses of people are left out."
        ),
        button=_("Publish the plan"),
        facts=list(_facts(version)),
    )


def _facts(version: PlanVersion) -> Iterator[tuple[str, str]]:
    """What was approved, when and by whom, what it comes to, and how to tell that it is this very content."""
    plan = _("%(plan)s, version %(number)s", plan=version.plan.title, number=version.number)
    yield _("Plan"), plan
    yield _("Approved"), f"{day(version.decided_at)}, {_who_approved(version)}"
    for total in PublishPage(version).figures:
        yield total.label, f"{number(total.value)}\n{total.note}".strip()
    yield _("Fingerprint of what was approved"), version.content_hash or ""


def _who_approved(version: PlanVersion) -> str:
    """The role, as the office may decide in place of the animator."""
    on = clock.local(version.decided_at or version.status_since).date()
    animators = version.partnership.animator_ids(on) | {version.kept_with_id}
    return _("the animator") if version.decided_by_id in animators else _("the programme office")


def _publish(version: PlanVersion, person: User) -> str:
    flow.publish_plan(version, actor=person)
    return _("The plan is published. Anybody can read it now.")


PUBLISH_THE_PLAN = MailDeed(
    name=PUBLISH,
    load=version_by_id,
    permission=Permission.PLAN_PUBLISH,
    page=_page,
    act=_publish,
    place=lambda version: url_for("plans.publish", version_id=version.id),
)
