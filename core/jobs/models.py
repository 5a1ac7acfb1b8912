"""What the database knows of jobs: who runs one now and what is still due, every run, and the processes that run them."""

from datetime import datetime, timedelta

from sqlalchemy import Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class JobLease(Base):
    """Who may run a job until when, the last due time that was dealt with, and how the last run ended."""

    __tablename__ = "job_lease"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    """Empty: nobody runs it."""
    until: Mapped[datetime]
    started_at: Mapped[datetime | None]
    due_handled: Mapped[datetime | None]
    """What was due up to then has been run, or never was to be."""
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    """Failures in a row of what is due."""
    retry_at: Mapped[datetime | None]
    requested_at: Mapped[datetime | None]
    """Somebody asked for a run; the process that runs jobs takes it up."""
    last_run_at: Mapped[datetime | None]
    last_result: Mapped[str | None]
    last_failed: Mapped[bool] = mapped_column(default=False, server_default=false())
    last_success_at: Mapped[datetime | None]
    last_milliseconds: Mapped[int | None]
    runs: Mapped[int] = mapped_column(default=0, server_default="0")
    failures: Mapped[int] = mapped_column(default=0, server_default="0")


class JobRun(Base):
    """One run. Of jobs that run every few seconds only those that ended otherwise than the one before."""

    __tablename__ = "job_run"
    __table_args__ = (Index("ix_job_run_job", "job", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime | None]
    """None: run by hand."""
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(200))
    ok: Mapped[bool | None]
    error: Mapped[str | None] = mapped_column(String(120))
    """The class of what went wrong. What it said may hold names: that stands in the log."""
    instance: Mapped[str] = mapped_column(String(20))

    @property
    def took(self) -> timedelta | None:
        return self.ended_at - self.started_at if self.ended_at else None


class JobProcess(Base):
    """A process that runs jobs, by a name made up at its start: it says nothing of the machine."""

    __tablename__ = "job_process"

    instance: Mapped[str] = mapped_column(String(20), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
