"""What tests of handbooks do: an edition is entered, copies are sent and confirmed."""

from datetime import date

from core.database import db
from handbooks import services
from handbooks.queries import current_edition, rows_of, supplies

TODAY = date(2026, 4, 15)
LAST_WEEK = date(2026, 4, 8)
TOMORROW = date(2026, 4, 16)


def enter_edition(office, name="1", *, is_current=True, file=None):
    kept = services.keep_edition(
        None,
        title="Handbook",
        edition=name,
        published_on=TODAY,
        is_current=is_current,
        file=file,
        actor=office,
    )
    db.session.commit()
    return kept


def send(office, *municipalities, sent_on=LAST_WEEK, count=4):
    return services.send_copies(municipalities, sent_on=sent_on, sent_count=count, actor=office)


def confirm(issue, count, *, on=TODAY, note=None, actor):
    services.confirm_copies(issue, confirmed_count=count, confirmed_on=on, note=note, actor=actor)


def supply_of(partnership):
    rows = rows_of(db.session.execute(supplies(current_edition())).all())
    return next(row for row in rows if row.partnership_id == partnership.id)
