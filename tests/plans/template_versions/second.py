"""A second version of the general template: one column renamed, one gone, one new and required, one list changed."""

import re
from datetime import date

from accounts.models import User
from core import clock
from core.database import db
from plans.definitions import PlanContent, PlanKind
from plans.models import PlanTemplate
from plans.template_versions import services
from plans.template_versions.queries import draft_of
from programme.profile import load_profile
from tests.plan_content import general_content, row

FIRST = (load_profile("mocarze").templates / "general-1.toml").read_text(encoding="utf-8")

NEW_COLUMN = """[[sheets.columns]]
key = "asked_whom"
type = "text"
required = true
max_length = 200
label = { pl = "Kogo zapytano", en = "Who was asked" }
help = { pl = "Kto o tym powiedział.", en = "Who told you." }
example = { pl = "czytelnicy", en = "readers" }

"""

LISTS = """
[[code_lists.certainty]]
code = "certain"
pl = "pewne"
en = "certain"

[[code_lists.certainty]]
code = "likely"
pl = "prawdopodobne"
en = "likely"
replaces = ["planned"]
"""


def second_version(text: str = FIRST) -> str:
    text = text.replace(
        "version = 1", 'version = 2\nrenamed_keys = { "risks.response" = "risks.reaction" }', 1
    )
    text = text.replace('key = "response"', 'key = "reaction"', 1)
    text = text.replace(
        'label = { pl = "Reakcja", en = "Response" }', 'label = { pl = "Co wtedy", en = "What then" }', 1
    )
    text = re.sub(r'\[\[sheets\.columns\]\]\nkey = "gap"\n.*?\n\n', "", text, count=1, flags=re.DOTALL)
    needs = text.index('key = "need_area"')
    before = text.rindex("[[sheets.columns]]", 0, needs)
    text = text[:before] + NEW_COLUMN + text[before:]
    text = text.replace(
        'example = { pl = "planowane", en = "planned" }\n\n# --- 9',
        'example = { pl = "pewne", en = "certain" }\n\n# --- 9',
    )
    return text + LISTS


SECOND = second_version()


def publish_second(
    actor: User, *, accepted_until: date | None = None, checks_from: date | None = None
) -> PlanTemplate:
    services.save_draft(PlanKind.GENERAL, SECOND, actor=actor)
    draft = draft_of(PlanKind.GENERAL)
    assert draft is not None
    until = accepted_until or clock.today().replace(month=12)
    services.publish(
        draft, accepted_until=until, checks_from=checks_from, seen=draft.row_version, actor=actor
    )
    db.session.commit()
    return draft


def full_content(year: int = 2026) -> PlanContent:
    """Something in every place that the second version touches."""
    return general_content(
        year,
        resources=(row("row-z1-0001", resource_type="room", location="Biblioteka", gap="brak rzutnika"),),
        funding=(
            row("row-f1-0001", funding_source="municipal_budget", certainty="planned"),
            row("row-f2-0001", funding_source="municipal_budget", certainty="potential"),
        ),
        risks=(row("row-x1-0001", risk="Żniwa", response="Szkolenia zimą"),),
    )
