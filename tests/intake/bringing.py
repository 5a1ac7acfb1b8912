"""An office person at the page of files: brings a workbook, reads what was found."""

from tests.intake.workbooks import upload

HEAD = (
    "Territorial code", "Municipality", "Partnership", "Founded on", "Leader: name", "Leader: e-mail",
    "Leader: organisation", "Leader: type of organisation", "Animator: e-mail",
)  # fmt: skip


def bring(office, data: bytes, kind: str = "register"):
    return office.open("/office/files").submit("Check the workbook", kind=kind, file=upload(data))


def row(code: str | int, name: str | None = "", *rest: object) -> tuple[object, ...]:
    return (code, name, *rest, *[None] * (len(HEAD) - 2 - len(rest)))


def figures(page) -> dict[str, int]:
    labels = [" ".join(one.text_content().split()) for one in page.tree.find_class("figure-label")]
    values = [int("".join(one.text_content().split())) for one in page.tree.find_class("figure-value")]
    return dict(zip(labels, values, strict=True))


def problems(page) -> list[str]:
    """Where and what, of everything found."""
    found = []
    for one in page.tree.find_class("finding"):
        cells = [cell.text_content() for cell in one.find_class("cell")]
        told = " ".join(one.find_class("finding-problem")[0].text_content().split())
        found.append(f"{' '.join(cells)} {told}".strip())
    return found
