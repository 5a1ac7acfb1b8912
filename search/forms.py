"""What is looked for."""

from core.forms import BaseForm, Hidden, Text
from core.i18n import _l


class SearchForm(BaseForm):
    class Meta(BaseForm.Meta):
        csrf = False

    q = Text(
        _l("Search for"),
        description=_l("A municipality, its old name or code, a person, an organisation, words of a plan"),
        render_kw={"type": "search", "data-search": "yes"},
    )
    kind = Hidden()
