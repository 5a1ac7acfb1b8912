"""A form on a page, filled in and sent as a browser would do it without JavaScript."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

NOT_SENT = frozenset({"submit", "button", "reset", "image"})


@dataclass(frozen=True)
class Upload:
    """A file chosen in a form."""

    content: bytes
    name: str
    media_type: str = "application/octet-stream"

    def as_part(self) -> tuple[io.BytesIO, str, str]:
        return io.BytesIO(self.content), self.name, self.media_type


def spoken(element: HtmlElement | None) -> str:
    """The text of an element on one line, without what no reader is told."""
    if element is None:
        return ""
    return " ".join("".join(_texts(element)).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in ("script", "style", "template"):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            # Blocks stand apart even where the source has no space between them
            yield f" {child.tail or ''}" if child.tag in BLOCKS else child.tail or ""


BLOCKS = frozenset({
    "address", "article", "aside", "br", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "header", "label", "legend", "li", "main", "nav", "ol", "option", "p", "section",
    "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip


def saved_meanwhile(page: HtmlElement) -> dict[str, str]:
    """What stands beside fields as saved by somebody else, by the field's name."""
    said = "Error: Saved meanwhile: "
    return {
        block.get("id", "").removesuffix("-error"): spoken(sentence).removeprefix(said)
        for block in page.iter("div")
        for sentence in block.iterchildren("p")
        if spoken(sentence).startswith(said)
    }


def value_to_send(value: Any) -> Any:
    """As it stands in a field: days in the browser's own format, yes as a ticked box, no as an empty one."""
    if isinstance(value, bool):
        return [] if not value else ["y"]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | Upload):
        return value
    if isinstance(value, Sequence | set | frozenset):
        return [str(item) for item in value]
    return "" if value is None else str(value)


class Form:
    def __init__(self, element: HtmlElement, page_url: str) -> None:
        self._element = element
        self._fields = [
            field for field in self._controls() if field.get("name") and field.get("disabled") is None
        ]
        self._values: dict[str, list[Any]] = {}
        self._pressed: list[tuple[str, str]] = []
        self.method = element.get("method", "get").lower()
        self.action = urljoin(page_url, element.get("action") or page_url)
        self.encoding = element.get("enctype", "application/x-www-form-urlencoded")
        for field in self._fields:
            if _is_field(field):
                self._values.setdefault(field.get("name"), []).extend(_values_of(field))

    def _controls(self) -> Iterator[HtmlElement]:
        """What belongs to the form, inside it or pointing to it."""
        yield from self._element.iter("input", "select", "textarea", "button")
        identity = self._element.get("id")
        if identity:
            for control in (
                self._element.getroottree().getroot().iter("input", "select", "textarea", "button")
            ):
                if control.get("form") == identity:
                    yield control

    @property
    def buttons(self) -> list[str]:
        return [_label_of(control) for control in self._controls() if _is_button(control)]

    @property
    def values(self) -> dict[str, Any]:
        """What would be sent now, without tokens; a single value plain, several as a list."""
        return {
            name: values[0] if len(values) == 1 else values
            for name, values in self._values.items()
            if name != "csrf_token"
        }

    def options(self, name: str) -> dict[str, str]:
        """What a list offers: value and the text shown."""
        return {
            str(option.get("value", spoken(option))): spoken(option)
            for field in self._fields
            if field.get("name") == name
            for option in field.iter("option")
        }

    def fill(self, name: str, value: Any) -> None:
        assert name in self._values, f"the form has no field {name!r}; it has {list(self.values)}"
        values = value if isinstance(value, list) else [value]
        offered = self._offered(name)
        if offered is not None and values == ["y"] and len(offered) == 1:
            values = list(offered)  # a lone box sends its own value, whatever that is
        unknown = [] if offered is None else [each for each in values if each not in offered]
        assert not unknown, f"{name!r} does not offer {unknown}; it offers {sorted(offered or ())}"
        self._values[name] = values

    def _offered(self, name: str) -> set[str] | None:
        """What may be chosen; None where anything may be typed."""
        offered: set[str] = set()
        for field in (field for field in self._fields if field.get("name") == name):
            if field.tag == "select":
                offered |= set(self.options(name))
            elif field.get("type") in ("radio", "checkbox"):
                offered.add(field.get("value", "on"))
            elif _is_field(field):
                return None
        return offered

    def press(self, button: str) -> None:
        """The button itself is sent when it has a name, and may lead elsewhere."""
        pressed = next(
            field for field in self._controls() if _is_button(field) and _label_of(field) == button
        )
        if pressed.get("name"):
            self._pressed = [(pressed.get("name"), pressed.get("value", ""))]
        if pressed.get("formaction"):
            self.action = urljoin(self.action, pressed.get("formaction"))

    def pairs(self) -> list[tuple[str, Any]]:
        """Names and values in the order of the page."""
        filled = [
            (name, value.as_part() if isinstance(value, Upload) else value)
            for name, values in self._values.items()
            for value in values
        ]
        return filled + self._pressed


def _is_button(control: HtmlElement) -> bool:
    if control.tag == "button":
        return bool(control.get("type", "submit") == "submit")
    return bool(control.tag == "input" and control.get("type") == "submit")


def _is_field(control: HtmlElement) -> bool:
    return bool(control.tag != "button" and control.get("type") not in NOT_SENT)


def _label_of(button: HtmlElement) -> str:
    return str(button.get("aria-label") or spoken(button) or button.get("value", ""))


def _values_of(field: HtmlElement) -> list[str]:
    """The values a field sends when nobody touches it."""
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag == "select":
        return _chosen(field)
    if field.get("type") in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.get("checked") is not None else []
    if field.get("type") == "file":
        return []
    return [field.get("value", "")]


def _chosen(field: HtmlElement) -> list[str]:
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and field.get("multiple") is None:
        chosen = options[:1]
    return [str(option.get("value", spoken(option))) for option in chosen]
