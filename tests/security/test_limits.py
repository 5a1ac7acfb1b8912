"""Too much of anything is refused early, and what goes wrong inside stays inside."""

import gc
import io
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from core.database import db
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.stage import Answer, Stage

MEGABYTE = 1024 * 1024


def upload_path(stage: Stage) -> str:
    return stage.address("plans.upload", **stage.world.record("version", "adraft draft").values)


def multipart(size: int, token: str) -> tuple[bytes, str]:
    boundary = "b0und4ry"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="plan.xlsx"\r\n\r\n'
    )
    return (
        head.encode() + b"0" * size + f"\r\n--{boundary}--\r\n".encode(),
        f"multipart/form-data; boundary={boundary}",
    )


def is_too_large(answer: Answer) -> bool:
    return answer.status == 413 and "The file is too large" in answer.text and answer.flaws == []


def test_a_file_over_the_limit_gets_a_page_that_says_so(stage):
    body, kind = multipart(6 * MEGABYTE, stage.browser("leader").token)
    before = stage.fingerprint()

    answer = stage.ask("leader", "POST", upload_path(stage), data=body, content_type=kind)

    assert is_too_large(answer)
    assert stage.fingerprint() == before


def test_a_file_whose_length_nobody_tells_is_not_read_for_ever(stage):
    body, kind = multipart(7 * MEGABYTE, stage.browser("leader").token)
    stream = io.BytesIO(body)

    with half_read_files():
        answer = stage.ask(
            "leader", "POST", upload_path(stage), input_stream=stream, content_type=kind,
            headers={"Transfer-Encoding": "chunked"}, environ_overrides={"wsgi.input_terminated": True},
        )  # fmt: skip

    assert is_too_large(answer)
    assert stream.tell() <= 6 * MEGABYTE + 64 * 1024


@contextmanager
def half_read_files() -> Iterator[None]:
    """Werkzeug leaves what it was writing when a body was cut off to the garbage collector, which would warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def test_a_length_that_is_a_lie_changes_nothing(stage):
    body, kind = multipart(1000, stage.browser("leader").token)

    for length in ("99999999999", "-1", "abc", "0"):
        answer = stage.ask(
            "leader", "POST", upload_path(stage), input_stream=io.BytesIO(body), content_type=kind,
            environ_overrides={"CONTENT_LENGTH": length},
        )  # fmt: skip

        assert answer.status in (400, 413)
        assert answer.flaws == []


@pytest.mark.parametrize(
    "fields",
    [
        {f"field{number}": "x" for number in range(100_000)},
        {"name": "x" * 2 * MEGABYTE},
        {"name": ["x"] * 50_000},
    ],
    ids=["many names", "one long value", "one name many times"],
)
def test_a_form_beyond_reason_is_refused_at_once(stage, fields):
    began = time.process_time()

    answer = stage.ask("leader", "POST", "/account", fields)

    assert answer.status in (400, 413)
    assert answer.flaws == []
    assert time.process_time() - began < 5, "not a measurement: it would be minutes if nobody looked"


IN_PARTS = b'--b0und4ry\r\nContent-Disposition: form-data; name="name"\r\n\r\n%s\r\n--b0und4ry--\r\n'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"name=%s", "application/x-www-form-urlencoded"),
        (IN_PARTS, "multipart/form-data; boundary=b0und4ry"),
    ],
)
def test_whoever_typed_too_much_is_not_told_about_files(stage, body, kind):
    answer = stage.ask("leader", "POST", upload_path(stage), data=body % (b"x" * MEGABYTE), content_type=kind)

    assert (answer.status, answer.flaws) == (413, [])
    assert "Shorten what you typed and send it again." in answer.text
    assert "file is too large" not in answer.text


def test_a_form_in_many_parts_is_refused(stage):
    parts = {f"field{number}": "x" for number in range(3000)}

    answer = stage.ask("leader", "POST", "/account", parts, content_type="multipart/form-data")

    assert answer.status == 413
    assert answer.flaws == []


@pytest.mark.parametrize("size", [100, 10_000])
def test_an_address_with_endless_questions_is_answered(stage, size):
    answer = stage.ask(
        "office", "GET", "/people", query_string="&".join(f"q{number}=x" for number in range(size))
    )

    assert (answer.status, answer.flaws) == (200, [])


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "multipart/form-data", "x/y; charset=\x00", ""]
)
def test_a_body_of_another_kind_is_no_form(stage, kind):
    answer = stage.ask("leader", "POST", "/account", data=b'{"a": ' * 5_000, content_type=kind)

    assert (answer.status, answer.flaws) == (400, [])


# --- Paths -----------------------------------------------------------------------------------------------

PATHS = (
    "/static/../config.py", "/static/..%2fconfig.py", "/static/%2e%2e/config.py", "/static/..%5cconfig.py",
    "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/css/../../app.py", "/static/.git/config",
    "/static/css%00.css", "/.git/config", "/.env", "/var/gromada.sqlite3", "/app.py", "/uploads/../config.py",
    "/en/municipalities/..%2f..%2fconfig.py/plan.xlsx", "/instructions/../../config", "/instructions/general.toml",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_only_files_that_are_meant_to_be_served_are(stage, path):
    answer = stage.ask(VISITOR, "GET", path)

    assert answer.status in (308, 400, 404)
    assert "SECRET_KEY" not in answer.text
    assert "root:" not in answer.text


# --- Failures --------------------------------------------------------------------------------------------


def forget_a_table(stage: Stage, name: str) -> None:
    with stage.app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO {name}_gone"))


@pytest.fixture
def in_order(stage: Stage) -> Iterator[None]:
    yield
    stage.restore()


@pytest.mark.usefixtures("in_order")
@pytest.mark.parametrize("table", ["plan_entry", "programme", "sign_in_session"])
@pytest.mark.parametrize(("who", "path"), [("leader", "/plans/{version_id}"), (VISITOR, "/en/")])
def test_a_broken_database_tells_nothing_of_itself(stage, caplog, table, who, path):
    version = stage.world.record("version", "adraft draft").values
    stage.browser(who)
    forget_a_table(stage, table)

    answer = stage.ask(who, "GET", path.format(**version))

    failed = answer.status in (500, 503)
    assert failed or (table, who) in {("plan_entry", VISITOR), ("sign_in_session", VISITOR)}
    assert set(answer.flaws) - {"failed"} == set()
    assert not failed or (answer.text.count("<code>") == 1 and "Traceback" in caplog.text)


@pytest.mark.usefixtures("in_order")
def test_a_file_that_is_gone_tells_nothing_of_where_it_was(stage, run_folder):
    upload = stage.world.record("upload", "adraft").values
    for stored in (run_folder / "data" / "files").rglob("*"):
        if stored.is_file():
            stored.unlink()

    answer = stage.ask("leader", "GET", stage.address("plans.uploaded_file", **upload))

    assert (answer.status, answer.flaws) == (500, ["failed"])
    assert str(run_folder) not in answer.text


def test_error_pages_tell_no_version(stage):
    answers = [
        stage.ask(VISITOR, "GET", "/no/such/page"),
        stage.ask("leader", "GET", "/people"),
        stage.ask("leader", "POST", "/account", {}, token=""),
        stage.ask("leader", "POST", "/home", {}),
    ]

    assert [answer.status for answer in answers] == [404, 403, 400, 405]
    assert [answer.flaws for answer in answers] == [[], [], [], []]
    assert {answer.headers.get("Server", "") for answer in answers} == {""}
