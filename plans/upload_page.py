"""The outcome of an upload as people read it: what was found, what would be new, changed and removed."""

from functools import cached_property

from core.i18n import _, ngettext
from plans.comparing.words import Change, change_in_words
from plans.conflict_page import RowOfChoices, conflicts_in_words
from plans.correction_page import Attempt, Corrections, corrections_of
from plans.findings import Severity
from plans.models import ImportStatus, PlanImport
from plans.queries import covering_plan, findings_of
from plans.services import proposals
from plans.services.corrections import state_of
from plans.services.merging import can_go_on, merged_of
from plans.services.offline_answers import OfflineAnswer, answers_in
from plans.services.rebasing import both_states
from plans.templates import definition_of


class UploadPage:
    def __init__(self, upload: PlanImport, attempt: Attempt | None = None) -> None:
        self.upload = upload
        self.attempt = attempt
        self.definition = definition_of(upload)
        records = findings_of(upload)
        self.findings = [record.as_finding for record in records if record.corrected_at is None]
        self.corrected = len(records) - len(self.findings)
        """How many cells of the file were put right on the page."""
        self.refused = sum(map(proposals.is_about_people, records))
        """In how many places of the file personal data stood where none belong."""

    @property
    def gives_fresh(self) -> bool:
        """Its template version is not taken, but what it says goes back in a workbook of the one in force."""
        return self.upload.status is ImportStatus.REFUSED and self.upload.proposal is not None

    @property
    def is_waiting(self) -> bool:
        return self.upload.status is ImportStatus.CHECKED

    @cached_property
    def base_changed(self) -> bool:
        """A choice is always made of what the plan says now."""
        return self.is_waiting and not self.is_to_choose and proposals.base_has_changed(self.upload)

    @property
    def is_to_choose(self) -> bool:
        """The plan went on after the download, and both changed something differently."""
        return self.is_waiting and self.upload.open_conflicts > 0

    @cached_property
    def conflicts(self) -> list[RowOfChoices]:
        merge = merged_of(self.upload) if self.is_to_choose else None
        base = proposals.state_for(self.upload, self.upload.merge_base or "") if merge else None
        if merge is None or base is None:
            return []
        theirs = proposals.from_data(self.upload.theirs or {})
        return conflicts_in_words(merge, base, theirs, self.definition)

    @cached_property
    def can_be_brought_together(self) -> bool:
        """The plan went on after the upload was checked, and it is known what from."""
        return self.base_changed and can_go_on(self.upload)

    @property
    def was_merged(self) -> bool:
        return self.is_waiting and self.upload.merge_base is not None

    @cached_property
    def change(self) -> Change | None:
        """Only while it waits: afterwards the plan has moved on and the comparison would mean nothing."""
        if not self.is_waiting or self.upload.proposal is None:
            return None
        return change_in_words(
            proposals.change_of(self.upload), self.definition, proposals.rows_for(self.upload)
        )

    @cached_property
    def corrections(self) -> Corrections | None:
        """Inputs for what was found, as long as the workbook can still be applied."""
        if not self.is_waiting or self.base_changed or self.is_to_choose:
            return None
        version = self.upload.version
        return corrections_of(
            self.findings,
            proposals.proposed(self.upload),
            self.definition,
            general=covering_plan(version.plan),
            attempt=self.attempt,
        )

    @property
    def gives_back(self) -> bool:
        """The workbook can be had without what was refused in it."""
        return self.is_waiting and not self.base_changed

    @property
    def refused_in_words(self) -> str:
        return ngettext(
            "Personal data stood in one place where none belong. The place is empty now, and the file as it was sent was "
            "not kept. Everything else was checked and can be applied.",
            "Personal data stood in %(num)d places where none belong. The places are empty now, and the file as it was "
            "sent was not kept. Everything else was checked and can be applied.",
            self.refused,
        )

    @property
    def seen(self) -> str:
        return state_of(self.upload)

    @property
    def seen_both(self) -> str:
        return both_states(self.upload)

    @cached_property
    def is_complete(self) -> bool:
        """Nothing of it would stand in the way of submitting the plan."""
        return not any(finding.blocks_submit for finding in self.findings)

    @property
    def title(self) -> str:
        return _("Your workbook") if self.is_waiting else _("An uploaded workbook")

    @cached_property
    def answers(self) -> list[OfflineAnswer]:
        """What the workbook answers to remarks."""
        return answers_in(self.upload) if self.is_waiting else []

    @property
    def answers_to_choose(self) -> int:
        return sum(one.is_to_choose for one in self.answers)

    @property
    def applies(self) -> bool:
        """There is something to apply, and nothing speaks against it."""
        answers = any(one.is_taken for one in self.answers)
        return self.change is not None and (answers or not self.change.is_empty) and self._may_be_applied

    @property
    def sends(self) -> bool:
        """It may go to the animator as it is, also where it says what the plan says."""
        return self.is_waiting and self.is_complete and self.change is not None and self._may_be_applied

    @property
    def _may_be_applied(self) -> bool:
        return not self.base_changed and not self.is_to_choose and not self.answers_to_choose

    @cached_property
    def errors(self) -> int:
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def headline(self) -> str:
        if self.answers_to_choose:
            count = self.answers_to_choose
            return ngettext("One answer to choose", "%(num)d answers to choose", count)
        if self.errors:
            return ngettext("One thing to correct", "%(num)d things to correct", self.errors)
        return _("Ready to apply") if self.applies else _("The workbook says the same as the plan")

    @property
    def text(self) -> str:
        if self.answers_to_choose:
            return _("Somebody answered the same remark online. Say below which answer stays, or keep both.")
        if self.errors and self.corrections is not None:
            return _("Put it right here, without opening the workbook again. Each answer is checked at once.")
        if self.applies and self.is_complete:
            return _(
                "Nothing is wrong. Look at what would change: the plan stays as it is until you apply it."
            )
        if self.applies:
            return _("Look at what would change. The plan stays as it is until you apply the workbook.")
        if self.sends:
            return _("Nothing is wrong and nothing would change.")
        return _("There is nothing to apply.")

    @property
    def said(self) -> str:
        """Read out after a correction."""
        if not self.errors:
            return _("Nothing is left to correct.")
        return ngettext("One thing is left to correct.", "%(num)d things are left to correct.", self.errors)

    @property
    def figures(self) -> list[tuple[str, int, str | None]]:
        """What was counted, each with the place on the page that shows it."""
        notes = len(self.findings) - self.errors
        found = [(_("To correct"), self.errors, "#findings"), (_("To look at"), notes, "#findings")]
        if self.change is not None:
            counted = self.change.difference
            found += [
                (_("New rows"), len(counted.added), "#changes"),
                (_("Changed rows"), len(counted.changed_rows), "#changes"),
                (_("Removed rows"), len(counted.removed), "#changes"),
            ]
        if self.answers:
            found.append((_("Answers to remarks"), len(self.answers), "#answers"))
        return [(label, count, place if count else None) for label, count, place in found]
