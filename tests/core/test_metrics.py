"""Figures for whoever watches: with the token only, and without anybody's name."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.database import db
from core.jobs import Job, daily_at, known_jobs, run_once
from core.jobs.running import say_alive
from core.mail import MailStatus, OutboxMail

TOKEN = "a-token-for-tests-that-is-long"


@pytest.fixture
def watched(app, config) -> Iterator[None]:
    app.config["GROMADA"] = replace(config, metrics_token=TOKEN)
    yield
    app.config["GROMADA"] = config


def figures(client, token=TOKEN):
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def a_mail(key, status):
    db.session.add(
        OutboxMail(
            dedupe_key=key, to_address=f"{key}@gromada.example", to_name="Anna Kowalska", language="pl",
            subject="Sprawa", body="Treść", status=status,
        )
    )  # fmt: skip
    db.session.commit()


def test_without_a_token_in_the_settings_there_is_no_such_page(client):
    answers = [client.get("/metrics"), client.get("/metrics", headers={"Authorization": "Bearer None"})]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer ł"]
)
def test_whoever_brings_another_token_is_told_there_is_no_such_page(client, watched, sent):
    assert client.get("/metrics", headers={"Authorization": sent}).status_code == 404


def test_jobs_and_mail_are_told_in_figures(app, client, clock, watched):
    def fail():
        raise OSError("full of anna@gromada.example")

    tidy = known_jobs(app)["accounts.tidy"]
    run_once(app, tidy)
    run_once(app, Job("accounts.tidy", fail, daily_at(4, 40)))
    say_alive("one", clock.now)
    a_mail("one", MailStatus.QUEUED)
    a_mail("sent", MailStatus.SENT)
    a_mail("failed", MailStatus.FAILED)
    clock.tick(seconds=90)

    found = figures(client)

    assert found == {
        'gromada_job_runs_total{job="accounts.tidy"}': 2,
        'gromada_job_failures_total{job="accounts.tidy"}': 1,
        'gromada_job_failed{job="accounts.tidy"}': 1,
        'gromada_job_last_success_age_seconds{job="accounts.tidy"}': 90,
        "gromada_job_process_seen_age_seconds": 90,
        'gromada_outbox_mails{status="waiting"}': 1,
        'gromada_outbox_mails{status="failed"}': 1,
        "gromada_outbox_oldest_waiting_age_seconds": 90,
    }


def test_they_cost_three_questions_however_much_there_is(app, client, clock, watched, count_queries):
    for job in list(known_jobs(app).values())[:8]:
        run_once(app, job)

    with count_queries() as queries:
        figures(client)

    assert queries.count == 3, str(queries)


def test_a_token_that_can_be_guessed_is_refused_at_the_start():
    from config import Config, ConfigurationError

    with pytest.raises(ConfigurationError, match="METRICS_TOKEN is too short"):
        Config.from_environment({"GROMADA_MODE": "demo", "METRICS_TOKEN": "short", "SECRET_KEY": "x" * 40})
