"""The one next step of a partnership, in words, for each side: what to do, or on whom it waits and since when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core import clock
from core.formatting import day
from core.i18n import _, ngettext
from progress.matters import Matter, Topic, Turn, matter_of
from progress.situations import PlanState, Situation


@dataclass(frozen=True)
class Link:
    label: str
    endpoint: str
    values: Mapping[str, int | str] = field(default_factory=dict)
    is_post: bool = False
    """A lone button that takes the step itself."""


@dataclass(frozen=True)
class NextStep:
    title: str
    text: str
    waits_on: Turn
    since: date
    link: Link | None = None
    due_on: date | None = None
    is_late: bool = False
    is_mine: bool = False
    """It is this reader's turn."""
    who: str = ""
    """The name of the person it waits on, and how to reach them; empty where it waits on nobody or on the office."""
    mail: str = ""
    working_days: int = 0
    """How long it has waited."""

    @property
    def since_words(self) -> str:
        return since_words(self.since, self.working_days)


def since_words(since: date, working_days: int) -> str:
    """The day, and how long ago it was in working days; of today the day alone."""
    if working_days < 1:
        return day(since)
    days = ngettext("1 working day", "%(num)d working days", working_days)
    return _("%(day)s (%(days)s)", day=day(since), days=days)


def next_step(situation: Situation, reader: Turn) -> NextStep:
    """What the leader's side, the animator or the office reads. A deputy reads what the leader reads."""
    matter = matter_of(situation)
    if matter.is_leaders_own and reader is not Turn.LEADER:
        matter = Matter(Topic.DONE, matter.since)
    if matter.turn is reader:
        title, text, link = _DO[matter.topic](situation, matter)
    elif matter.turn is Turn.NOBODY:
        title, text, link = _nothing(situation, matter, reader)
    else:
        title, text, link = _wait(situation, matter, reader)
    return NextStep(
        title=title,
        text=text,
        waits_on=matter.turn,
        since=matter.since,
        link=link,
        due_on=matter.due_on,
        is_late=matter.is_late(situation.today),
        is_mine=matter.turn is reader,
        working_days=_days_running(matter, situation.today),
        **_contact(situation, matter.turn),
    )


def _days_running(matter: Matter, today: date) -> int:
    """Nobody waits for what is over."""
    return 0 if matter.topic is Topic.CLOSED else clock.working_days_between(matter.since, today)


def _contact(situation: Situation, turn: Turn) -> dict[str, str]:
    """Whom to ask about it."""
    contacts = {
        Turn.LEADER: (situation.leader, situation.leader_mail),
        Turn.ANIMATOR: (situation.reviewer, situation.reviewer_mail),
        Turn.OFFICE: ("", situation.office_mail),
    }
    who, mail = contacts.get(turn, ("", ""))
    return {"who": who or "", "mail": mail}


Words = tuple[str, str, Link | None]


def _partnership(situation: Situation, label: str, endpoint: str) -> Link:
    return Link(label, endpoint, {"partnership_id": situation.partnership_id})


def _plan(matter: Matter, label: str, **more: str) -> Link | None:
    return Link(label, "plans.show", {"version_id": matter.plan.version_id, **more}) if matter.plan else None


def _title(plan: PlanState | None) -> str:
    return plan.title if plan else ""


# --- Whose turn it is: what to do ------------------------------------------------------------------------


def _record_founding(situation: Situation, matter: Matter) -> Words:
    text = _("Enter the day on which the partnership was founded. It takes a minute.")
    return _("Record the founding"), text, _partnership(situation, _("Enter the day"), "partnerships.edit")


def _add_members(situation: Situation, matter: Matter) -> Words:
    missing = situation.members_missing
    title = ngettext("Add one more organisation", "Add %(num)d more organisations", missing)
    text = _(
        "A partnership has at least %(count)s members. Your own organisation counts.",
        count=situation.min_members,
    )
    return title, text, _partnership(situation, _("Go to the members"), "partnerships.members")


def _start(situation: Situation, matter: Matter) -> Words:
    text = _(
        "Tick ready texts or begin with the plan of a similar municipality: what the system knows is filled in."
    )
    link = _partnership(situation, _("Start the plan"), "plans.start_options")
    return _("Start the three-year plan"), text, link


def _look_at_upload(situation: Situation, matter: Matter) -> Words:
    text = _("It has been checked. See what it would change, then apply it or put it aside.")
    upload_id = (matter.plan.upload_id if matter.plan else None) or 0
    link = Link(_("See what it would change"), "plans.upload_outcome", {"upload_id": upload_id})
    return _("An uploaded workbook is waiting"), text, link


def _answer(situation: Situation, matter: Matter) -> Words:
    count = matter.plan.open_remarks if matter.plan else 0
    title = ngettext("Answer one remark", "Answer %(num)d remarks", count)
    text = _("Change the plan where needed, say beside each remark what you did, and submit it again.")
    return title, text, _plan(matter, _("Go to the remarks"), _anchor="remarks")


def _write(situation: Situation, matter: Matter) -> Words:
    title = _("Write the plan: %(title)s", title=_title(matter.plan))
    text = _("Download the workbook, fill it in, upload it here and submit it once nothing is missing.")
    return title, text, _plan(matter, _("Open the plan"))


def _revise(situation: Situation, matter: Matter) -> Words:
    text = _("The plan was returned for changes. A new version begins with everything you have.")
    return _("Go through the remarks"), text, _plan(matter, _("Open the plan"))


def _publish(situation: Situation, matter: Matter) -> Words:
    text = _("It was approved on %(day)s. Anybody can read it once you publish it.", day=day(matter.since))
    return _("Publish the plan"), text, _to_publish(matter)


def _to_publish(matter: Matter) -> Link | None:
    if matter.plan is None:
        return None
    return Link(_("Go to publication"), "plans.publish", {"version_id": matter.plan.version_id})


def _start_year(situation: Situation, matter: Matter) -> Words:
    year = situation.today.year
    text = _("It is your own plan: which trainings, where, for how many people. Nobody has to approve it.")
    if situation.years_need_approval:
        text = _("Which trainings, where, for how many people. Your animator approves it.")
    values = {"partnership_id": situation.partnership_id, "year": year}
    link = Link(_("Start the plan for %(year)s", year=year), "plans.start_annual", values, is_post=True)
    return _("Plan the trainings of %(year)s", year=year), text, link


def _write_year(situation: Situation, matter: Matter) -> Words:
    title = _("Write the plan: %(title)s", title=_title(matter.plan))
    text = _("Put it in use once the trainings are there. You can change it all year.")
    if situation.years_need_approval:
        text = _("Submit it once the trainings are there. When it is approved, you put it in use.")
    return title, text, _plan(matter, _("Open the plan"))


def _use_year(situation: Situation, matter: Matter) -> Words:
    text = _(
        "It was approved on %(day)s. Once it is in use, you record which trainings took place.",
        day=day(matter.since),
    )
    return _("Put in use: %(title)s", title=_title(matter.plan)), text, _plan(matter, _("Open the plan"))


def _close_year(situation: Situation, matter: Matter) -> Words:
    year = matter.plan.year_to if matter.plan else situation.today.year - 1
    text = _("Enter what took place, then close the year.")
    return _("Close the year %(year)s", year=year), text, _plan(matter, _("Open the plan"))


def _read(situation: Situation, matter: Matter) -> Words:
    text = _(
        "It came on %(day)s. Reading changes nothing; start the review when you begin.", day=day(matter.since)
    )
    return _("Read the plan and start the review"), text, _plan(matter, _("Open the plan"))


def _decide(situation: Situation, matter: Matter) -> Words:
    text = _("Leave remarks beside the rows, then return the plan or approve it.")
    return _("Return or approve the plan"), text, _plan(matter, _("Open the plan"))


def _appoint(situation: Situation, matter: Matter) -> Words:
    text = _("Nobody leads this partnership. Its deputies go on with the plans until there is a new leader.")
    return (
        _("Appoint a leader"),
        text,
        _partnership(situation, _("Appoint a leader"), "partnerships.appoint_leader"),
    )


def _assign(situation: Situation, matter: Matter) -> Words:
    text = _(
        "A plan was submitted on %(day)s and nobody is assigned who may review it.", day=day(matter.since)
    )
    return (
        _("Assign an animator"),
        text,
        _partnership(situation, _("Assign an animator"), "partnerships.assign_animator"),
    )


_DO: dict[Topic, Callable[[Situation, Matter], Words]] = {
    Topic.NO_LEADER: _appoint,
    Topic.NO_REVIEWER: _assign,
    Topic.FOUNDING: _record_founding,
    Topic.MEMBERS: _add_members,
    Topic.START: _start,
    Topic.UPLOAD: _look_at_upload,
    Topic.REMARKS: _answer,
    Topic.WRITING: _write,
    Topic.SUBMITTED: _read,
    Topic.IN_REVIEW: _decide,
    Topic.RETURNED: _revise,
    Topic.APPROVED: _publish,
    Topic.START_YEAR: _start_year,
    Topic.WRITE_YEAR: _write_year,
    Topic.USE_YEAR: _use_year,
    Topic.CLOSE_YEAR: _close_year,
}


# --- Not this reader's turn: on whom it waits ------------------------------------------------------------


def _wait(situation: Situation, matter: Matter, reader: Turn) -> Words:
    """On whom it waits, what for, and where to look meanwhile."""
    if matter.turn is Turn.ANIMATOR:
        return _waiting_for_review(situation, matter, reader)
    if matter.turn is Turn.OFFICE:
        return (
            _("Waiting for the programme office"),
            _office_does(matter),
            _meanwhile(situation, matter, reader),
        )
    return _("Waiting for the leader"), _leader_does(situation, matter), _where(matter)


def _meanwhile(situation: Situation, matter: Matter, reader: Turn) -> Link | None:
    """Where nobody leads, a deputy need not wait for the office: they may ask somebody themselves."""
    if matter.topic is Topic.NO_LEADER and reader is Turn.LEADER:
        return _partnership(situation, _("Ask a new leader"), "partnerships.terms")
    return None


def _waiting_for_review(situation: Situation, matter: Matter, reader: Turn) -> Words:
    name, due_on = situation.reviewer or "", day(matter.due_on)
    title = _("Waiting for %(name)s", name=name)
    text = _("The answer comes with a mail. Until then the plan stays as it is.")
    if matter.topic is Topic.IN_REVIEW:
        title = _("%(name)s is reading the plan", name=name)
    if reader is Turn.OFFICE and matter.is_late(situation.today):
        title = _("The review is late")
        text = _("%(name)s should have answered by %(due)s.", name=name, due=due_on)
    return title, text, _plan(matter, _("Open the plan"))


def _office_does(matter: Matter) -> str:
    if matter.topic is Topic.NO_LEADER:
        return _(
            "The partnership has no leader. The office appoints one; deputies go on with the plans until then."
        )
    return _(
        "The plan is submitted, and the office assigns an animator to review it. There is nothing to do meanwhile."
    )


def _leader_does(situation: Situation, matter: Matter) -> str:
    sentences = {
        Topic.FOUNDING: _("The founding has not been recorded yet."),
        Topic.MEMBERS: ngettext(
            "One more organisation is needed.",
            "%(num)d more organisations are needed.",
            situation.members_missing,
        ),
        Topic.START: _("No plan has been started yet."),
        Topic.UPLOAD: _("The plan is being written."),
        Topic.WRITING: _("The plan is being written."),
        Topic.REMARKS: _("The remarks are being worked through."),
        Topic.RETURNED: _("The plan was returned for changes on %(day)s.", day=day(matter.since)),
        Topic.APPROVED: _("The plan is approved and waits to be published."),
    }
    return sentences[matter.topic]


def _where(matter: Matter) -> Link | None:
    """A draft is not for everybody; a plan that was handed over is."""
    decided = matter.topic in (Topic.RETURNED, Topic.APPROVED)
    return _plan(matter, _("Open the plan")) if decided else None


def _nothing(situation: Situation, matter: Matter, reader: Turn) -> Words:
    if matter.topic is Topic.CLOSED:
        return (
            _("The partnership is closed"),
            _("What was published stays public. Nothing changes any more."),
            None,
        )
    own = _("The three-year plan is public. Yearly plans are the leader's own.")
    if reader is not Turn.LEADER:
        return _("Nothing is waiting"), own, None
    is_elsewhere = situation.keeps_year and situation.plan_of_year(situation.today.year) is None
    text = (
        own
        if is_elsewhere
        else _("The plan is public. As the year goes on, record which trainings took place.")
    )
    return _("Nothing waits for you"), text, _plan(matter, _("Open the plan"))
