"""Words about animators that more than one page says."""

from animators.people.models import AnimatorProfile
from core.i18n import _l
from core.labels import LabelledEnum, Tone


class ProfileState(LabelledEnum):
    MISSING = "missing", _l("No profile yet"), Tone.WARNING
    HIDDEN = "hidden", _l("Not public"), Tone.NEUTRAL
    PUBLIC = "public", _l("Public"), Tone.SUCCESS

    @classmethod
    def of(cls, profile: AnimatorProfile | None) -> "ProfileState":
        if profile is None:
            return cls.MISSING
        return cls.PUBLIC if profile.visible else cls.HIDDEN
