"""The process that sends mails is killed again and again: no mail is lost, and only those go out twice that the server
had taken before we could write that down.

``GROMADA_KILLS=200`` kills it 200 times while a thousand mails go out; without it there are fewer of both.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, update

from accounts.models import User
from config import ROOT
from core import clock, mail
from core.database import db, writing
from core.jobs import JobLease
from core.mail import MailStatus, OutboxMail
from core.mail_bundles import BUNDLE
from core.sending import message_id
from tests.support.figures import FIGURE
from tests.support.processes import end

KILLS = int(os.environ.get("GROMADA_KILLS", "25"))
MAILS = 1000 if KILLS >= 200 else KILLS * 8
MAIL_TAKEN, MID_CONVERSATION = 0.6, 0.8
"""So many of the lives end once a mail of theirs was taken, however busy the machine, and so many once the server was
spoken to; the others at any moment since they began."""
READERS = 40
PARTS = 5


class Worker:
    """A process that runs one job over and over, until it is killed without warning."""

    def __init__(self, app, port: int) -> None:
        folder, url = app.config["GROMADA"].data_dir, app.config["SQLALCHEMY_DATABASE_URI"]
        command = (sys.executable, "-m", "tests.core.mail_process", url, str(folder), str(port))
        self._process = subprocess.Popen(
            command, cwd=ROOT, start_new_session=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._says() == "ready"

    def begin(self, job: str) -> int:
        """A life; its number."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{job}\n".encode())
        self._process.stdin.flush()
        return int(self._says())

    def kill(self, life: int) -> None:
        os.kill(life, signal.SIGKILL)
        assert self._says() == str(-signal.SIGKILL)

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        end(self._process)

    def _says(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().decode().strip()


@pytest.fixture
def worker(app, smtp_server) -> Iterator[Worker]:
    begun = Worker(app, smtp_server.port)
    yield begun
    begun.close()


def lease_runs_out() -> None:
    """As a minute later: whoever was killed holds the job no longer."""
    db.session.rollback()
    db.session.execute(update(JobLease).values(owner="", until=clock.now()))
    db.session.commit()


def noted() -> set[str]:
    """Message-IDs of mails that we have written down as sent."""
    db.session.rollback()
    with writing(False):
        keys = db.session.scalars(
            select(OutboxMail.dedupe_key).where(OutboxMail.status == MailStatus.SENT)
        ).all()
        db.session.rollback()
    return {message_id(key, "gromada.example") for key in keys}


def waiting(status: MailStatus = MailStatus.QUEUED) -> int:
    db.session.rollback()
    with writing(False):
        count = db.session.scalar(select(func.count()).where(OutboxMail.status == status)) or 0
        db.session.rollback()
    return count


def lives(kills: int, seconds: float) -> Iterator[float]:
    """How long each lasts: any moment between hardly begun and well under way."""
    chance = random.Random(20261122)
    for _ in range(kills):
        yield chance.uniform(0, seconds)


def test_no_mail_is_lost_and_only_what_the_server_had_taken_goes_out_twice(
    app, smtp_server, worker, record_property
):
    for number in range(MAILS):
        to = SimpleNamespace(
            mail_address=f"reader-{number}@gromada.example", mail_name=f"Reader {number}", mail_language="en"
        )
        mail.queue(to, "accounts/mail/password_changed", dedupe_key=f"mail:{number}")
    db.session.commit()
    expected = {message_id(f"mail:{number}", "gromada.example") for number in range(MAILS)}
    taken_not_noted: Counter[str] = Counter()
    in_flight, longest, chance = 0, 0.05, random.Random(20261122)
    smtp_server.delay["DATA"] = 0.002

    for kill in range(KILLS):
        before = len(smtp_server.mails)
        life = worker.begin("mail.send")
        how_far = chance.random()
        if how_far < MAIL_TAKEN:
            smtp_server.wait_until_taken(before + 1)
        elif how_far < MID_CONVERSATION:
            smtp_server.wait_until_spoken_to()
        time.sleep(chance.uniform(0, longest))
        worker.kill(life)
        smtp_server.wait_until_quiet()
        open_ends = {str(message["Message-ID"]) for message in smtp_server.mails[before:]} - noted()
        assert len(open_ends) <= 1, "at most the one that was under way"
        taken_not_noted.update(open_ends)
        in_flight += len(smtp_server.mails) > before
        longest *= 1.1 if len(smtp_server.mails) < MAILS * (kill + 1) / (KILLS + 1) else 0.9
        lease_runs_out()
    life = worker.begin("mail.send")
    deadline = time.monotonic() + 60
    while waiting() and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.kill(life)

    received = Counter(str(message["Message-ID"]) for message in smtp_server.mails)
    twice = Counter({one: count - 1 for one, count in received.items() if count > 1})
    assert waiting() == 0
    assert set(received) == expected, "none lost, none made up"
    assert twice == taken_not_noted, "only what the server had taken before we could note it"
    assert in_flight >= 0.4 * KILLS
    record_property(
        FIGURE,
        f"mail killed ({db.engine.dialect.name}): {KILLS} kills, {in_flight} while mails went out, {MAILS} mails, "
        f"0 lost, {sum(twice.values())} twice, each taken by the server before it was noted",
    )


def test_a_bundle_is_made_once_whenever_the_process_is_killed(app, make, worker, record_property):
    readers = [make.user() for _ in range(READERS)]
    with clock.at(clock.now() - timedelta(days=2)):
        for reader in readers:
            _hold(reader)
    db.session.commit()
    left = []

    for life_seconds in lives(KILLS, 0.05):
        if not waiting(MailStatus.HELD):
            break
        life = worker.begin("mail.bundle")
        time.sleep(life_seconds)
        worker.kill(life)
        left.append(waiting(MailStatus.HELD))
        lease_runs_out()
    life = worker.begin("mail.bundle")
    deadline = time.monotonic() + 60
    while waiting(MailStatus.HELD) and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.kill(life)

    db.session.rollback()
    bundles = db.session.scalars(select(OutboxMail).where(OutboxMail.template == BUNDLE)).all()
    parts = db.session.scalars(select(OutboxMail).where(OutboxMail.bundle_id.is_not(None))).all()
    assert all(count % PARTS == 0 for count in left), "all of a reader's, or none"
    assert sorted(one.recipient_id or 0 for one in bundles) == [reader.id for reader in readers]
    assert {one.status for one in parts} == {MailStatus.BUNDLED}
    assert Counter(one.bundle_id for one in parts) == {one.id: PARTS for one in bundles}
    record_property(
        FIGURE, f"bundles killed ({db.engine.dialect.name}): {len(left)} kills, {READERS} bundles, each once"
    )


def _hold(reader: User) -> None:
    for number in range(PARTS):
        role = SimpleNamespace(label=f"thing {number}")
        mail.queue(
            reader, "accounts/mail/role_granted", dedupe_key=f"{reader.id}:{number}", role=role, actor=None
        )
