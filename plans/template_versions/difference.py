"""What a new version of a template changes, in the words of whoever publishes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import _, language
from plans.carrying import Column, Step
from plans.definitions import ColumnDefinition, TemplateDefinition
from plans.template_versions.new_checks import new_requirements
from programme.code_lists import CodeLists


@dataclass(frozen=True)
class Group:
    title: str
    lines: tuple[str, ...]


def difference_in_words(old: TemplateDefinition, new: TemplateDefinition, lists: CodeLists) -> list[Group]:
    """Only what there is something to say about, what people lose first."""
    words = _Words(Step(old, new), {**lists, **old.code_lists, **new.code_lists})
    groups = (
        Group(_("Removed: what stands there is left out, with a warning"), tuple(words.removed())),
        Group(_("Renamed: what stands there goes along"), tuple(words.renamed())),
        Group(_("Added"), tuple(words.added())),
        Group(_("Lists changed"), tuple(words.lists_changed())),
        Group(_("New checks: a warning at first"), tuple(words.checks())),
        Group(_("Other words or limits"), tuple(words.said_otherwise())),
    )
    return [group for group in groups if group.lines]


class _Words:
    def __init__(self, step: Step, lists: CodeLists) -> None:
        self.step, self.lists, self.language = step, lists, language()

    def removed(self) -> Iterable[str]:
        there = {sheet.key for sheet in self.step.new.sheets}
        for sheet in self.step.old.sheets:
            if sheet.key not in there:
                yield _("Sheet %(name)s", name=sheet.name)
        for column in self.step.gone:
            yield self._place(self.step.old, column)

    def renamed(self) -> Iterable[str]:
        for old, new in self.step.renamed.items():
            if old in self.step.old_columns:
                before, after = self._place(self.step.old, old), self._place(self.step.new, new)
                yield _("%(before)s is now %(after)s", before=before, after=after)

    def added(self) -> Iterable[str]:
        there = {sheet.key for sheet in self.step.old.sheets}
        for sheet in self.step.new.sheets:
            if sheet.key not in there:
                yield _("Sheet %(name)s", name=sheet.name)
        for column in self.step.added:
            yield self._place(self.step.new, column)

    def lists_changed(self) -> Iterable[str]:
        for old, new, place in self._both():
            if old.code_list == new.code_list or not old.code_list or not new.code_list:
                continue
            before, after = self.lists[old.code_list], self.lists[new.code_list]
            if before.choices == after.choices:
                continue
            fresh = [after.label(code, self.language) for code in after.codes if code not in before.codes]
            gone = [before.label(code, self.language) for code in before.codes if code not in after.codes]
            yield _(
                "%(place)s: new %(new)s; no longer %(gone)s",
                place=self._place(self.step.new, place),
                new=", ".join(fresh) or "–",
                gone=", ".join(gone) or "–",
            )

    def checks(self) -> Iterable[str]:
        for sheet, column in sorted(new_requirements(self.step), key=str):
            if column is None:
                rows = str(self.step.new.sheet(sheet).min_rows)
                name = self.step.new.sheet(sheet).name
                yield _("%(place)s: at least %(rows)s rows", place=name, rows=rows)
            else:
                place = self._place(self.step.new, (sheet, column))
                yield _("%(place)s has to be filled in", place=place)

    def said_otherwise(self) -> Iterable[str]:
        for old, new, place in self._both():
            if _rest(old) != _rest(new):
                yield self._place(self.step.new, place)

    def _both(self) -> Iterable[tuple[ColumnDefinition, ColumnDefinition, Column]]:
        for old, column in self.step.old_columns.items():
            to = self.step.goes_to(old)
            if to is not None:
                yield column, self.step.columns[to], to

    def _place(self, definition: TemplateDefinition, column: Column) -> str:
        sheet, key = column
        known = definition.sheet(sheet)
        return f"{known.name}, {known.column(key).label.in_language(self.language)}"


def _rest(column: ColumnDefinition) -> tuple[object, ...]:
    """What no other group tells."""
    return (
        *(column.type, column.label, column.help, column.example, column.private, column.personal_data),
        *(column.minimum, column.maximum, column.max_length, column.refers_to, column.prefilled),
    )
