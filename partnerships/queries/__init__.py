"""Partnerships as people ask for them, and who may know of which."""

from partnerships.queries.records import (
    member_by_id,
    members_of,
    open_partnership_of,
    partnership_by_id,
    term_by_id,
    with_people,
    with_place,
)
from partnerships.queries.rules import (
    animators_to_choose,
    assignments_between,
    assignments_from,
    count_members,
    is_member,
    organisations_of,
    terms_between,
)
from partnerships.queries.scopes import (
    advised_by,
    covers,
    duties_from_partnerships,
    has_animator,
    has_leader,
    ids_of_animators,
    ids_with_term,
    led_by,
    roles_from_partnerships,
    visible_to,
)

__all__ = [
    "advised_by",
    "animators_to_choose",
    "assignments_between",
    "assignments_from",
    "count_members",
    "covers",
    "duties_from_partnerships",
    "has_animator",
    "has_leader",
    "ids_of_animators",
    "ids_with_term",
    "is_member",
    "led_by",
    "member_by_id",
    "members_of",
    "open_partnership_of",
    "organisations_of",
    "partnership_by_id",
    "roles_from_partnerships",
    "term_by_id",
    "terms_between",
    "visible_to",
    "with_people",
    "with_place",
]  # fmt: skip
