"""Pages of files with records: bringing them, naming columns, looking before applying; and exports."""

from intake.views import earlier, imports, members, office
from intake.views.blueprint import bp

__all__ = ["bp", "earlier", "imports", "members", "office"]
