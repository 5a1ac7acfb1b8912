"""Which browser it is, as far as it says so itself."""

NAMES = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""In this order: each of them also claims to be one of those below."""


def browser_name(user_agent: str) -> str:
    """``Firefox, Windows``, or an en dash for what does not tell."""
    found = (next((name for sign, name in signs if sign in user_agent), None) for signs in (NAMES, SYSTEMS))
    return ", ".join(name for name in found if name) or "–"
