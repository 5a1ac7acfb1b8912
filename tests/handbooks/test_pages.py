"""Pages about handbooks: the office sends, the municipalities confirm, everybody may read."""

from datetime import UTC, datetime

from core.database import db
from core.file_kinds import MEGABYTE
from tests.handbooks.sending import TODAY, enter_edition, send, supply_of
from tests.support.documents import pdf
from tests.visit import Upload


def test_the_office_records_a_sending_to_those_it_ticks(make, office, edition, visit):
    first, second = make.partnership(), make.partnership()

    page = visit(as_=office).open("/office/handbooks")
    boxes = page.tree.xpath("//th/label[input[@name='municipality_ids']]")
    assert {box.text_content() for box in boxes} == {first.municipality.name, second.municipality.name}
    page = page.submit(
        "Record the sending",
        municipality_ids=[str(first.municipality_id)],
        sent_on="2026-04-08",
        sent_count="4",
    )

    assert "One sending is recorded." in page.text
    assert supply_of(first).sent == 4
    assert supply_of(second).sent == 0


def test_a_municipality_of_a_number_that_no_database_counts_is_none(make, office, edition, visit):
    partnership = make.partnership()
    page = visit(as_=office).open("/office/handbooks")
    sent = dict(page.form("Record the sending").pairs())

    for ids in (["9" * 30], ["9" * 5_000, str(partnership.municipality_id)]):
        answer = page.visitor.client.post(page.url, data={**sent, "municipality_ids": ids})
        assert answer.status_code == 422

    assert supply_of(partnership).sent == 0


def test_a_form_that_is_sent_twice_records_one_sending(make, office, edition, visit):
    partnership, other = make.partnership(), make.partnership()
    stale = visit(as_=office).open("/office/handbooks")
    chosen = {"municipality_ids": [str(partnership.municipality_id)], "sent_count": "4"}

    stale.submit("Record the sending", **chosen)
    again = stale.submit("Record the sending", **chosen, expect=422)

    assert f"copies were recorded for: {partnership.municipality.name}" in again.text
    assert supply_of(partnership).sent == 4
    stale.submit("Record the sending", municipality_ids=[str(other.municipality_id)])
    again.submit("Record the sending", **chosen)
    assert (supply_of(partnership).sent, supply_of(other).sent) == (8, 4)


def test_what_somebody_else_recorded_meanwhile_is_said_also_after_another_refusal(
    make, office, edition, visit
):
    partnership = make.partnership()
    page = visit(as_=office).open("/office/handbooks")
    chosen = {"municipality_ids": [str(partnership.municipality_id)], "sent_count": "4"}
    send(office, partnership.municipality)
    db.session.commit()

    refused = page.submit("Record the sending", **chosen, sent_on="2030-01-01", expect=422)
    told = refused.submit("Record the sending", **chosen, sent_on="2026-04-08", expect=422)

    assert f"copies were recorded for: {partnership.municipality.name}" in told.text
    assert supply_of(partnership).sent == 4


def test_a_leader_confirms_what_arrived(make, office, edition, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    send(office, partnership.municipality)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/handbooks").follow("Confirm what arrived")
    page = page.submit("Confirm", confirmed_count="3", confirmed_on="2026-04-14", note="One was wet")

    assert "3 of 4 printed copies of the current edition have arrived." in page.text


def test_where_no_edition_is_the_current_one_no_copies_of_it_are_counted(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/handbooks")

    assert "No copies sent yet" in page.text
    assert "current edition" not in page.text


def test_of_two_who_confirm_the_later_sees_what_the_earlier_saved(make, office, edition, visit):
    leader, deputy = make.user(), make.user()
    partnership = make.partnership(leader=leader)
    make.term(partnership, deputy)
    (issue,) = send(office, partnership.municipality)
    db.session.commit()
    address = f"/partnerships/{partnership.id}/handbooks/{issue.id}/confirm"
    stale = visit(as_=deputy).open(address)

    visit(as_=leader).open(address).submit("Confirm", confirmed_count="3", note="One was wet")
    told = stale.submit("Confirm", expect=422)

    assert "Saved meanwhile: 3" in told.text
    assert told.form("Confirm").values["note"] == "One was wet"
    assert supply_of(partnership).confirmed == 3
    told.submit("Confirm", confirmed_count="4")
    assert supply_of(partnership).confirmed == 4


def test_the_day_on_which_copies_are_confirmed_may_end_over_the_form(make, office, edition, visit, clock):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    (issue,) = send(office, partnership.municipality)
    db.session.commit()
    clock.move_to(datetime(2026, 4, 15, 21, 55, tzinfo=UTC))
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/handbooks/{issue.id}/confirm")
    clock.tick(minutes=10)

    page = page.submit("Confirm")

    assert "4 of 4 printed copies of the current edition have arrived." in page.text
    assert (issue.confirmed_on, supply_of(partnership).confirmed) == (TODAY, 4)


def test_of_two_who_correct_a_sending_the_later_sees_what_the_earlier_saved(make, office, edition, visit):
    partnership = make.partnership()
    (issue,) = send(office, partnership.municipality)
    db.session.commit()
    address = f"/partnerships/{partnership.id}/handbooks/{issue.id}/edit"
    stale = visit(as_=make.office()).open(address)

    visit(as_=office).open(address).submit("Save", sent_count="3")
    told = stale.submit("Save", sent_on="2026-04-09", expect=422)

    assert told.form("Save").values["sent_count"] == "3"
    assert supply_of(partnership).sent == 3


def test_the_office_takes_a_sending_back(make, office, edition, visit):
    partnership = make.partnership()
    send(office, partnership.municipality)
    db.session.commit()

    page = (
        visit(as_=office)
        .open(f"/partnerships/{partnership.id}/handbooks")
        .follow("Correct the sending 8 Apr 2026")
    )
    page = page.submit("Take the sending back")

    assert "The sending is taken back." in page.text
    assert "No copies sent yet" in page.text


def test_copies_of_another_municipality_are_as_if_they_were_not_there(make, office, edition, visit):
    leader = make.user()
    own, other = make.partnership(leader=leader), make.partnership()
    (issue,) = send(office, other.municipality)
    db.session.commit()

    visit(as_=leader).open(f"/partnerships/{own.id}/handbooks/{issue.id}/confirm", expect=404)


def test_anybody_downloads_the_electronic_version(office, visit):
    edition = enter_edition(office, file=("Podręcznik.pdf", pdf(words="Handbook")))

    page = visit().open(f"/handbooks/{edition.id}/file")

    assert page.data == pdf(words="Handbook")
    disposition = page.response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")


def test_the_electronic_version_may_be_as_large_as_its_field_says(office, visit):
    visitor, large = visit(as_=office), pdf() + b" " * 7 * MEGABYTE
    address = "/office/handbooks/editions/new"

    page = visitor.open(address).submit(
        "Save the edition", title="Handbook", edition="1", file=Upload(large, "handbook.pdf")
    )
    page = page.follow("Handbook").submit("Save the edition", file=Upload(large + b"\n", "newer.pdf"))
    refused = visitor.open(address).submit("Save the edition", expect=413, file=Upload(large * 2, "a.pdf"))

    assert "newer.pdf" in page.links
    assert "Send a file of at most 10 MB." in refused.text


def test_the_list_of_shortages_takes_as_many_queries_for_many_as_for_few(
    make, office, edition, visit, count_queries
):
    visitor = visit(as_=office)
    make.partnership()
    visitor.open("/office/handbooks")
    with count_queries() as few:
        visitor.open("/office/handbooks")
    for _ in range(12):
        make.partnership()
    with count_queries() as many:
        visitor.open("/office/handbooks")

    assert many.count == few.count
