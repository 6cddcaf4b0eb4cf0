"""Where in a text the words of a query stand, and the passage that shows most of them."""

from collections.abc import Iterable
from html import escape
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from .meanings import Meaning
from .words import WORD, analyses

# Words of a passage, and of those how many stand before the first one that is marked.
LENGTH, RUN_UP = 32, 6
# Terms that are less surely meant find an entry, but aren't shown as found.
LEAST_MARKED = 0.2


class Worth:
    """How much the words of texts in `language` are worth to a reader who asked for `meanings`."""

    def __init__(self, meanings: list[Meaning], language: str) -> None:
        self.language = language
        self.terms = {
            term: meaning.rarity * sure
            for meaning in meanings
            for term, sure in meaning.terms.items()
            if sure >= LEAST_MARKED
        }

    def of(self, words: Iterable[str]) -> list[float]:
        """Return what each of the words is worth, as it stands in a text."""
        worth = self.terms.get
        # Most words have but one term.
        return [
            max([worth(term, 0.0) for term in terms.split()]) if " " in terms else worth(terms, 0.0)
            for terms in map(analyses[self.language].__getitem__, words)
        ]


def marked(text: str, worth: Worth) -> SafeString:
    """Return a plain text as HTML in which the words that were asked for are marked, as they stand."""
    words = list(WORD.finditer(text))
    html, end = [], 0
    for word, value in zip(words, worth.of(word[0] for word in words), strict=True):
        if value:
            html += [escape(text[end : word.start()]), "<mark>", word[0], "</mark>"]
            end = word.end()
    # All pieces are escaped, and words have nothing to escape.
    return mark_safe("".join([*html, escape(text[end:])]))  # noqa: S308


def passage(text: str, worth: Worth) -> tuple[float, str]:
    """Return the passage of a plain text that shows most of what was asked for, and how much that is."""
    worths = worth.of(WORD.findall(text))
    if len(worths) <= LENGTH:
        return sum(worths), text
    words = list(WORD.finditer(text))
    sums = [0.0, *accumulate(worths)]
    starts = [max(0, place - RUN_UP) for place, value in enumerate(worths) if value] or [0]
    best = max(starts, key=lambda start: (sums[min(start + LENGTH, len(words))] - sums[start], -start))
    end = min(best + LENGTH, len(words))
    # Cut at spaces: what an apostrophe or a hyphen joins stays whole.
    first = text.rfind(" ", 0, words[best].end()) + 1 if best else 0
    last = text.find(" ", words[end - 1].start()) if end < len(words) else len(text)
    before, after = "… " if best else "", " …" if end < len(words) else ""
    return sums[end] - sums[best], before + text[first:last] + after
