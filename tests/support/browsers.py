"""The Chromium that is on this machine; nothing is downloaded here (``script/test`` does that)."""

import os
import shutil
from pathlib import Path

from config import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FROM_NPM = ROOT / ".cache" / "browser" / "chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
HOW_TO_GET_ONE = "no Chromium: run script/test once, apt install chromium, or name one in GROMADA_BROWSER"


def find_browser() -> Path | None:
    candidates = (os.environ.get("GROMADA_BROWSER", ""), *NAMES, str(FROM_NPM))
    found = (shutil.which(name) for name in candidates if name)
    return next((Path(path) for path in found if path), None)
