"""What runs on a timetable, in a process of its own: a lease row keeps two instances from running one job at once."""

from core.jobs.commands import init_jobs
from core.jobs.known import LEASE, LONGEST, Job, known_jobs, register
from core.jobs.models import JobLease, JobProcess, JobRun
from core.jobs.running import run_once
from core.jobs.timetables import Timetable, daily_at, every, hourly_at, weekly_at

__all__ = [
    "LEASE",
    "LONGEST",
    "Job",
    "JobLease",
    "JobProcess",
    "JobRun",
    "Timetable",
    "daily_at",
    "every",
    "hourly_at",
    "init_jobs",
    "known_jobs",
    "register",
    "run_once",
    "weekly_at",
]
