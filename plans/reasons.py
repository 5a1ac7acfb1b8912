"""The sentence for every reason a finding can have: what is wrong, and what to do about it.

Placeholders are filled from the finding's params. ``%(wanted)s`` is what the column expects, in half a sentence.
"""

from dataclasses import dataclass

from core.i18n import LazyString, _l


@dataclass(frozen=True)
class ReasonText:
    problem: LazyString
    expected: LazyString | None = None
    shows_example: bool = False


ENTER = _l("Enter: %(wanted)s.")

NOT_NAMED = _l("What stands here cannot be taken over.")
"""Instead of a sentence that names what was found, where naming it could name a person."""


NOTHING_TO_DO = _l("Nothing needs doing.")


def _cell(problem: LazyString, expected: LazyString = ENTER) -> ReasonText:
    return ReasonText(problem, expected, shows_example=True)


REASONS: dict[str, ReasonText] = {
    # The file
    "wrong_template": ReasonText(
        _l("This workbook is for the other kind of plan."),
        _l("Upload it on the page of the plan it belongs to."),
    ),
    "wrong_programme": ReasonText(
        _l("This workbook belongs to another programme."),
        _l("Download a fresh workbook from this plan's page."),
    ),
    "wrong_municipality": ReasonText(
        _l("This workbook belongs to another municipality."),
        _l("Download a fresh workbook from this plan's page."),
    ),
    "wrong_plan": ReasonText(
        _l("This workbook belongs to another plan."), _l("Upload it on the page of the plan it belongs to.")
    ),
    "not_recognised": ReasonText(
        _l("This is not a plan workbook."), _l("Download a fresh workbook from this plan's page.")
    ),
    "template_not_accepted": ReasonText(
        _l("This version of the template is not accepted."),
        _l("Download a fresh workbook and copy your changes into it."),
    ),
    "older_template": ReasonText(
        _l("The workbook follows version %(found)s of the template. The current version is %(current)s."),
        _l("Your texts were carried over. Look through the differences."),
    ),
    "column_gone": ReasonText(
        _l("“%(column)s” is no longer part of the plan."),
        _l("If its text still matters, move it to another place."),
    ),
    "column_renamed": ReasonText(
        _l("“%(before)s” is now called “%(column)s”. What was in it stands there."), NOTHING_TO_DO
    ),
    "column_new": ReasonText(
        _l("“%(column)s” is new: what you know about it can be written there."), NOTHING_TO_DO
    ),
    "value_replaced": ReasonText(_l("“%(was)s” is now “%(after)s”."), NOTHING_TO_DO),
    "value_gone": ReasonText(
        _l("“%(was)s” is no longer in the list, so it was left out."),
        _l("Choose another value: %(wanted)s."),
    ),
    "value_unfit": ReasonText(
        _l("What stood here does not fit the new version of the template, so it was left out."), ENTER
    ),
    "retired_template": ReasonText(
        _l("The workbook follows version %(found)s of the template, which is no longer accepted."),
        _l("Take the fresh workbook below: what you wrote is filled in. Look it through and upload it."),
    ),
    "newer_template": ReasonText(
        _l("The workbook follows version %(found)s of the template, which is not known here."),
        _l("Take the fresh workbook below: what could be read is filled in. Look it through and upload it."),
    ),
    "base_changed": ReasonText(
        _l("Somebody changed the plan after this workbook was downloaded."),
        _l("Compare both before you apply it."),
    ),
    # Its sheets and columns
    "no_header": ReasonText(
        _l("The headings of this sheet are missing, so it was not read."),
        _l("Leave the headings as they are, or download a fresh workbook."),
    ),
    "not_in_file": ReasonText(
        _l("The file does not have this, so it cannot be compared with the approved plan."),
        _l("Upload the whole workbook."),
    ),
    "too_many_rows": ReasonText(
        _l("Only the first %(rows)s rows were read."), _l("Remove rows that are not needed.")
    ),
    "rows_after_gap": ReasonText(
        _l("More than %(rows)s empty rows stand before this one, so nothing below them was read."),
        _l("Move the rows up, next to the others."),
    ),
    "duplicate_row": ReasonText(
        _l("This row is a copy of row %(row)s. It was taken as a new row."),
        _l("If it is not needed, remove it."),
    ),
    "unknown_remark": ReasonText(
        _l("There is no remark “%(remark)s” on this plan. The answer beside it was not taken."),
        _l("Write it in the row of the remark it belongs to."),
    ),
    "remark_settled": ReasonText(
        _l("The remark “%(remark)s” is settled already. The answer beside it was not taken."), NOTHING_TO_DO
    ),
    "answer_without_words": ReasonText(
        _l("Beside the remark “%(remark)s” it says that nothing was changed, but not why."),
        _l("Say in one sentence why you left it."),
    ),
    "unknown_column": ReasonText(
        _l("The column “%(column)s” does not belong to the plan and was passed over."), NOTHING_TO_DO
    ),
    "merged_cells": ReasonText(
        _l("The cells %(range)s are merged. What stands in them was taken for each of their rows."),
        _l("Split the cells if it is meant for one row only."),
    ),
    "repeated_column": ReasonText(
        _l("The column “%(column)s” is there twice. Only the first one was read."), _l("Remove one of them.")
    ),
    "unknown_sheet": ReasonText(
        _l("The sheet “%(sheet)s” does not belong to the plan and was passed over."), NOTHING_TO_DO
    ),
    # One cell
    "required": _cell(_l("This field is empty, but the plan needs it.")),
    "required_soon": _cell(
        _l("This field is empty. The new version of the template needs it; from %(from_day)s it is an error.")
    ),
    "required_here": _cell(_l("This field is empty, but this row needs it.")),
    "required_one_of": _cell(_l("Either this field or “%(other)s” has to be filled in.")),
    "not_in_list": ReasonText(_l("“%(found)s” is not on the list."), _l("Choose %(wanted)s.")),
    "retired_choice": ReasonText(
        _l("“%(was)s” has not been offered since %(since)s."),
        _l("Where it stood before it may stay. In a new row choose %(wanted)s."),
    ),
    "number": _cell(_l("“%(found)s” is not a number.")),
    "number_ambiguous": _cell(_l("“%(found)s” can be read in two ways.")),
    "not_whole": _cell(_l("“%(found)s” is not a whole number.")),
    "too_small": _cell(_l("%(found)s is too small.")),
    "too_large": _cell(_l("%(found)s is too large.")),
    "too_long": ReasonText(
        _l("The text is too long: it has %(length)s characters, and %(maximum)s fit here."),
        _l("Shorten the text."),
    ),
    "date": _cell(_l("“%(found)s” is not a date.")),
    "date_impossible": _cell(_l("There is no such day as “%(found)s”.")),
    "date_far": _cell(_l("The year in “%(found)s” cannot be right.")),
    "code": _cell(_l("“%(found)s” cannot be a code.")),
    "email_address": _cell(_l("“%(found)s” is not an e-mail address.")),
    "cell_error": _cell(_l("The formula in this cell ends in an error: %(found)s.")),
    "not_worked_out": _cell(
        _l("The result of the formula in this cell is not in the file."),
        _l("Type the result in, or open the workbook in a spreadsheet program, save it and send it again."),
    ),
    # References
    "broken_reference": _cell(
        _l("“%(found)s” was not found on the sheet %(refers_to)s."),
        _l("Enter a code or a text from that sheet."),
    ),
    "nothing_to_refer_to": ReasonText(
        _l("“%(found)s” points to the sheet %(refers_to)s, which is still empty."),
        _l("Fill in that sheet first."),
    ),
    "no_general_plan": ReasonText(
        _l(
            "There is no general plan for this year yet, so lines, goals and groups cannot be compared with it."
        ),
        NOTHING_TO_DO,
    ),
    # Rows
    "rows_missing": ReasonText(
        _l("This sheet does not have enough rows."), _l("Add rows. At least this many are needed: %(rows)s.")
    ),
    "rows_missing_soon": ReasonText(
        _l("This sheet does not have enough rows. From %(from_day)s that is an error."),
        _l("Add rows. At least this many are needed: %(rows)s."),
    ),
    "no_recommendation": ReasonText(
        _l("There is no recommendation yet."), _l("Write at least one, and say whom it is for.")
    ),
    "row_repeated": ReasonText(
        _l("This row says the same as row %(first)s."), _l("Change it, or remove one of the two.")
    ),
    "code_repeated": ReasonText(
        _l("The code %(row_code)s already belongs to row %(first)s."),
        _l("Give this row another code, or leave it empty."),
    ),
    # Period
    "years_not_consecutive": ReasonText(
        _l("The years do not fit: a plan covers this many consecutive years: %(years)s."),
        _l("Correct the years."),
    ),
    "years_of_another_plan": ReasonText(
        _l("This plan is for the years %(year_from)s to %(year_to)s."), _l("Correct the years.")
    ),
    "year_of_another_plan": ReasonText(_l("This plan is for the year %(year)s."), _l("Correct the year.")),
    "date_outside": ReasonText(
        _l("%(found)s is not a day of %(year)s, the year of this plan."), _l("Enter a day of that year.")
    ),
    "dates_reversed": ReasonText(
        _l("The last day (%(found)s) comes before the first day (%(first)s)."),
        _l("Swap or correct the dates."),
    ),
    # Figures
    "part_above_total": ReasonText(
        _l("%(part)s is more than “%(total_column)s”, which is %(total)s."),
        _l("Correct one of the two numbers."),
    ),
    "far_from_general_trainings": ReasonText(
        _l(
            "Trainings: %(planned)s here, %(general)s in the general plan for %(year)s (%(percent)s percent apart)."
        ),
        _l("Check the numbers. If the plans have changed, this is only a note."),
    ),
    "far_from_general_hours": ReasonText(
        _l(
            "Hours: %(planned)s here, %(general)s in the general plan for %(year)s (%(percent)s percent apart)."
        ),
        _l("Check the numbers. If the plans have changed, this is only a note."),
    ),
    "far_from_general_persons": ReasonText(
        _l(
            "People: %(planned)s here, %(general)s in the general plan for %(year)s (%(percent)s percent apart)."
        ),
        _l("Check the numbers. If the plans have changed, this is only a note."),
    ),
    # What can hardly be meant
    "goal_without_need": ReasonText(_l("This goal answers no need."), _l("Enter the codes of its needs.")),
    "need_without_goal": ReasonText(
        _l("No goal answers this need."), _l("Add its code to a goal, or leave it for later years.")
    ),
    "target_below_baseline": ReasonText(
        _l("The target (%(target)s) is below the value today (%(baseline)s)."),
        _l("Check both numbers. For something that should fall, this is right."),
    ),
    "line_without_trainings": ReasonText(
        _l("This line has no trainings in any year."),
        _l("Enter how many trainings there will be, or remove the line."),
    ),
    "trainings_without_hours": ReasonText(
        _l("Trainings are planned for this year (%(trainings)s), but no hours."), _l("Enter the hours.")
    ),
    "hours_without_trainings": ReasonText(
        _l("Hours are planned for this year (%(hours)s), but no trainings."),
        _l("Enter the number of trainings."),
    ),
    "more_persons_than_group": ReasonText(
        _l("More people (%(persons)s) than the group has (%(size)s)."), _l("Correct one of the two numbers.")
    ),
    "held_in_future": ReasonText(
        _l("The training is said to be held on %(date)s, which is still to come."),
        _l("Correct the date, or enter the result once it has taken place."),
    ),
    "result_of_open_training": ReasonText(
        _l("There is a result, but the status does not say that the training took place."),
        _l("Set the status to done, or empty the result."),
    ),
    "quarter_of_another_date": ReasonText(
        _l("%(date)s lies in another quarter."), _l("Correct the quarter or the date.")
    ),
    # Personal data
    "pesel": ReasonText(
        _l("A PESEL number stands here. It must never be in a plan."),
        _l("Remove it. How many people is enough."),
    ),
    "phone": ReasonText(
        _l("A telephone number stands here. This field is not meant for contacts."), _l("Remove it.")
    ),
    "email": ReasonText(
        _l("An e-mail address stands here. This field is not meant for contacts."), _l("Remove it.")
    ),
    "name_list": ReasonText(
        _l("A list of people stands here. A plan holds numbers, not names."),
        _l("Enter how many people, not who."),
    ),
    "person_name": ReasonText(
        _l("This looks like a person's name. The plan will be public."),
        _l("Enter the organisation or the position instead."),
    ),
    "private_mailbox": ReasonText(
        _l("This looks like a private mailbox."), _l("Use the organisation's address if it has one.")
    ),
    "personal_in_comment": ReasonText(
        _l("A comment on the sheet “%(sheet)s” holds personal data. It was not taken over."), NOTHING_TO_DO
    ),
    "personal_beside": ReasonText(
        _l("Beside the plan, on the sheet “%(sheet)s”, stand personal data. They were not taken over."),
        NOTHING_TO_DO,
    ),
    "personal_on_page": ReasonText(
        _l(
            "A header, a footer or a text box of the sheet “%(sheet)s” holds personal data. It was not taken over."
        ),
        NOTHING_TO_DO,
    ),
    "personal_in_sheet_name": ReasonText(
        _l("The name of sheet number %(sheet)s holds personal data. It was not taken over."), NOTHING_TO_DO
    ),
    "personal_in_properties": ReasonText(
        _l("The properties of the document hold personal data. They were not taken over."), NOTHING_TO_DO
    ),
}
