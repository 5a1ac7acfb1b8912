"""The one next step on a plan's page, in words, for whoever looks at it."""

from dataclasses import dataclass, replace

from flask import url_for

from accounts.policy import Permission
from core import clock, formatting
from core.i18n import _, _l, ngettext
from plans.actions import Button, Desk
from plans.deadlines import publish_by, review_due_on
from plans.forms.publishing import SubmitForm
from plans.models import PlanVersion
from plans.page import PlanPage
from plans.services.consent import consenting_person, may_consent
from plans.workflow import PlanAction, PlanStatus


@dataclass(frozen=True)
class NextStep:
    title: str
    text: str
    button: Button | None = None
    url: str | None = None
    label: str | None = None
    eyebrow: str | None = None
    """Instead of "Next step", where nothing is to be done."""
    second: Button | None = None
    """Beside it, what else can be decided right now."""
    consent: SubmitForm | None = None
    """The tick inside the button's form (``templates/plans/_consent.html``)."""
    takes_workbook: bool = False
    """The workbook on the same page is the step: its download is the page's primary button."""


def next_step(desk: Desk, page: PlanPage, *, errors: int, waiting_upload_id: int | None) -> NextStep | None:
    """None where nothing waits for this person and nothing is worth saying."""
    version = desk.version
    if not version.is_current:
        return None
    if version.is_editable:
        return (
            _for_authors(desk, page, errors, waiting_upload_id)
            if desk.may_edit
            else _draft_elsewhere(version)
        )
    handed_over = {
        PlanStatus.SUBMITTED: _submitted,
        PlanStatus.IN_REVIEW: _in_review,
        PlanStatus.RETURNED: _returned,
        PlanStatus.APPROVED: _approved,
        PlanStatus.PUBLISHED: _published,
        PlanStatus.CLOSED: _closed,
    }
    tell = handed_over.get(version.status)
    return tell(desk, page) if tell else None


def _for_authors(desk: Desk, page: PlanPage, errors: int, upload_id: int | None) -> NextStep:
    version = desk.version
    if upload_id is not None:
        return NextStep(
            _("An uploaded workbook is waiting"),
            _("It has been checked. See what it would change, then apply it or put it aside."),
            url=url_for("plans.upload_outcome", upload_id=upload_id),
            label=_("See what it would change"),
        )
    if page.open_remarks and version.number > 1:
        count = len(page.open_remarks)
        title = ngettext("Answer one remark", "Answer %(num)d remarks", count)
        text = _(
            "Change the plan where needed and say beside each remark what you did: here, or in the workbook, which has the remarks in it. Then submit it again."
        )
        return NextStep(title, text, url="#remarks", label=_("Go to the remarks"))
    if version.status is PlanStatus.IN_USE:
        return _in_use(version)
    if errors:
        return _incomplete(version, page, errors)
    button = desk.button(PlanAction.SUBMIT) or desk.button(PlanAction.PUT_IN_USE)
    if button is None:
        return _standing(_("The plan is complete"), _("The leader can submit it now."))
    text = _("All checks are passed. After this step the content no longer changes until somebody decides.")
    if button.action is PlanAction.PUT_IN_USE:
        text = _("All checks are passed. Nobody has to approve it: it is your own plan for the year.")
        return NextStep(_("The plan is complete"), text, button=button)
    consent = SubmitForm(formdata=None) if may_consent(version, desk.person) else None
    return NextStep(_("The plan is complete"), text, button=button, consent=consent)


def _in_use(version: PlanVersion) -> NextStep:
    text = _("Record after each training what became of it: here, or in the workbook that you upload again.")
    url = url_for("plans.year", version_id=version.id)
    return NextStep(_("The plan is in use"), text, url=url, label=_("Trainings of the year"))


def _closed(desk: Desk, page: PlanPage) -> NextStep:
    text = _("It no longer changes. What was not held can go on into the plan of the next year.")
    url = url_for("plans.year", version_id=desk.version.id)
    label, eyebrow = _("Trainings of the year"), _("Where it stands")
    return NextStep(_("The year is closed"), text, url=url, label=label, eyebrow=eyebrow)


def _incomplete(version: PlanVersion, page: PlanPage, errors: int) -> NextStep:
    if page.is_fresh and version.plan.is_general:
        text = _(
            "Tick ready texts, type a few figures, and the draft is complete. Or write it yourself: here on the page, or in the workbook below."
        )
        url = url_for("plans.fill_options", version_id=version.id)
        return NextStep(_("Start from an example"), text, url=url, label=_("Choose an example"))
    if page.is_fresh:
        text = _(
            "What the system knew is filled in. Write the rest here, sheet by sheet, or take the short workbook: both are one plan."
        )
        return NextStep(_("Write the plan online or in the workbook"), text, takes_workbook=True)
    title = ngettext("One thing is still missing", "%(num)d things are still missing", errors)
    text = _("The list below says what is missing. Write it there, or in the workbook.")
    return NextStep(title, text, takes_workbook=True)


def _draft_elsewhere(version: PlanVersion) -> NextStep:
    text = _("You see the plan as it stands now; it may still change.")
    return _standing(_("The leader is working on it"), text)


def _standing(title: str, text: str) -> NextStep:
    """Nothing for this person to do: where the plan stands."""
    return NextStep(title, text, eyebrow=_("Where it stands"))


def _submitted(desk: Desk, page: PlanPage) -> NextStep:
    start = desk.button(PlanAction.START_REVIEW)
    due_on = formatting.day(review_due_on(desk.version))
    if start and not desk.is_override:
        text = _(
            "Reading changes nothing. From the moment you start, the leader can no longer withdraw it. Answer by %(day)s.",
            day=due_on,
        )
        return _with_consent(desk, NextStep(_("Read the plan and start the review"), text, button=start))
    return _with_consent(desk, _awaiting(desk, _("Waiting for the animator"), due_on))


def _in_review(desk: Desk, page: PlanPage) -> NextStep:
    due_on = formatting.day(review_due_on(desk.version))
    if desk.may_remark and page.waiting_remarks:
        count = len(page.waiting_remarks)
        title = ngettext("Begin with one remark from before", "Begin with %(num)d remarks from before", count)
        text = _(
            "They stand first, with the leader's answers: settle what is done. Then read what changed. Answer by %(day)s.",
            day=due_on,
        )
        return NextStep(title, text)
    if desk.may_remark:
        text = _(
            "Leave remarks beside the rows: they go out together when you return the plan. Answer by %(day)s.",
            day=due_on,
        )
        return _with_consent(desk, NextStep(_("Read the plan, then return or approve it"), text))
    return _with_consent(desk, _awaiting(desk, _("The animator is reading it"), due_on))


def _awaiting(desk: Desk, title: str, due_on: str) -> NextStep:
    """Somebody else decides; where that is a former animator, whoever looks at it is told so."""
    text = _("The answer usually comes by %(day)s.", day=due_on)
    keeper = desk.version.keeper(clock.today())
    if keeper is None:
        return _standing(title, text)
    kept = _(
        "%(name)s advised this municipality before and keeps this review until it is decided.",
        name=keeper.name,
    )
    return _standing(_("Waiting for %(name)s", name=keeper.name), f"{kept} {text}")


def _with_consent(desk: Desk, step: NextStep) -> NextStep:
    """Whether the plan is published with the approval; whoever has a say in it can change that here."""
    version = desk.version
    asked = consenting_person(version)
    if asked is None:
        give = Button(
            _l("Publish it in my name as soon as it is approved"),
            _address(version, "plans.consent"),
            asks_first=False,
        )
        return replace(step, second=give) if may_consent(version, desk.person) else step
    if not may_consent(version, desk.person):
        words = _("It becomes public with the approval: %(who)s agreed to that.", who=asked.name)
        return replace(step, text=f"{step.text} {words}")
    words = (
        _("It will be published in your name as soon as it is approved.")
        if asked.id == desk.person.id
        else _("It will be published in the name of %(who)s as soon as it is approved.", who=asked.name)
    )
    back = Button(
        _l("Take back: I will publish it myself"),
        _address(version, "plans.take_consent_back"),
        asks_first=False,
    )
    return replace(step, text=f"{step.text} {words}", second=back)


def _address(version: PlanVersion, endpoint: str) -> str:
    return url_for(endpoint, version_id=version.id)


def _returned(desk: Desk, page: PlanPage) -> NextStep:
    revise = desk.button(PlanAction.REVISE)
    if revise:
        text = _("A new version begins with everything you have; the remarks stand beside the rows.")
        return NextStep(_("Go through the remarks"), text, button=revise)
    return _standing(_("Waiting for the leader"), _("The plan was returned for changes."))


def _approved(desk: Desk, page: PlanPage) -> NextStep:
    if not desk.version.plan.is_general:
        return _approved_year(desk)
    publish = desk.button(PlanAction.PUBLISH)
    if publish and desk.may(Permission.PLAN_EDIT):
        text = _(
            "You see first what becomes public: the plan as approved, without names and e-mail addresses of people. Please publish it by %(day)s.",
            day=formatting.day(publish_by(desk.version)),
        )
        return NextStep(_("The plan is approved: publish it"), text, button=publish)
    text = _(
        "The leader publishes it next, by %(day)s if possible.", day=formatting.day(publish_by(desk.version))
    )
    return _standing(_("The plan is approved"), text)


def _approved_year(desk: Desk) -> NextStep:
    use = desk.button(PlanAction.PUT_IN_USE)
    if use:
        text = _("What was approved stays as it is; from then on you record here which trainings took place.")
        return NextStep(_("The plan is approved: put it in use"), text, button=use)
    return _standing(_("The plan is approved"), _("The leader puts it in use next."))


def _published(desk: Desk, page: PlanPage) -> NextStep | None:
    if not desk.version.plan.is_general:
        return _approved_year(desk)
    return NextStep(
        _("The plan is public"),
        _("Anybody can read it without signing in."),
        url=url_for(
            "public.plan", lang=page.language, place=desk.version.partnership.municipality.address_name
        ),
        label=_("Open the public page"),
        eyebrow=_("Where it stands"),
    )
