"""Parts of pages, each written once for the rows that it shows: an edit makes every page anew, but few of its parts."""

from jinja2.runtime import Macro
from markupsafe import Markup

from .readable import Readable

# Characters in one language: twice what all pages of a site like ours are made of.
MOST = 750_000


class Fragments:
    """Keeps what macros have written.

    What a macro writes follows from its arguments alone, and of rows from what the database told of them: what a view
    adds to a row has to be an argument of its own.
    """

    def __init__(self) -> None:
        self._written: dict[tuple, Markup] = {}
        self._size = 0

    def kept(self, macro: Macro, *arguments: object) -> Markup:
        """Return what a macro writes for these arguments; a filter."""
        contents = tuple(map(content_of, arguments))
        if None in contents:
            return macro(*arguments)
        key = macro, contents
        written = self._written.get(key)
        return self._keep(key, macro(*arguments)) if written is None else written

    def _keep(self, key: tuple, written: Markup) -> Markup:
        self._size += len(written)
        if self._size > MOST:
            self._written.clear()
            self._size = len(written)
        self._written[key] = written
        return written


def content_of(argument: object) -> object:
    """Return what tells an argument from all others; None of an object that may still change."""
    if isinstance(argument, Readable):
        return argument.content
    if isinstance(argument, list | tuple):
        contents = tuple(map(content_of, argument))
        return None if None in contents else contents
    return argument
