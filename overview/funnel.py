"""Where the plans of all partnerships stand, from nothing to published, as a chart."""

from collections.abc import Mapping

from core.charts import Chart, Entry, Frame, bars
from core.formatting import number
from core.i18n import _, ngettext
from progress.stages import Stage

TABLE = "stages-table"


def funnel_of(counts: Mapping[Stage, int]) -> Chart:
    """Each partnership stands at one stage, so the bars add up to all of them."""
    total = sum(counts.values())
    said = ngettext(
        "%(num)d partnership, each at one stage.", "%(num)d partnerships, each at one stage.", total
    )
    frame = Frame(
        "stages", _("Partnerships by the stage of their plan"), said, TABLE, (_("Partnerships"),), number
    )
    return bars(frame, [Entry(str(stage.label), [counts[stage]]) for stage in Stage])
