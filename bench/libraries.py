"""Hello once more, with the libraries the application stands on and nothing of ours: its start cannot cost less."""

import gc

gc.disable()
# ruff: noqa: E402, F401 (as wsgi.py starts; they are only loaded)

import flask_babel
import flask_login
import flask_sqlalchemy
import flask_wtf
import sqlalchemy.dialects.sqlite
import sqlalchemy.orm
import wtforms

from bench.hello import app
