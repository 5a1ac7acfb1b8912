"""What a person's account leads to besides its own pages: each package adds its part."""

from dataclasses import dataclass

from flask import Flask, current_app

from core.i18n import LazyString

_KEY = "gromada_account_parts"


@dataclass(frozen=True)
class AccountPart:
    heading: LazyString
    text: LazyString
    label: LazyString
    """Of the link to ``endpoint``."""
    endpoint: str


def add_to_account(app: Flask, *parts: AccountPart) -> None:
    app.extensions.setdefault(_KEY, []).extend(parts)


def account_parts() -> list[AccountPart]:
    parts: list[AccountPart] = current_app.extensions.get(_KEY, [])
    return parts
