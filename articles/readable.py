"""What content tells those who show it: the languages that it is in, and where it stands in each."""

from django.utils.translation import get_language

from .languages import column, columns, fallbacks
from .paths import path_in


class Readable:
    """Texts in several languages.

    HEADING names the text without which the object doesn't exist in a language.
    """

    HEADING = "title"
    # All that a row shows, by which rows are told apart; None of an object, which may change.
    content: tuple | None = None

    def __str__(self) -> str:
        return getattr(self, self.HEADING) or self.key

    def exists_in(self, language: str) -> bool:
        """Tell whether the object has been written in, or translated into, `language`."""
        return bool(getattr(self, column(self.HEADING, language)))


class Addressed(Readable):
    """Texts that have an address: a slug in each language that they exist in.

    LEAD names the short text that tells what the object is about, in lists and to search engines; `page` is the name of
    its page among the addresses.
    """

    LEAD = "summary"

    @property
    def lead(self) -> str:
        return getattr(self, self.LEAD)

    def slugs(self) -> set[str]:
        """Return the slugs that the object has in all languages."""
        return {getattr(self, name) for name in columns("slug")} - {"", None}

    def get_absolute_url(self) -> str:
        return path_in(get_language(), self.page, self.slug)

    def slug_in(self, language: str) -> str:
        """Return the slug that stands in addresses of `language`."""
        slugs = (getattr(self, column("slug", code)) for code in fallbacks(language))
        return next(filter(None, slugs), "")

    def url_in(self, language: str) -> str:
        """Return the path of the object's page in `language`."""
        return path_in(language, self.page, self.slug_in(language))
