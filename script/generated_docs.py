"""The pages of ``docs/`` that are made from the code, so that neither can say something else than the other."""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule as Route

from accounts.guards import GUARD
from accounts.policy import (
    RULES,
    Advises,
    Anyone,
    AnyoneIf,
    Granted,
    GrantedIf,
    InScope,
    Named,
    OverridesForOthers,
    Permission,
    ReviewsForOthers,
    Rule,
)
from accounts.roles import Role
from app import create_app
from config import ROOT, Config, Mode
from core.i18n import in_language
from plans.definition_files import load_definitions
from plans.definitions import ColumnDefinition, ColumnType, SheetDefinition, TemplateDefinition

PROFILES = ROOT / "profiles"
NOT_A_METHOD_OF_OURS = {"HEAD", "OPTIONS"}
PLACEHOLDER = re.compile(r"<(?:[^:<>]*:)?(\w+)>")
"""``<int(max=9):plan_id>``: what stands there matters, not how it is read."""

MADE_BY = "<!-- Made by script/docs from the code: change it there. -->"

# --- Permissions -----------------------------------------------------------------------------------------

SCOPES = {
    "leader_ids": "own",
    "deputy_ids": "own",
    "deputies_who_submit": "own, with the right to submit",
    "deputies_who_publish": "own, with the right to publish",
    "returning_ids": "own leaves",
    "heirs_who_open": "what has merged into their own, but no evidence with personal data",
    "deputies_who_open": "own, but no evidence with personal data",
    "keeper_leader_ids": "of their own municipality, or that they took in first",
    "keeper_deputy_ids": "of their own municipality, or that they took in first",
    "term_editors": "own, deputies' terms",
    "stand_in_ids": "own, where nobody leads",
    "withdrawer_ids": "own; deputies what they asked for themselves",
    "successor_ids": "whoever is asked to take over",
    "heir_ids": "what has merged into their own",
    "owner_ids": "own",
    "asker_ids": "what they asked for themselves",
    "author_ids": "own",
}
CLAIMS = {
    "open_to_office": "general plans; annual ones only if they were submitted",
    "open_to_animator": "assigned, once submitted or shared",
    "is_shared": "shared ones",
    "is_kept": "frozen ones",
    "is_of_animator": "assigned, consultation cards only",
    "is_written_by_office": "versions the office began itself, and plans of partnerships without a leader",
    "is_leaderless": "partnerships without a leader",
    "is_public": "all but drafts",
}
"""What a rule about a record means in words. A scope or claim that is missing here stops the script."""


def permissions(app: Flask) -> str:
    """Every address, the permission it asks for, and who has that."""
    return _page(
        "Who may open what",
        "A person who is not signed in is sent to the sign-in page. A page that is not for the person's role answers "
        "403. A record that the person may not see answers 404, exactly as one that does not exist.",
        "## Permissions and roles",
        "The rules themselves are in `accounts/policy.py`.",
        _table(["permission", *Role], ([f"`{each}`", *_words_by_role(each)] for each in Permission)),
        "## Addresses",
        "HEAD is answered like GET. “Everybody” needs no sign-in.",
        _table(["address", "methods", "permission", "roles"], _route_rows(app)),
    )


def _words_by_role(permission: Permission) -> Iterator[str]:
    for role in Role:
        words = [_words(rule) for rule in RULES[permission] if rule.role in (role, None)]
        yield "; ".join(words) or "–"


def _words(rule: Rule) -> str:
    match rule:
        case Anyone() | Granted():
            return "all"
        case GrantedIf(claim=claim) | AnyoneIf(claim=claim) | Advises(claim=str(claim)):
            return CLAIMS[claim]
        case InScope(scope=scope) | Named(scope=scope):
            return SCOPES[scope]
        case Advises():
            return "assigned"
        case ReviewsForOthers():
            return "assigned, never a partnership of their own"
        case OverridesForOthers():
            return "with a reason, never a partnership of their own"
    raise LookupError(f"no words for {rule}")


def _route_rows(app: Flask) -> Iterator[list[str]]:
    for route in sorted(app.url_map.iter_rules(), key=lambda route: route.rule):
        methods = sorted((route.methods or set()) - NOT_A_METHOD_OF_OURS)
        address = PLACEHOLDER.sub(r"<\1>", route.rule)
        yield [f"`{address}`", ", ".join(methods), *_needed(app, route)]


def _needed(app: Flask, route: Route) -> tuple[str, str]:
    guard = getattr(app.view_functions[route.endpoint], GUARD, None)
    if isinstance(guard, Permission):
        roles = [role for role in Role if any(rule.role in (role, None) for rule in RULES[guard])]
        return f"`{guard}`", "all" if len(roles) == len(Role) else ", ".join(roles)
    return "–", "everybody, in a demonstration only" if route.rule.startswith("/dev/") else "everybody"


# --- Columns of the templates ----------------------------------------------------------------------------

KINDS = {
    ColumnType.TEXT: "text",
    ColumnType.LONG_TEXT: "text of several lines",
    ColumnType.WHOLE_NUMBER: "whole number",
    ColumnType.DECIMAL: "number",
    ColumnType.MONEY: "amount in PLN",
    ColumnType.YEAR: "year",
    ColumnType.DATE: "day",
    ColumnType.CHOICE: "one of a list",
    ColumnType.CHOICES: "some of a list",
    ColumnType.REFERENCE: "code of a row",
    ColumnType.REFERENCES: "codes of rows",
    ColumnType.CODE: "the row's own code",
    ColumnType.EMAIL: "e-mail address",
}


def template_columns(profiles: Path = PROFILES) -> str:
    """Every template of every profile, sheet by sheet."""
    parts: list[str] = []
    for profile in sorted(path for path in profiles.iterdir() if path.is_dir()):
        found = load_definitions(profile / "templates")
        for kind, version in sorted(found):
            parts += _template(profile.name, found[kind, version])
    return _page(
        "Columns of the plan templates",
        "Made from `profiles/*/templates/*.toml`, like the workbooks themselves, the import check and the instructions "
        "on the pages. On a sheet the labels stand in row 3, the keys in row 4 and the rows of the plan from row 5.",
        *parts,
    )


def _template(profile: str, definition: TemplateDefinition) -> Iterator[str]:
    yield f"## {definition.code} {definition.version} ({profile})"
    yield f"{definition.title.in_language('en')} (“{definition.title.in_language('pl')}”)."
    for sheet in definition.sheets:
        yield f"### {sheet.name}"
        yield _about(sheet)
        if sheet.columns:
            headings = ["key", "label (pl)", "label (en)", "what", "required", "limits", "more"]
            yield _table(headings, (_column_row(column) for column in sheet.columns))


def _about(sheet: SheetDefinition) -> str:
    facts = [f"`{sheet.key}`: {sheet.title.in_language('en')}", sheet.layout.value]
    if sheet.min_rows:
        facts.append(f"at least {sheet.min_rows} row{'s' if sheet.min_rows > 1 else ''}")
    if sheet.in_short:
        facts.append("also in the short workbook")
    return "; ".join(facts) + "."


def _column_row(column: ColumnDefinition) -> list[str]:
    return [
        f"`{column.key}`",
        column.label.in_language("pl"),
        column.label.in_language("en"),
        _kind(column),
        _required(column),
        _limits(column),
        "; ".join(_more(column)),
    ]


def _kind(column: ColumnDefinition) -> str:
    of = column.code_list or column.refers_to
    return f"{KINDS[column.type]} (`{of}`)" if of else KINDS[column.type]


def _required(column: ColumnDefinition) -> str:
    if column.required_when:
        return "if `{}` is `{}`".format(*column.required_when)
    if column.required_unless:
        return f"if `{column.required_unless}` is empty"
    return "yes" if column.required else ""


def _limits(column: ColumnDefinition) -> str:
    low, high = column.minimum, column.maximum
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None or high is not None:
        return f"from {low}" if low is not None else f"up to {high}"
    return f"{column.max_length} characters" if column.max_length else ""


def _more(column: ColumnDefinition) -> Iterator[str]:
    if column.prefilled:
        yield "filled in from the register"
    if column.private:
        yield "never public"


# --- Markdown --------------------------------------------------------------------------------------------


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([MADE_BY, f"# {title}", *parts]) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


# --- All of them -----------------------------------------------------------------------------------------


def documents(app: Flask) -> dict[str, str]:
    """Path in the project and text of every page."""
    with app.app_context(), in_language("en"):
        return {"docs/permissions.md": permissions(app), "docs/template-columns.md": template_columns()}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            mode=Mode.DEMO,
            secret_key="only-to-see-the-addresses",  # noqa: S106 - nothing is signed with it
            public_url="http://localhost",
            data_dir=Path(folder),
            database_url=f"sqlite:///{folder}/never-opened.sqlite3",
        )
        for path, text in documents(create_app(config)).items():
            (ROOT / path).write_text(text)
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
