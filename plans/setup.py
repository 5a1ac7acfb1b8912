"""What this package adds to the application."""

from flask import Flask

from accounts.gathering import gather_events
from accounts.mail_links import register_mail_deed
from accounts.policy import Permission, can
from core.agenda import add_to_agenda, add_to_programme_agenda
from core.fact_words import Fact, name_facts
from core.help_links import name_help_topics
from core.i18n import _, _l
from core.jobs import Job, daily_at, register
from core.navigation import MenuEntry, OfficeTool, add_to_menu, add_to_office
from core.retention import RetentionRule, register_retention
from municipalities.followers import register_follower
from partnerships.handovers.open_work import register_open_work
from partnerships.pages import PartnershipPage, add_to_partnership
from phrases.places import register_places
from plans.agenda import all_days_due, days_due
from plans.definitions import PlanKind
from plans.editing.offers import OfferSource, register_offers
from plans.editing.offers_of_others import offers_of_others
from plans.editing.offers_of_year import offers_of_year
from plans.events import PlanEvent
from plans.following import PlansFollow
from plans.help_topics import help_topics
from plans.mail_deeds import PUBLISH_THE_PLAN
from plans.merging.journal import due_steps, tidy_steps
from plans.models import TemplateStatus
from plans.news import news_of_plans
from plans.open_work import open_plans
from plans.reminders import remind_of_reviews, remind_to_publish
from plans.template_versions.seeding import seed_templates
from plans.templates import code_lists_of_templates, sheet_titles
from plans.views import bp
from plans.written_lines import WRITTEN_LINES
from plans.years.offers import not_held_before, took_not_held
from plans.years.words import name_facts_of_years
from programme.queries import register_code_lists
from programme.services import register_seed
from subscriptions.news import add_news

AGREED_TOTALS = OfficeTool(
    _l("Years in numbers"),
    _l("Results of annual plans, as far as partnerships agreed to share their totals."),
    "plans.agreed_totals",
    lambda person: can(person, Permission.YEAR_TOTALS),
)


TEMPLATES = OfficeTool(
    _l("Plan templates"),
    _l("Versions of the workbooks: publish a new one, and say until when the old one is accepted."),
    "plans.templates",
    lambda person: can(person, Permission.TEMPLATE_MANAGE),
)
name_facts(
    "plan_template",
    status=Fact(_l("Status"), lambda code: TemplateStatus(code).label),
    accepted_until=_l("Accepted until"),
    checks_from=_l("New checks become errors on"),
)
name_facts(template_version=_l("Version of the template"))


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    register_open_work(open_plans)
    register_mail_deed(app, PUBLISH_THE_PLAN)
    add_to_agenda(app, days_due)
    add_to_programme_agenda(app, all_days_due)
    add_news(app, news_of_plans)
    register_follower(PlansFollow())
    register(
        app,
        Job(
            "plans.reviews",
            remind_of_reviews,
            daily_at(6, 35),
            does=_l(
                "Reminds animators of answers to plans: two working days before they are due, and once when late."
            ),
        ),
        Job(
            "plans.publish",
            remind_to_publish,
            daily_at(6, 40),
            does=_l("Reminds leaders of plans that were approved and are not public yet."),
        ),
        Job(
            "plans.tidy",
            tidy_steps,
            daily_at(4, 50),
            does=_l("Removes earlier states of plans that are too old to merge with."),
        ),
    )
    register_retention(
        app,
        RetentionRule(
            "plans.tidy",
            _l("Earlier states of drafts"),
            lambda: _("Eighteen months."),
            _l("So that a workbook filled in offline can be merged with the plan."),
            _l("Deleted"),
            "plans.tidy",
            due_steps,
        ),
    )
    register_places(sheet_titles)
    name_help_topics(app, help_topics)
    register_seed(seed_templates)
    add_to_office(app, TEMPLATES)
    register_code_lists(code_lists_of_templates)
    register_offers(
        app,
        OfferSource(
            PlanKind.ANNUAL,
            "trainings",
            lambda version, _wanted: not_held_before(version),
            taken=took_not_held,
        ),
        OfferSource(PlanKind.ANNUAL, "trainings", lambda version, _wanted: offers_of_year(version)),
        OfferSource(PlanKind.GENERAL, "lines", offers_of_others),
    )
    add_to_partnership(
        app, PartnershipPage(_l("Annual plans"), "plans.years_of", 250, Permission.PLAN_START_YEAR)
    )
    add_to_office(app, AGREED_TOTALS)
    name_facts("review_comment", answer=_l("Answer"))
    gather_events(PlanEvent.WRITTEN, WRITTEN_LINES)
    name_facts_of_years()
    add_to_menu(
        app, MenuEntry(_l("Reviews"), "plans.waiting", lambda person: can(person, Permission.REVIEW_LIST))
    )
