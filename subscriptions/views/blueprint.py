"""The blueprint, and how its addresses find their records."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source
from accounts.policy import Permission
from subscriptions.models import DigestIssue
from subscriptions.queries import issue_by_id

ID = "int(max=2147483647)"
"""Larger ones fit into no database."""

bp = Blueprint("digests", __name__)

ISSUE = Source(load=issue_by_id, read=Permission.DIGEST_MANAGE)


def to_issue(issue: DigestIssue, message: str, anchor: str | None = None) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("digests.show", issue_id=issue.id, _anchor=anchor), 303)
