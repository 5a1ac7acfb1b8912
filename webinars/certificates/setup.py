"""What certificates add to the application."""

from flask import Flask

from webinars.certificates.models import Certificate

__all__ = ["Certificate", "init_certificates"]


def init_certificates(app: Flask) -> None:
    pass
