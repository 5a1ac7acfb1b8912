"""Templates as Jinja compiles them, with less ado around each text, attribute and call: a page holds thousands."""

from collections.abc import MutableMapping
from functools import partial
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import (  # type: ignore[attr-defined]  # the last one is what `escape` itself calls
    Markup,
    _escape_inner,
)

COMPILED = f"page_%s.{sha256(Path(__file__).read_bytes()).hexdigest()[:8]}.cache"
"""How files of compiled templates are called: what another Jinja, or this module as it was, has compiled cannot be run."""

TRANSLATIONS = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
"""What templates call that has to know whether it writes HTML or plain text; nothing else is given its context."""

_as_markup = partial(str.__new__, Markup)
"""``Markup(text)`` for what is a text for certain, without looking whether it is."""


class PageMacro(Macro):
    """Called straight from Python: which of its arguments are given is found out once instead of for each call."""

    def __init__(self, *described: Any) -> None:
        super().__init__(*described)
        self._takes_only_arguments = not (self.caller or self.catch_kwargs or self.catch_varargs)

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if not self._takes_only_arguments:
            return super().__call__(*args, **kwargs)
        if (given := len(args)) != self._argument_count:
            args += tuple([kwargs.pop(name, missing) for name in self.arguments[given:]])
        if kwargs or len(args) > self._argument_count:
            return super().__call__(*args, **kwargs)  # which says what is wrong
        text: str = self._func(*args)
        return _as_markup(text) if self._default_autoescape else text


class PageCode(CodeGenerator):
    """Differs from Jinja's in what our templates never use: see ``docs/decisions/0025``."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """As ``escape``, but without making markup of a text that is written down at once: that takes most of the time."""
        if self._is_written_at_once(frame, finalize):
            self.write("(environment.escape_text(_out) if (_kind := type(_out := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_written_at_once(frame, finalize):
            self.write(")) is str else _out if _kind is Markup else escape(_out))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_written_at_once(self, frame: Frame, finalize: Any) -> bool:
        return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (as Jinja calls it)
        """Nearly all are attributes; where there is none, Jinja looks on as ever: for a key, or for what is not defined."""
        self.write(f"(environment.getattr(_of, {node.attr!r}) if (_is := getattr((_of := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is missing else _is)")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """A call as Python makes it; only translations are told what they write for."""
        self.visit(node.node, frame)
        is_translation = isinstance(node.node, nodes.Name) and node.node.name in TRANSLATIONS
        arguments = self._signature(node, frame, {"caller": "caller"} if forward_caller else None)
        if is_translation:
            self.write(f"(context.eval_ctx{arguments})")
        else:
            self.write(f"({arguments.removeprefix(', ')})")

    def _signature(self, node: nodes.Call, frame: Frame, besides: dict[str, str] | None) -> str:
        page, self.stream = self.stream, StringIO()
        try:
            self.signature(node, frame, besides)
            return self.stream.getvalue()
        finally:
            self.stream = page

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.Page")
        super().macro_def(macro_ref, frame)


class PageEnvironment(Environment):
    code_generator_class = PageCode
    escape_text = staticmethod(_escape_inner)
    PageMacro = PageMacro

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Nothing is added once pages are shown, and a plain dictionary is compared at once wherever one imports."""
        return {**self.globals, **(d or {})}
