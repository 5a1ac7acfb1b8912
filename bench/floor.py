"""The floor: bare Flask routes that show or change the same, without layout, permissions, sessions and CSRF."""

import csv
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from flask import Flask, Response, current_app, render_template, request
from sqlalchemy import create_engine

from bench import floor_sql as sql
from bench.floor_tasks import NUMBERS, Rules, gathered_for_all
from config import ROOT
from core import clock
from core.workbooks.limits import Limits
from core.workbooks.reader import read_workbook
from municipalities.models import MunicipalityKind
from partnerships.workflow import PartnershipStatus
from plans.columns import NUMBER_TYPES
from plans.definition_files import load_definitions
from plans.definitions import PlanKind, TemplateDefinition
from plans.workflow import PlanStatus
from programme.profile import load_profile
from programme.queries import the_programme
from progress.stages import Stage
from tasks.rules import TaskCode, TaskStatus
from tasks.words import task_label

SHOWN = 50
PROFILE = "mocarze"
CLOCK = ZoneInfo("Europe/Warsaw")


def floor_app(database_url: str, words: Mapping[str, Mapping[Any, str]], rules: Rules) -> Flask:
    """``words``: what the codes of the board are called, made once as a program without languages would have them."""
    app = Flask("floor", template_folder=str(ROOT / "bench" / "templates"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    engine = create_engine(database_url)
    app.extensions["floor"] = engine, words, rules
    _definition()  # read while there is a language for the words of its faults
    app.add_url_rule("/board", view_func=board)
    app.add_url_rule("/board.xlsx", view_func=board_xlsx)
    app.add_url_rule("/board.csv", view_func=board_csv)
    app.add_url_rule("/plans/<int:version>", view_func=plan)
    app.add_url_rule("/plans/<int:version>/approve", view_func=approve, methods=["POST"])
    app.add_url_rule("/upload", view_func=upload, methods=["POST"])
    return app


def words_of_board() -> dict[str, dict[Any, str]]:
    """In the language in force."""
    return {
        "kind": {one.value: str(one.label) for one in MunicipalityKind},
        "stage": {one.value: str(one.label) for one in Stage},
        "partnership": {one.value: str(one.label) for one in PartnershipStatus},
        "status": {one.value: str(one.label) for one in PlanStatus},
        "task": {one.value: str(one.label) for one in TaskStatus},
        "tasks": {number: task_label(one) for number, one in enumerate(TaskCode)},
    }


def rules_of_today() -> Rules:
    programme = the_programme()
    return Rules.of(programme.settings, programme.row.starts_on.year, clock.today())


def _words() -> Mapping[str, Mapping[Any, str]]:
    words: Mapping[str, Mapping[Any, str]] = current_app.extensions["floor"][1]
    return words


def _rules() -> Rules:
    rules: Rules = current_app.extensions["floor"][2]
    return rules


def _ask(*questions: tuple[str, Mapping[str, Any]]) -> list[Sequence[Any]]:
    with current_app.extensions["floor"][0].connect() as connection:
        return [connection.connection.execute(question, given).fetchall() for question, given in questions]


# --- The board -------------------------------------------------------------------------------------------


def _asked() -> tuple[str, dict[str, Any]]:
    """The condition of the address, and its values."""
    which, given = "1", _given()
    if voivodeship := request.args.get("voivodeship"):
        which, given["voivodeship"] = f"{which} AND m.voivodeship_id = :voivodeship", voivodeship
    if word := request.args.get("q", "").lower():
        which, given["word"] = (
            f"{which} AND (m.search_text LIKE :word OR l.search_text LIKE :word)",
            f"%{word}%",
        )
    return which, given


def _given() -> dict[str, Any]:
    """Of today."""
    rules = _rules()
    return {
        "day": date.today().isoformat(),  # noqa: DTZ011 (a floor needs no time zone)
        "visits": rules.visits,
        "recordings": rules.recordings,
    }


def _rows(limit: str = "") -> tuple[list[dict[str, Any]], Sequence[Any]]:
    which, given = _asked()
    stage = request.args.get("stage")
    found, stages = _ask(
        (sql.BOARD.format(which=_at(which, stage), numbers=sql.NUMBERS) + limit, {**given, "stage": stage}),
        (sql.STAGES.format(which=which, joined=_joined()), given),
    )
    return [_row(one, given["day"]) for one in found], stages


def _joined() -> str:
    """What the condition asks about, and nothing else."""
    place = sql.PLACE if "q" in request.args or "voivodeship" in request.args else ""
    return place + (sql.LEADER if "q" in request.args else "")


def _at(which: str, stage: str | None) -> str:
    return f"{which} AND coalesce(v.status, 'no_plan') = :stage" if stage else which


def _row(one: Sequence[Any], day: str) -> dict[str, Any]:
    words = _words()
    tasks, minutes, contact = _rules().gathered(one[sql.OWN], one[sql.OWN + 1 :], day)
    since = datetime.fromisoformat(one[12]).astimezone()
    return {
        "id": one[0], "municipality": one[1], "kind": words["kind"][one[2]], "code": one[3], "county": one[4],
        "voivodeship": one[5], "partnership": words["partnership"][one[6]], "leader": one[7], "animator": one[8],
        "stage": words["stage"][one[9]], "version": one[10], "round": one[11], "since": since.strftime("%d.%m.%Y"),
        "moment": since.replace(tzinfo=None), "days": (datetime.now(UTC) - since).days, "public": one[13],
        "tasks": tasks, "hours": f"{minutes / 60:.1f}", "contact": contact,
    }  # fmt: skip


def board() -> str:
    number = int(request.args.get("page", "1"))
    rows, stages = _rows(f" LIMIT {SHOWN} OFFSET {(number - 1) * SHOWN}")
    return render_template("board.html", rows=rows, stages=stages, words=_words())


EXPORTED = (
    "code", "municipality", "kind", "county", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "settled", "voivodeship", "leader",
    "animator", "stage", "moment", "days", "minutes", "contact",
)  # fmt: skip
MOMENT, DAY = 16, 19
"""Where those stand."""


def _exported() -> list[tuple[Any, ...]]:
    which, given = _asked()
    statements = [sql.BOARD.format(which=which, numbers=""), *(number.of_all for number in NUMBERS)]
    found, *counted = _ask(*((statement, given) for statement in statements))
    numbers = list(gathered_for_all(counted))
    words, rules, today = _words(), _rules(), datetime.now(CLOCK).date()
    rows = []
    for one in found:
        since = datetime.fromisoformat(one[12]).replace(tzinfo=UTC).astimezone(CLOCK).replace(tzinfo=None)
        tasks, minutes, contact = rules.gathered(
            one[sql.OWN], [known.get(one[0]) for known in numbers], given["day"]
        )
        rows.append((
            one[3], one[1], words["kind"][one[2]], one[4], *(words["task"][task] for task in tasks),
            sum(task in ("done", "waived") for task in tasks), one[5], one[7], one[8], words["stage"][one[9]], since,
            (today - since.date()).days, minutes, contact and date.fromisoformat(contact),
        ))  # fmt: skip
    return rows


def board_xlsx() -> Response:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet, moment = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.set_column(MOMENT, MOMENT, 17, moment)
    sheet.write_row(0, 0, EXPORTED)
    for number, row in enumerate(_exported(), start=1):
        for column, value in enumerate(row):
            if column == MOMENT or (column == DAY and value):
                sheet.write_datetime(number, column, value, moment if column == MOMENT else day)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    book.close()
    return Response(target.getvalue(), mimetype="application/octet-stream")


def board_csv() -> Response:
    target = StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(EXPORTED)
    writer.writerows(
        (*row[:MOMENT], row[MOMENT].strftime("%Y-%m-%d %H:%M"), *row[MOMENT + 1 :]) for row in _exported()
    )
    return Response(target.getvalue().encode("utf-8-sig"), mimetype="text/csv")


# --- A plan ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    label: str
    codes: Mapping[str, str]
    refers_to: str | None
    is_number: bool


@cache
def _columns() -> dict[str, dict[str, Column]]:
    profile = load_profile(PROFILE)
    return {
        sheet.key: {
            column.key: Column(
                column.label.in_language("pl"),
                {
                    one.code: one.labels.in_language("pl")
                    for one in profile.code_lists[column.code_list].choices
                }
                if column.code_list
                else {},
                column.refers_to,
                column.type in NUMBER_TYPES,
            )
            for column in sheet.columns
        }
        for sheet in _definition().content_sheets
    }


@cache
def _definition() -> TemplateDefinition:
    return load_definitions(ROOT / "profiles" / PROFILE / "templates")[PlanKind.GENERAL, 1]


def plan(version: int) -> str:
    """What the page shows: rows in words, references with the words they lead to, remarks, versions, history."""
    questions = (sql.PLAN, sql.ENTRIES, sql.REMARKS, sql.VERSIONS, sql.HISTORY)
    head, entries, *others = _ask(*((question, {"version": version}) for question in questions))
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for sheet, uid, values in entries:
        found.setdefault(sheet, []).append((uid, json.loads(values)))
    names = {
        sheet.key: {
            values.get(sheet.code_column or ""): values.get(sheet.text_column or "")
            for _, values in found[sheet.key]
        }
        for sheet in _definition().content_sheets
        if sheet.code_column and sheet.key in found
    }
    sheets = [
        (sheet.title.in_language("pl"), _shown(_columns()[sheet.key], found[sheet.key], names))
        for sheet in _definition().content_sheets
        if sheet.key in found
    ]
    return render_template(
        "plan.html", head=head[0], sheets=sheets, remarks=others[0], versions=others[1], history=others[2],
        words=_words()["status"],
    )  # fmt: skip


Names = Mapping[str, Mapping[Any, Any]]
Row = tuple[str, list[tuple[str, Any]]]


def _shown(
    columns: Mapping[str, Column], rows: Sequence[tuple[str, dict[str, Any]]], names: Names
) -> list[Row]:
    return [
        (uid, [(columns[key].label, _cell(columns[key], value, names)) for key, value in values.items()])
        for uid, values in rows
    ]


def _cell(column: Column, value: Any, names: Names) -> Any:
    if column.refers_to:
        known = names.get(column.refers_to, {})
        return [(code, known.get(code)) for code in (value if isinstance(value, list) else [value])]
    if isinstance(value, list):
        return ", ".join(column.codes.get(one, one) for one in value)
    if column.is_number:
        return f"{float(value):,.2f}".removesuffix(".00").replace(",", " ").replace(".", ",")
    return column.codes.get(value, value)


def approve(version: int) -> Response:
    """The same rows written in one transaction, the same mail promised, with its link."""
    given: dict[str, Any] = {
        "version": version,
        "note": request.form.get("note", ""),
        "now": datetime.now(UTC).replace(tzinfo=None).isoformat(" "),
        "day": date.today().isoformat(),  # noqa: DTZ011 (a floor needs no time zone)
    }
    until = (datetime.now(UTC) + timedelta(days=30)).replace(tzinfo=None).isoformat(" ")
    with current_app.extensions["floor"][0].begin() as connection:
        cursor = connection.connection.cursor()
        for statement in (sql.APPROVE, sql.SETTLE, sql.REMEMBER, sql.REMEMBER_NOTE):
            cursor.execute(statement, given)
        for person, name, address, language, place in cursor.execute(sql.AUTHORS, given).fetchall():
            secret = secrets.token_urlsafe(32)
            link = {"person": person, "hash": sha256(secret.encode()).hexdigest(), "until": until}
            cursor.execute(sql.LINK, {**given, **link})
            body = render_template(
                "approved.txt", name=name, place=place, version=version, note=given["note"], secret=secret
            )
            told = {"person": person, "name": name, "address": address, "language": language, "body": body}
            cursor.execute(sql.PROMISE, {**given, **told, "subject": f"{place}: plan approved"})
    return Response(status=303, headers={"Location": f"/plans/{version}"})


def upload() -> str:
    """Only reads the file, with the same reader."""
    workbook = read_workbook(request.files["file"].read(), limits=Limits())
    return str(sum(len(sheet.rows) for sheet in workbook.sheets))
