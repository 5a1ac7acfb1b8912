"""A general plan as a partnership might write it."""

from collections.abc import Iterable, Mapping, Sequence

from demo.library import Goal, Group, Need, Recommendation, Surroundings, library
from demo.outline import Brief, Outline, Run
from plans.definitions import PlanContent, PlanRow, TemplateDefinition, Value
from plans.prefill import METADATA, PARTNERS, filled
from plans.totals import YEAR_SUFFIXES

SCALE = {Surroundings.RURAL: 100, Surroundings.TOWN: 130, Surroundings.CITY: 260}
"""Per cent of the sizes in the library, which are those of a rural municipality."""

YEARS = range(len(YEAR_SUFFIXES))


def whole_plan(base: PlanContent, brief: Brief, definition: TemplateDefinition) -> PlanContent:
    """The prefilled plan, written to its end."""
    content = PlanContent({**base.sheets, **_Author(base, brief).sheets()})
    return lean(content, definition) if brief.is_short else content


def lean(content: PlanContent, definition: TemplateDefinition) -> PlanContent:
    """Without the optional sheets and columns; what was prefilled stays."""
    sheets: dict[str, tuple[PlanRow, ...]] = {}
    for key, rows in content.sheets.items():
        sheet = definition.sheet(key)
        if key == PARTNERS or sheet.in_short:
            kept = {column.key for column in sheet.columns if column.is_core or column.prefilled}
            kept |= {sheet.code_column or ""}
            sheets[key] = tuple(
                PlanRow(row.row_uid, {at: row.values[at] for at in row.values if at in kept}) for row in rows
            )
    return PlanContent(sheets)


class _Author(Outline):
    """Puts the outline into the words and cells of the sheets."""

    def sheets(self) -> dict[str, tuple[PlanRow, ...]]:
        return {
            METADATA: (self._metadata(),),
            "needs": self._rows(map(self._need, self.needs)),
            "groups": self._rows(map(self._group, self.groups)),
            "goals": self._rows(map(self._goal, self.goals)),
            "lines": self._rows(self._line(number, run) for number, run in enumerate(self.runs, start=1)),
            "resources": self._rows(self._resources()),
            "funding": self._rows(self._funding()),
            "risks": self._rows(self._risks()),
            "monitoring": self._rows(self._monitoring()),
            "recommendations": self._rows(
                self._recommendation(number, one) for number, one in enumerate(self.recommendations, start=1)
            ),
        }

    def _rows(self, rows: Iterable[Mapping[str, Value | None]]) -> tuple[PlanRow, ...]:
        return tuple(PlanRow(self.chance.mark(), filled(values)) for values in rows)

    def _metadata(self) -> PlanRow:
        known = self.base.rows(METADATA)[0]
        extras = library().extras
        people = sum(sum(run.people) for run in self.runs)
        words = {"years": f"{self.first_year}–{self.first_year + 2}", "people": str(round(people, -1))}
        sentences = [
            self.chance.one(extras.openings).format(**words),
            *(self.chance.one(theme.summary) for theme in self.themes),
            self.chance.one(extras.closings),
        ]
        authors = [known.values.get("leader_name"), known.values.get("deputy_name")]
        written: dict[str, Value | None] = {
            "summary": " ".join(sentences),
            "authors": ", ".join(str(name) for name in authors if name),
            "linked_documents": self.chance.one(extras.linked_documents),
        }
        return PlanRow(known.row_uid, {**known.values, **filled(written)})

    def _need(self, need: Need) -> dict[str, Value | None]:
        year = self.first_year - self.chance.whole(0, 1)
        counts = {"many": self.chance.countable(26, 118), "some": self.chance.countable(5, 16)}
        return {
            "need_code": self.codes[need.id],
            "need_text": need.text,
            "need_area": need.area,
            "evidence": self.chance.one(need.evidence).format(year=year, **counts),
            "evidence_year": year,
            "priority": self.chance.whole(1, 3),
            "measure": need.measure,
            "measure_value": str(self.chance.countable(*need.value)),
            "measure_unit": need.unit,
            "at_risk": "yes" if need.at_risk else "no",
        }

    def _group(self, group: Group) -> dict[str, Value | None]:
        lowest, highest = group.size
        size = self.chance.whole(lowest, highest) * SCALE[self.brief.place] // 100
        people = self.people[group.id]
        return {
            "group_code": self.codes[group.id],
            "group_name": group.name,
            "group_description": group.description,
            "group_size": round(max(size, 2 * max(people)), -1),
            "current_level": group.current,
            "target_level": group.target,
            "barriers": group.barriers,
            "access_needs": group.access,
            "recruitment": group.recruitment,
            **{f"persons_{suffix}": people[year] for year, suffix in enumerate(YEAR_SUFFIXES)},
        }

    def _goal(self, goal: Goal) -> dict[str, Value | None]:
        runs = [run for run in self.runs if run.line.goal == goal.id]
        figures = self._reached(goal, runs) if goal.reach else self._figures(goal)
        return {
            "goal_code": self.codes[goal.id],
            "goal_text": goal.text,
            "need_codes": self.coded(goal.needs),
            "digcomp_areas": list(goal.digcomp),
            "indicator": goal.indicator,
            "unit": goal.unit,
            **dict(zip(("baseline", "target_y1", "target_y2", "target_y3"), map(str, figures), strict=True)),
            "verification": goal.verification,
            "owner_org_code": self.partner(runs[0].line.lead if runs else ()),
        }

    def _reached(self, goal: Goal, runs: Sequence[Run]) -> list[int]:
        """Of all people trained so far, the share that will have learnt it."""
        trained = [sum(run.people[year] for run in runs) for year in YEARS]
        return [0, *(sum(trained[: year + 1]) * (goal.reach or 0) // 100 for year in YEARS)]

    def _figures(self, goal: Goal) -> list[int]:
        start, end = self.chance.whole(*goal.baseline), self.chance.whole(*goal.target)
        return [start, start + (end - start) * 35 // 100, start + (end - start) * 70 // 100, end]

    def _line(self, number: int, run: Run) -> dict[str, Value | None]:
        line = run.line
        lead = self.partner(line.lead)
        helpers = {self.partners[one] for one in line.help if one in self.partners} - {lead}
        years = list(zip(YEAR_SUFFIXES, run.trainings, strict=True))
        return {
            "line_code": f"K{number}",
            "goal_code": self.codes[line.goal],
            "line_title": line.title,
            "life_area": line.life_area,
            "form": line.form,
            "group_codes": self.coded(line.groups),
            **{f"trainings_{suffix}": count for suffix, count in years},
            **{f"hours_{suffix}": str(count * line.hours) for suffix, count in years},
            "lead_org_code": lead,
            "partner_org_codes": sorted(helpers),
        }

    def _recommendation(self, number: int, one: Recommendation) -> dict[str, Value | None]:
        return {
            "rec_code": f"R{number}",
            "rec_text": one.text,
            "rec_reason": one.reason,
            "rec_addressee": one.addressee,
            "rec_horizon": one.horizon,
            "rec_priority": min(number, 3),
            "goal_codes": self.coded(one.goals),
        }

    # --- Sheets that may stay empty ---

    def _resources(self) -> Iterable[dict[str, Value | None]]:
        possible = [
            one for one in self.fitting(library().extras.resources) if set(one.org) & self.partners.keys()
        ]
        for one in self.chance.some(possible, self.chance.whole(2, 4)):
            yield {
                "resource_type": one.type,
                "resource_org_code": self.partner(one.org),
                "location": one.location,
                "quantity": self.chance.whole(*one.quantity),
                "condition": one.condition,
                "accessible": one.accessible,
                "gap": one.gap,
                "gap_solution": one.solution,
            }

    def _funding(self) -> Iterable[dict[str, Value | None]]:
        for one in self.chance.some(self.fitting(library().extras.funding), self.chance.whole(1, 3)):
            amounts = [self._amount(*one.amount) for _ in YEARS] if one.amount else [None] * len(YEARS)
            yield {
                "funding_source": one.source,
                "source_detail": one.detail,
                "goal_code": self.codes[self.chance.one(self.goals).id],
                **{f"amount_{suffix}": amounts[year] for year, suffix in enumerate(YEAR_SUFFIXES)},
                "in_kind": one.in_kind,
                "certainty": one.certainty,
            }

    def _amount(self, lowest: int, highest: int) -> str:
        return str(round(self.chance.whole(lowest, highest), -2))

    def _risks(self) -> Iterable[dict[str, Value | None]]:
        for one in self.chance.some(self.fitting(library().extras.risks), self.chance.whole(2, 3)):
            yield {
                "risk": one.risk,
                "likelihood": one.likelihood,
                "impact": one.impact,
                "response": one.response,
                "risk_owner_org_code": self.chance.one(list(self.partners.values())),
            }

    def _monitoring(self) -> Iterable[dict[str, Value | None]]:
        for one in self.chance.some(library().extras.monitoring, self.chance.whole(2, 3)):
            yield {
                "monitoring_what": one.what,
                "monitoring_how": one.how,
                "monitoring_when": one.when,
                "monitoring_who": one.who,
            }
