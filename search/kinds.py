"""What can be found, in the order in which it is shown."""

from core.i18n import _l
from core.labels import LabelledEnum


class Kind(LabelledEnum):
    MUNICIPALITY = "municipality", _l("Municipalities")
    PERSON = "person", _l("People")
    ORGANISATION = "organisation", _l("Organisations")
    PLAN = "plan", _l("Plans")
    REMARK = "remark", _l("Remarks")
    CONSULTATION = "consultation", _l("Visits and consultations")
    WEBINAR = "webinar", _l("Webinars")
    FILE = "file", _l("Files")
