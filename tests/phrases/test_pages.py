"""The library's pages, and phrases put in where something is written, with and without a script."""

from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from core.database import db
from phrases.models import Phrase, PhraseKind, PhraseUse
from phrases.services import Wording, add_phrase
from plans.models import ReviewComment
from plans.services.review import ApprovalCheck
from plans.workflow import PlanStatus

NEED = urlencode({"sheet": "needs", "row": "row-n1-00001"})


def kept() -> list[tuple[str, str, bool]]:
    db.session.expire_all()
    return [
        (one.title, one.text, one.is_shared) for one in db.session.scalars(select(Phrase).order_by(Phrase.id))
    ]


def remarks() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(select(ReviewComment.text).order_by(ReviewComment.id)))


# --- The library ---------------------------------------------------------------------------------------------


def test_an_animator_keeps_phrases_of_their_own(visit, make):
    animator = make.animator()
    page = visit(as_=animator).open("/phrases").follow("Add a phrase")

    listed = page.submit("Keep the phrase", title="Źródło", text="Proszę dopisać źródło.", place="needs")
    assert kept() == [("Źródło", "Proszę dopisać źródło.", False)]
    changed = listed.follow("Change Źródło").submit("Keep the phrase", title="Skąd?", place="")
    away = changed.submit("Put away")
    assert "Skąd?" not in away.tables[0][1][0]
    away.submit("Bring back")

    assert kept() == [("Skąd?", "Proszę dopisać źródło.", False)]


def test_only_the_office_shares(visit, make):
    office = visit(as_=make.office()).open("/phrases/new")
    office.submit("Keep the phrase", title="Dla wszystkich", text="Dobrze.", shared=True)
    assert kept() == [("Dla wszystkich", "Dobrze.", True)]

    animator = visit(as_=make.animator())
    form = animator.open("/phrases/new")
    assert "Share it" not in form.text
    sent = form.form("Keep the phrase")
    sent.fill("title", "Moje")
    sent.fill("text", "Też")
    answer = animator.client.post(sent.action, data={**dict(sent.pairs()), "shared": "y"})

    assert answer.status_code == 422
    assert "Only the programme office keeps phrases for everybody" in answer.get_data(as_text=True)
    assert len(kept()) == 1
    shared = db.session.scalars(select(Phrase)).one()
    animator.open(f"/phrases/{shared.id}/edit", expect=404)


def test_of_two_who_change_a_shared_phrase_the_second_sees_what_the_first_saved(visit, make):
    office = make.office()
    phrase = add_phrase(Wording(PhraseKind.REMARK, "Źródło", "Proszę o źródło."), owner=None, actor=office)
    db.session.commit()
    path = f"/phrases/{phrase.id}/edit"
    first, second = visit(as_=office).open(path), visit(as_=make.office()).open(path)
    first.submit("Keep the phrase", text="Proszę dopisać źródło i rok.")

    told = second.submit("Keep the phrase", expect=422, title="Skąd?")
    assert "Saved meanwhile: Proszę dopisać źródło i rok." in told.text
    told.submit("Keep the phrase")

    assert kept() == [("Skąd?", "Proszę dopisać źródło i rok.", True)]


def test_a_phrase_of_the_programme_is_copied_to_be_changed(visit, make):
    page = visit(as_=make.animator()).open("/phrases?q=different+needs&kind=remark")

    copy = page.follow("Copy and change One need in a row")
    copy.submit("Keep the phrase")

    ((title, text, _shared),) = kept()
    assert (title, text[:36]) == ("One need in a row", "There are two different needs here. ")


def test_somebody_elses_phrase_cannot_be_copied(visit, make):
    owner = make.animator()
    secret = add_phrase(Wording(PhraseKind.REMARK, "Moja", "Tajne słowa"), owner=owner, actor=owner)
    db.session.commit()

    assert "Tajne" not in visit(as_=make.animator()).open(f"/phrases/new?copy={secret.key}").html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "Fill in this field"),
        ({"text": "601 234 567"}, "leave that out"),
        ({"text": "x" * 2001}, "Use at most 2000 characters"),
        ({"title": "x" * 81}, "Use at most 80 characters"),
        ({"title": "Źródło"}, "A phrase with this title is there already"),
    ],
)
def test_a_slip_is_shown_where_it_was_made(visit, make, fields, words):
    animator = make.animator()
    add_phrase(Wording(PhraseKind.REMARK, "Źródło", "x"), owner=animator, actor=animator)
    db.session.commit()

    page = visit(as_=animator).open("/phrases/new")

    answer = page.submit(
        "Keep the phrase", expect=422, **{"kind": "remark", "title": "Nowa", "text": "Tekst", **fields}
    )
    assert words in answer.text
    assert len(kept()) == 1


def test_the_list_asks_the_same_however_long_it_is(visit, make, count_queries):
    animator = make.animator()
    visitor, counts = visit(as_=animator), []
    for number in range(1, 4):
        add_phrase(Wording(PhraseKind.REMARK, f"T{number}", "x"), owner=animator, actor=animator)
        db.session.commit()
        visitor.open("/phrases")
        with count_queries() as queries:
            visitor.open("/phrases")
        counts.append(queries.count)

    assert counts[0] == counts[2]


# --- Where something is written ------------------------------------------------------------------------------


@pytest.fixture
def plan(make):
    return make.general_plan(PlanStatus.IN_REVIEW)


@pytest.fixture
def reviewer(plan):
    from core.clock import today

    return plan.partnership.animator(today())


def test_own_phrases_are_offered_beside_a_remark_and_inserted_without_a_script(visit, plan, reviewer):
    mine = add_phrase(
        Wording(PhraseKind.REMARK, "Moja", "Proszę o liczby.", "needs"), owner=reviewer, actor=reviewer
    )
    db.session.commit()
    page = visit(as_=reviewer).open(f"/plans/{plan.id}/remarks/new?{NEED}")

    again = page.submit("Insert", text="Dzień dobry.", phrase=mine.key, expect=422)
    assert remarks() == []
    again.submit("Save the remark")

    assert remarks() == ["Dzień dobry.\nProszę o liczby."]
    assert [(use.phrase_key, use.times) for use in db.session.scalars(select(PhraseUse))] == [(mine.key, 1)]


def test_a_remark_becomes_a_phrase_of_ones_own(visit, plan, reviewer):
    page = visit(as_=reviewer).open(f"/plans/{plan.id}/remarks/new?{NEED}")

    page.submit("Save the remark", text="Proszę dopisać rok badania.", keep_phrase=True)

    assert kept() == [("Proszę dopisać rok badania.", "Proszę dopisać rok badania.", False)]
    assert db.session.scalars(select(Phrase.place)).one() == "needs"


def test_a_remark_that_names_somebody_is_no_phrase_and_is_not_lost(visit, plan, reviewer):
    page = visit(as_=reviewer).open(f"/plans/{plan.id}/remarks/new?{NEED}")

    answer = page.submit("Save the remark", text="Proszę dzwonić: 601 234 567", keep_phrase=True, expect=422)

    assert "leave that out" in answer.text
    assert (kept(), remarks()) == ([], [])
    answer.submit("Save the remark", keep_phrase=False)
    assert remarks() == ["Proszę dzwonić: 601 234 567"]


def test_what_saves_itself_keeps_no_phrase(visit, plan, reviewer):
    """A page that is still being typed on sends the words alone."""
    visitor = visit(as_=reviewer)
    form = visitor.open(f"/plans/{plan.id}/remarks/new?{NEED}").form("Save the remark")
    form.fill("text", "Proszę o rok")

    visitor.client.post(form.action, data=dict(form.pairs()), headers={"X-Autosave": "yes"})

    assert (len(remarks()), kept()) == (1, [])


def test_phrases_for_decisions_are_put_into_the_note(visit, plan, reviewer):
    mine = add_phrase(
        Wording(PhraseKind.DECISION, "Dobry plan", "Dziękuję za pracę."), owner=reviewer, actor=reviewer
    )
    db.session.commit()
    page = visit(as_=reviewer).open(f"/plans/{plan.id}/decide")

    again = page.submit("Insert", phrase=mine.key, note="Gratuluję.", expect=422)
    assert "Something needs correcting" not in again.text
    again.submit("Approve the plan", checks=[check.value for check in ApprovalCheck])

    db.session.expire_all()
    assert plan.decision_note == "Gratuluję.\nDziękuję za pracę."
