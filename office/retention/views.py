"""How long what is kept, and how many records would go today; nothing here deletes anything: the jobs do."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from accounts.guards import allowed
from accounts.policy import Permission
from core.database import db
from core.jobs.models import JobLease
from core.retention import retention_rules

bp = Blueprint("retention", __name__, url_prefix="/office/retention")


@bp.get("")
@allowed(Permission.ERASURE_MANAGE)
def index() -> ResponseReturnValue:
    rules = retention_rules(current_app)
    leases = {
        lease.name: lease
        for lease in db.session.scalars(select(JobLease).where(JobLease.name.in_([one.job for one in rules])))
    }
    rows = [(rule, rule.due(), leases.get(rule.job)) for rule in rules]
    return render_template("office/retention/index.html", rows=rows)
