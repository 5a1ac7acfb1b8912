"""What can happen to a template version, as its history names it."""

from core.audit import EventKind
from core.i18n import _l


class TemplateEvent(EventKind):
    DRAFTED = "template.drafted", _l("Put a draft of the template there")
    DISCARDED = "template.discarded", _l("Discarded the draft of the template")
    PUBLISHED = "template.published", _l("Published the template version")
    REPLACED = "template.replaced", _l("Replaced by a newer template version")
    LIMIT_CHANGED = "template.limit_changed", _l("Changed until when the template version is accepted")
    RETIRED = "template.retired", _l("Retired the template version")
    REMINDED = "template.reminded", _l("Reminded those whose drafts follow an older template version")
