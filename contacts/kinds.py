"""What somebody is to those who look for them; stored by the same words as terms and assignments."""

from core.i18n import _l
from core.labels import LabelledEnum


class ContactKind(LabelledEnum):
    LEADER = "leader", _l("Leader")
    DEPUTY = "deputy", _l("Deputy leader")
    MAIN = "main", _l("Animator")
    COVER = "cover", _l("Covering animator")
    MEMBER = "member", _l("Member organisation")
    OFFICE = "office", _l("Programme office")
