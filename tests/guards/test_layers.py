"""What import-linter cannot see: the modules at the root, and packages that nobody listed."""

import ast
import tomllib

from config import ROOT

NOT_OURS = frozenset(
    {
        "migrations",
        "tests",
        "script",
        "bench",
        "docs",
        "static",
        "templates",
        "translations",
        "profiles",
        "var",
    }
)
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_every_package_has_its_place_in_the_layers():
    packages = {path.parent.name for path in ROOT.glob("[a-z]*/__init__.py")} - NOT_OURS

    assert packages == set(SETTINGS["root_packages"])


def test_nobody_imports_the_application_but_the_server():
    importers = {
        path.relative_to(ROOT).as_posix()
        for package in SETTINGS["root_packages"]
        for path in (ROOT / package).rglob("*.py")
        if imported(path.read_text()) & {"app", "wsgi"}
    }

    assert importers == set()


def test_settings_know_nothing_of_the_application():
    assert imported((ROOT / "config.py").read_text()) & {*SETTINGS["root_packages"], "app", "wsgi"} == set()


def imported(source: str) -> set[str]:
    """First names of everything that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
