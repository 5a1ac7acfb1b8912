"""The process that runs jobs.

Every second it asks the database what is due and has not been dealt with, and gives that to APScheduler, which runs each
job in a thread of its own. So what was missed is caught up, two processes share the work, and no memory can be wrong.
APScheduler's own timetables are not used: they fire twice in the night in which the clock goes back, forget what was due
while nothing ran, and stand still for as long as a clock is put back.
"""

import logging
import os
import signal
import time
from datetime import datetime
from threading import BoundedSemaphore, Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from core import clock
from core.database import db, writing
from core.jobs import running
from core.jobs.known import Job, known_jobs
from core.jobs.models import JobLease
from core.jobs.running import Turn
from core.jobs.stopping import tell_to_stop

logger = logging.getLogger(__name__)

BEAT_SECONDS = 1.0
AT_ONCE = 3
"""After a stop of days everything is due at once, and on SQLite only one can write."""
PATIENCE_SECONDS = 30
"""So long a job waits for its turn; then it goes on beside those that hang."""
GOODBYE_SECONDS = 12.0


class Runner:
    """Runs what is due until it is told to stop."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._jobs = known_jobs(app)
        self._instance = running.made_up_name()
        self._started_at = clock.now()
        self._turns: dict[str, Turn | None] = {}
        """By name what has been given to APScheduler; None as long as it waits."""
        self._lock = Lock()
        self._room = BoundedSemaphore(AT_ONCE)
        self._renewed_at = float("-inf")
        self._is_stopping = False
        self._scheduler = BackgroundScheduler(
            timezone=clock.LOCAL_ZONE,
            executors={"default": ThreadPoolExecutor(len(self._jobs) + 1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._scheduler.start()
        while not self._is_stopping:
            self._beat()
            time.sleep(BEAT_SECONDS)
        self._say_goodbye()

    def _stop(self, *_: object) -> None:
        self._is_stopping = True
        tell_to_stop()

    def _beat(self) -> None:
        """A database that is away for a while is asked again a second later."""
        with self._app.app_context():
            try:
                if time.monotonic() - self._renewed_at >= running.RENEW_SECONDS:
                    self._renew()
                self._look()
            except SQLAlchemyError as error:
                db.session.rollback()
                logger.warning("the database did not answer: %s", type(error).__name__)

    def _renew(self) -> None:
        if self._renewed_at == float("-inf"):
            running.make_rows(list(self._jobs.values()))
            db.session.commit()
        now = clock.now()
        with self._lock:
            turns = [turn for turn in self._turns.values() if turn]
        running.renew([turn for turn in turns if now - turn.started_at < turn.job.longest])
        running.say_alive(self._instance, self._started_at)
        self._renewed_at = time.monotonic()

    def _look(self) -> None:
        with writing(False):
            leases = list(db.session.scalars(select(JobLease)))
            db.session.expunge_all()
            db.session.rollback()
        for lease in leases:
            job = self._jobs.get(lease.name)
            if job is not None and lease.name not in self._turns:
                self._consider(job, lease)

    def _consider(self, job: Job, lease: JobLease) -> None:
        now = clock.now()
        if running.is_ahead(job, lease, now):
            running.put_right(job, lease)
            return
        due = running.what_is_due(job, lease, now)
        somebody_runs_it = (
            lease.owner != "" and now <= lease.until <= now + job.lease + running.CLOCKS_DIFFER_BY
        )
        if somebody_runs_it or (due is None and lease.requested_at is None):
            return
        with self._lock:
            self._turns[job.name] = None
        self._scheduler.add_job(
            self._work, args=(job, lease, due), id=f"{job.name} {running.made_up_name()}", name=job.name
        )

    def _work(self, job: Job, lease: JobLease, due: datetime | None) -> None:
        has_room = job.timetable.is_frequent or self._wait_for_room()
        try:
            if not self._is_stopping:
                self._take_turn(job, lease, due)
        except Exception:
            logger.exception("job %s could not be begun or ended", job.name)
        finally:
            with self._lock:
                self._turns.pop(job.name, None)
            if has_room and not job.timetable.is_frequent:
                self._room.release()

    def _wait_for_room(self) -> bool:
        for _ in range(PATIENCE_SECONDS):
            if self._is_stopping:
                return False
            if self._room.acquire(timeout=1):
                return True
        return False

    def _take_turn(self, job: Job, lease: JobLease, due: datetime | None) -> None:
        with self._app.app_context():
            if due is None:
                turn = running.take_requested(job, lease, self._instance)
            else:
                turn = running.take_due(job, lease, self._instance, due)
            if turn is None:
                return
            with self._lock:
                self._turns[job.name] = turn
            running.carry_out(turn)

    def _say_goodbye(self) -> None:
        """What runs comes to its end. What does not is left: its lease runs out, and another process takes it over."""
        self._scheduler.shutdown(wait=False)
        until = time.monotonic() + GOODBYE_SECONDS
        while self._turns and time.monotonic() < until:
            time.sleep(0.05)
        if self._turns:
            logger.error("stopped while these were running: %s", ", ".join(sorted(self._turns)))
            logging.shutdown()
            os._exit(1)
