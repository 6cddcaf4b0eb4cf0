"""Parts of pages, each written once for the rows that it shows: an edit makes every page anew, but few of its parts."""

from jinja2.runtime import Macro
from markupsafe import Markup

from .readable import Readable

# In one language; all the pages of a site like ours have some two hundred, of 3 kB each.
MOST = 512


class Fragments:
    """Keeps what macros have written.

    What a macro writes follows from its arguments alone, and of rows from what the database told of them: what a view
    adds to a row has to be an argument of its own.
    """

    def __init__(self) -> None:
        self._written: dict[tuple, Markup] = {}

    def kept(self, macro: Macro, *arguments: object) -> Markup:
        """Return what a macro writes for these arguments; a filter."""
        contents = tuple(map(content_of, arguments))
        if None in contents:
            return macro(*arguments)
        key = macro, contents
        written = self._written.get(key)
        if written is None:
            if len(self._written) >= MOST:
                self._written.clear()
            written = self._written[key] = macro(*arguments)
        return written


def content_of(argument: object) -> object:
    """Return what tells an argument from all others; None of an object that may still change."""
    if isinstance(argument, Readable):
        return argument.content
    if isinstance(argument, list | tuple):
        contents = tuple(map(content_of, argument))
        return None if None in contents else contents
    return argument
