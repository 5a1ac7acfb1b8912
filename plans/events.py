"""What can happen to a plan, as its history names it."""

from core.audit import EventKind
from core.i18n import _l


class PlanEvent(EventKind):
    STARTED = "plan.started", _l("Started the plan")
    FILLED_FROM_EXAMPLE = "plan.filled_from_example", _l("Filled in from an example")
    FILLED_FROM_PLAN = "plan.filled_from_plan", _l("Filled in from a published plan")
    UPLOADED = "plan.uploaded", _l("Uploaded a workbook")
    UPLOAD_REFUSED = "plan.upload_refused", _l("A workbook was refused")
    UPLOAD_DISCARDED = "plan.upload_discarded", _l("Put an uploaded workbook aside")
    CHANGED = "plan.changed", _l("Applied an uploaded workbook")
    UPLOAD_CORRECTED = "plan.upload_corrected", _l("Corrected an uploaded workbook on its page")
    UPLOAD_TAKEN_OVER = "plan.upload_taken_over", _l("Put parts of a workbook beside the plan as it is now")
    UPLOAD_MERGED = "plan.upload_merged", _l("Brought a workbook together with the plan as it is now")
    CELLS_CORRECTED = "plan.cells_corrected", _l("Corrected the plan on its page")
    WRITTEN = "plan.written", _l("Wrote in the plan online")
    TEMPLATE_CHANGED = "plan.template_changed", _l("Brought the plan up to a newer template")
    SUBMITTED = "plan.submitted", _l("Submitted for approval")
    WITHDRAWN = "plan.withdrawn", _l("Withdrew the plan")
    REVIEW_STARTED = "plan.review_started", _l("Started the review")
    KEPT = "plan.kept", _l("The review stays with the former animator")
    KEEPING_LAPSED = "plan.keeping_lapsed", _l("The review went over to the animator of the municipality")
    RETURNED = "plan.returned", _l("Returned the plan for changes")
    REVISED = "plan.revised", _l("Started the changes")
    APPROVED = "plan.approved", _l("Approved the plan")
    CONSENTED = "plan.consented", _l("Agreed to publish the plan as soon as it is approved")
    CONSENT_TAKEN_BACK = "plan.consent_taken_back", _l("Took back the agreement to publish on approval")
    CONSENT_LAPSED = (
        "plan.consent_lapsed",
        _l("Not published on approval: who agreed to it may no longer publish"),
    )
    CONSENT_ENDED = (
        "plan.consent_ended",
        _l("The agreement to publish on approval ended with the term of whoever gave it"),
    )
    PUBLISHED = "plan.published", _l("Published the plan")
    PUBLISHED_ON_APPROVAL = (
        "plan.published_on_approval",
        _l("Published the plan on approval, as agreed before"),
    )
    FINAL_FILE = "plan.final_file", _l("Uploaded a final file")
    SUPERSEDED = "plan.superseded", _l("Replaced by a newer published version")
    REOPENED = "plan.reopened", _l("Reopened")
    NEW_ROUND = "plan.new_round", _l("Started a new version")
    CORRECTED = "plan.corrected", _l("The programme office started a correction")
    DRAFT_DELETED = "plan.draft_deleted", _l("Deleted a draft")
    ANSWERED = "plan.answered", _l("Answered a remark")
    ANSWERS_CHOSEN = "plan.answers_chosen", _l("Chose which answer to a remark stays")
    SETTLED = "plan.settled", _l("Settled a remark")
    OPENED_AGAIN = "plan.opened_again", _l("Opened a remark again")
    PUT_IN_USE = "plan.put_in_use", _l("Put the plan in use")
    RESULT_RECORDED = "plan.result_recorded", _l("Recorded what became of a training")
    CARRIED_FORWARD = "plan.carried_forward", _l("Carried trainings forward to the next year")
    TOTALS_SHARED = "plan.totals_shared", _l("Shared the totals with the programme office")
    TOTALS_UNSHARED = "plan.totals_unshared", _l("Stopped sharing the totals with the programme office")
    YEAR_DECLARED = "plan.year_declared", _l("Declared: we keep this year's plan ourselves")
    DECLARATION_WITHDRAWN = "plan.declaration_withdrawn", _l("Took back: we keep this year's plan ourselves")
    TOTALS_EXPORTED = "plan.totals_exported", _l("Took the agreed totals of a year out as a file")
    MOVED_BY_CHANGE = "plan.moved_by_change", _l("Goes on in another partnership, as municipalities changed")
    STOPPED_BY_CHANGE = "plan.stopped_by_change", _l("Stopped, as municipalities changed")
    CLOSED = "plan.closed", _l("Closed the year")
    SHARED = "plan.shared", _l("Shared with the animator")
    UNSHARED = "plan.unshared", _l("Stopped sharing with the animator")
    FEEDBACK_REQUESTED = "plan.feedback_requested", _l("Asked for feedback")
    FEEDBACK_GIVEN = "plan.feedback_given", _l("Gave feedback")
