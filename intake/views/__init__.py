"""Pages of files with records: bringing them, naming columns, looking before applying; and exports."""

from intake.views import imports, members, office
from intake.views.blueprint import bp

__all__ = ["bp", "imports", "members", "office"]
