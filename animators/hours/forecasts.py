"""What entering some minutes would do to a pot: said before anything is saved."""

from dataclasses import dataclass

from animators.hours.balances import Balance, balances_with_usual
from animators.hours.models import Pot
from core.formatting import hours
from core.i18n import _, _l
from core.labels import LabelledEnum, Tone
from municipalities.models import Municipality
from programme.queries import the_programme


class Level(LabelledEnum):
    """The later, the more there is to be warned of."""

    CALM = "calm", _l("Enough is left"), Tone.SUCCESS
    NEAR = "near", _l("Little is left"), Tone.WARNING
    FULL = "full", _l("Used up"), Tone.WARNING
    OVER = "over", _l("Over the pot"), Tone.DANGER

    @property
    def rank(self) -> int:
        return list(Level).index(self)


@dataclass(frozen=True)
class Forecast:
    """``before``: the pot as it is. ``within`` and ``over``: how these minutes split. ``near``: where it gets close, in percent."""

    pot: Pot
    before: Balance
    minutes: int
    near: int

    @property
    def granted(self) -> int:
        return self.before.granted

    @property
    def used(self) -> int:
        return self.before.used

    @property
    def free(self) -> int:
        return self.before.free

    @property
    def within(self) -> int:
        return min(self.minutes, max(0, self.free))

    @property
    def over(self) -> int:
        return self.minutes - self.within

    @property
    def left(self) -> int:
        return self.free - self.within

    @property
    def percent_after(self) -> int:
        """Beyond 100 where it goes over."""
        return (self.used + self.minutes) * 100 // self.granted if self.granted else 100

    @property
    def level(self) -> Level:
        if self.over > 0:
            return Level.OVER
        if self.left <= 0:
            return Level.FULL
        return Level.NEAR if self.percent_after >= self.near else Level.CALM

    @property
    def sentence(self) -> str:
        """What will be so afterwards, and what happens with the rest."""
        figures = {
            "granted": hours(self.granted), "left": hours(self.left), "free": hours(self.free),
            "over": hours(self.over), "percent": self.percent_after, "pot": str(self.pot.label),
        }  # fmt: skip
        if self.level is Level.OVER and self.within == 0:
            return str(_("%(pot)s: nothing of %(granted)s is left. All %(over)s stand apart until the office decides.", **figures))  # fmt: skip
        if self.level is Level.OVER:
            return str(_("%(pot)s: %(free)s of %(granted)s are left. The other %(over)s stand apart until the office decides.", **figures))  # fmt: skip
        if self.level is Level.FULL:
            return str(_("%(pot)s: with this all of %(granted)s is used. Whatever comes after needs the office.", **figures))  # fmt: skip
        return str(_("%(pot)s: %(left)s of %(granted)s will be left (%(percent)s %% used).", **figures))


def forecast(municipality: Municipality, pot: Pot, minutes: int) -> Forecast:
    """For a correction ask with the difference."""
    balance = balances_with_usual([municipality.id])[municipality.id, pot]
    return Forecast(pot, balance, minutes, near=min(the_programme().settings.budget_warn_percent))
