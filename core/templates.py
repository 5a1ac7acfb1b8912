"""Templates as Jinja compiles them, with less ado around each text: a page holds more than a thousand."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import (  # type: ignore[attr-defined]  # the last one is what `escape` itself calls
    Markup,
    _escape_inner,
    escape,
)

COMPILED = "page_%s.cache"
"""How files of compiled templates are called: another name than Jinja's, as another Jinja could not run them."""


def put_out(value: Any) -> str:
    """As ``escape``, but without making markup of a text that is written down at once: that takes most of the time."""
    kind = type(value)
    if kind is str:
        escaped: str = _escape_inner(value)
        return escaped
    return value if kind is Markup else escape(value)


class PageCode(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.put_out(")
        else:
            super()._output_child_pre(node, frame, finalize)


class PageEnvironment(Environment):
    code_generator_class = PageCode
    put_out = staticmethod(put_out)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Nothing is added once pages are shown, and a plain dictionary is compared at once wherever one imports."""
        return {**self.globals, **(d or {})}
