"""The office publishes a new version of a template: checked, compared, tried out, and then for everybody."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core.audit import AuditEvent
from core.clock import today
from core.database import db
from core.mail import OutboxMail
from plans.definitions import ColumnType, PlanKind
from plans.models import PlanTemplate, TemplateStatus
from plans.template_versions import services
from plans.template_versions.checked import checked_definition
from plans.template_versions.difference import difference_in_words
from plans.template_versions.errors import DefinitionHasFaults, LimitIsOver, NobodyBehind
from plans.template_versions.queries import current_template, draft_of, templates_of_kinds
from plans.templates import (
    accepted_versions,
    current_template_version,
    parsed,
    published_templates,
    template,
)
from programme.queries import the_programme
from tests.plans.template_versions.second import FIRST, NEW_COLUMN, SECOND, publish_second
from tests.plans.test_flow import leader_of

GENERAL = PlanKind.GENERAL


def events(name: str) -> list[dict[str, object]]:
    found = select(AuditEvent).where(AuditEvent.event == name).order_by(AuditEvent.id)
    return [event.data for event in db.session.scalars(found)]


def test_a_new_installation_begins_with_the_versions_of_its_profile(app):
    rows = db.session.scalars(select(PlanTemplate).order_by(PlanTemplate.kind)).all()

    assert [(one.kind.value, one.version, one.status) for one in rows] == [
        ("annual", 1, TemplateStatus.CURRENT),
        ("general", 1, TemplateStatus.CURRENT),
    ]
    assert rows[1].definition == FIRST


def test_what_is_published_never_changes(make):
    template_id = db.session.scalars(select(PlanTemplate.id)).first()

    for statement in (
        "UPDATE plan_template SET definition = '' WHERE id = :id",
        "DELETE FROM plan_template WHERE id = :id",
    ):
        with pytest.raises(IntegrityError):
            db.session.execute(text(statement), {"id": template_id})
        db.session.rollback()


def test_a_draft_is_known_to_nobody_before_it_is_published(make):
    services.save_draft(GENERAL, SECOND, actor=make.office())

    assert (current_template_version(GENERAL), (GENERAL, 2) in published_templates()) == (1, False)


def test_publishing_makes_it_the_version_of_new_plans_and_sets_the_last_day_of_the_one_before(make):
    publish_second(make.office(), accepted_until=date(2099, 6, 30))

    version = make.general_plan()

    assert (version.template_version, version.plan.template_version) == (2, 2)
    assert accepted_versions(GENERAL) == {1, 2}
    first = db.session.scalars(select(PlanTemplate).filter_by(kind=GENERAL, version=1)).one()
    assert (first.status, first.accepted_until) == (TemplateStatus.ACCEPTED, date(2099, 6, 30))
    [published] = events("template.published")
    assert published["after"] == {"checks_from": "2099-06-30"}


def test_another_process_notices_by_the_programme_it_reads_anyway(make):
    current_template_version(GENERAL)
    before = the_programme().row.template_stamp

    publish_second(make.office())

    assert the_programme().row.template_stamp != before
    assert current_template_version(GENERAL) == 2


def test_a_publication_that_is_rolled_back_leaves_everything_as_it_was(make):
    office = make.office()
    services.save_draft(GENERAL, SECOND, actor=office)
    draft = draft_of(GENERAL)
    assert draft is not None
    db.session.commit()
    services.publish(draft, accepted_until=today(), checks_from=None, seen=draft.row_version, actor=office)
    assert current_template_version(GENERAL) == 2

    db.session.rollback()

    assert current_template_version(GENERAL) == 1


def test_after_its_last_day_a_version_is_retired_by_itself(make, clock):
    publish_second(make.office(), accepted_until=today())

    clock.tick(days=1)

    assert accepted_versions(GENERAL) == {2}
    statuses = {row.template.version: row.status for row in templates_of_kinds()[GENERAL]}
    assert statuses == {2: TemplateStatus.CURRENT, 1: TemplateStatus.RETIRED}


def test_the_last_day_is_prolonged_and_a_version_retired_at_once(make):
    office = make.office()
    publish_second(office, accepted_until=today())
    first = db.session.scalars(select(PlanTemplate).filter_by(kind=GENERAL, version=1)).one()

    services.change_limit(first, accepted_until=date(2099, 1, 1), actor=office)
    assert accepted_versions(GENERAL) == {1, 2}
    services.retire(first, actor=office)
    assert accepted_versions(GENERAL) == {2}
    with pytest.raises(LimitIsOver):
        services.change_limit(first, accepted_until=date(2020, 1, 1), actor=office)
    assert [len(events(f"template.{name}")) for name in ("limit_changed", "retired")] == [1, 1]


@pytest.mark.parametrize(
    ("before", "after", "faults"),
    [
        ("version = 2", "version = 3", ["Definition: version must be 2, the next number"]),
        ('kind = "general"', 'kind = "annual"', ["Definition: kind must be “general”"]),
        ('code = "PLAN-OGOLNY"', 'code = "PLAN"', ["Definition: code must stay “PLAN-OGOLNY”"]),
        (
            'key = "group_size"',
            'key = "group_number"',
            ["sheet groups: the column group_size must stay: the system uses it. Its label may change."],
        ),
        (
            'type = "text"\nrequired = true\nmax_length = 200\nlabel = { pl = "Kogo',
            'type = "txt"\nrequired = "yes"\nmax_length = 200\nlabel = { pl = "Kogo',
            [
                f"Definition: sheet needs, column asked_whom: type must be one of {', '.join(ColumnType)}",
                "Definition: sheet needs, column asked_whom: required must be true or false",
            ],
        ),
        (
            'example = { pl = "pewne", en = "certain" }',
            'example = { pl = "pewne" }',
            ["Definition: sheet funding, column certainty, example: en is missing"],
        ),
        (
            '"risks.response" =',
            '"risks.answer" =',
            ["Definition: renamed_keys: version 1 has no risks.answer"],
        ),
        (
            'code_list = "certainty"',
            'code_list = "certaintyy"',
            ["Definition: certainty wants the list certaintyy, which is not there"],
        ),
        (
            "[[code_lists.certainty]]",
            '[[code_lists.quarter]]\ncode = "q1"\npl = "I"\nen = "I"\n\n[[code_lists.certainty]]',
            ["code_lists.quarter: must keep the values q2, q3, q4: the system uses them"],
        ),
    ],
)
def test_every_fault_is_told_with_its_place_and_what_is_expected(
    app, before: str, after: str, faults: list[str]
):
    assert before in SECOND

    checked = checked_definition(SECOND.replace(before, after, 1), GENERAL)

    assert (checked.definition, [str(one) for one in checked.faults]) == (None, faults)


def test_a_text_that_is_no_toml_is_one_fault(app):
    [fault] = checked_definition("[[sheets]\n", GENERAL).faults

    assert str(fault).startswith("Definition: this is not a readable TOML file: ")


def test_a_definition_with_faults_is_neither_kept_nor_published(make):
    with pytest.raises(DefinitionHasFaults):
        services.save_draft(GENERAL, FIRST, actor=make.office())
    assert draft_of(GENERAL) is None


def test_the_difference_is_told_in_words(app):
    first, second = template(GENERAL, 1), parsed(SECOND)

    groups = difference_in_words(first, second, the_programme().code_lists)

    assert {group.title: group.lines for group in groups} == {
        "Removed: what stands there is left out, with a warning": ("7_Zasoby, What is missing",),
        "Renamed: what stands there goes along": ("9_Ryzyka, Response is now 9_Ryzyka, What then",),
        "Added": ("2_Diagnoza, Who was asked",),
        "Lists changed": ("8_Finansowanie, Certainty: new likely; no longer planned, potential",),
        "New checks: a warning at first": ("2_Diagnoza, Who was asked has to be filled in",),
        "Other words or limits": ("8_Finansowanie, Certainty", "9_Ryzyka, What then"),
    }


# --- On the pages ----------------------------------------------------------------------------------------


def test_the_office_hands_in_tries_out_and_publishes_a_version(make, visit):
    visitor = visit(as_=make.office())
    page = visitor.open("/office/templates").visitor.open("/office/templates/general/new")
    assert (
        FIRST.strip()
        == page.form("Check and keep as draft").values["definition"].replace("\r\n", "\n").strip()
    )

    refused = page.submit(
        "Check and keep as draft", expect=422, definition=SECOND.replace("version = 2", "version = 7")
    )
    assert "Definition: version must be 2, the next number" in refused.text
    draft = refused.submit("Check and keep as draft", definition=SECOND)

    assert "9_Ryzyka, Response is now 9_Ryzyka, What then" in draft.text
    blank = load_workbook(BytesIO(visitor.open(draft.links["Blank workbook to try out"]).data))
    keys = [cell.value for cell in blank["2_Diagnoza"][4]]
    assert "asked_whom" in keys
    listed = {str(cell.value) for column in blank["Słowniki"].iter_cols() for cell in column}
    assert "likely" in listed
    assert (
        visitor.open(draft.links["Definition with its comments"]).html.replace("\r\n", "\n").strip()
        == SECOND.strip()
    )

    after = draft.submit("Publish version 2", accepted_until=date(2099, 1, 1))

    general = after.tables[0]
    assert [row[:4] for row in general[1:]] == [
        ["Version 2", "Current", "no end", "0"],
        ["Version 1", "Still accepted", "1 Jan 2099", "0"],
    ]


def test_the_list_says_how_many_drafts_are_left_and_their_leaders_are_reminded_once(
    make, visit, count_queries
):
    office = make.office()
    version = make.general_plan()
    with count_queries() as one:
        visit(as_=office).open("/office/templates")
    make.general_plan()
    publish_second(office, accepted_until=date(2099, 1, 1))
    with count_queries() as more:
        page = visit(as_=office).open("/office/templates")
    assert "2 drafts are left on an older version." in page.text
    assert more.count <= one.count + 1  # the new stamp has the definitions read once

    again = page.submit("Remind their leaders once")
    again.submit("Remind their leaders once")

    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.dedupe_key.like("template-behind%"))).all()
    assert len(mails) == 2
    [mine] = [mail for mail in mails if mail.to_address == leader_of(version).mail_address]
    assert f"/plans/{version.id}/template" in mine.body


def test_nobody_is_reminded_where_no_draft_is_behind(make):
    make.general_plan()

    with pytest.raises(NobodyBehind):
        services.remind(GENERAL, actor=make.office())


def test_the_current_version_is_one_for_each_kind(make):
    publish_second(make.office())

    assert current_template(GENERAL).version == 2
    assert NEW_COLUMN in current_template(GENERAL).definition
