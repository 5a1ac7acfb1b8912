"""The least that answers: what a start and a worker cannot cost less than."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "Hello"
