"""What the office does now and then stands on one page; the menu holds what is needed every day."""

from tests.visit import Page


def menu(page: Page) -> list[str]:
    return [link.text_content().strip() for link in page.tree.xpath("//nav[@id='main-nav']//a")]


def here(page: Page) -> list[str]:
    return [
        link.text_content().strip()
        for link in page.tree.xpath("//nav[@id='main-nav']//a[@aria-current='page']")
    ]


def test_the_office_finds_its_tools_with_a_sentence_each(make, visit):
    page = visit(as_=make.office()).open("/office")

    assert "Who got how many copies, who is short of some" in page.text
    assert page.follow("Handbooks").title.startswith("Handbooks")


def test_people_stand_in_the_menu_of_who_administers_and_among_the_tools_of_the_office(make, visit):
    office, admin = (menu(visit(as_=person).open("/home")) for person in (make.office(), make.admin()))

    assert ("People" in office, "Office" in office) == (False, True)
    assert ("People" in admin, "Office" in admin) == (True, True)


def test_one_entry_of_the_menu_is_where_we_are(make, visit):
    visitor = visit(as_=make.office())

    assert here(visitor.open("/office/board")) == ["Board"]
    assert here(visitor.open("/office")) == ["Office"]
