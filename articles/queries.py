"""What a reader asked: words, quoted phrases, and what is to be left out."""

import re
import unicodedata
from dataclasses import dataclass

from .words import WORD, spelling, terms

# What is longer wasn't typed by anybody who looks for something.
LONGEST_QUERY = 200
MOST_WORDS = 12
QUOTES = '"„“”«»‟'
UNQUOTED = str.maketrans("", "", QUOTES)
# A phrase or a word, either with a minus before it; a quote that doesn't close is no quote.
PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-−–])?(?:[{QUOTES}](?P<phrase>[^{QUOTES}]+)[{QUOTES}]|(?P<word>[^\s{QUOTES}]+))"
)


@dataclass(frozen=True)
class Query:
    """A query in one language, all words in the spelling of the search.

    `words` are looked for, `phrases` must stand in the text as they are, `unwanted` words and phrases mustn't.
    """

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()

    @property
    def quoted(self) -> str:
        """The same query, its words wanted just as they are."""
        return f'"{self.text.translate(UNQUOTED)}"'

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases)


def parse(text: str, language: str) -> Query:
    """Return what `text`, which may be anything, asks for."""
    text = tidy(text)
    words: dict[str, None] = {}
    phrases, unwanted = [], []
    for piece in PIECE.finditer(text):
        found = tuple(filter(None, map(spelling, WORD.findall(piece["phrase"] or piece["word"]))))
        if not found:
            continue
        if piece["minus"]:
            unwanted.append(found)
            continue
        if piece["phrase"]:
            phrases.append(found)
        words |= dict.fromkeys(found)
    wanted = [word for word in words if terms([word], language)][:MOST_WORDS]
    return Query(text, tuple(wanted), tuple(phrases[:MOST_WORDS]), tuple(unwanted[:MOST_WORDS]))


def tidy(text: str) -> str:
    """Return `text` without what no query has: surrogates, control characters, and more than LONGEST_QUERY letters."""
    text = text[: 2 * LONGEST_QUERY].encode("utf-8", "ignore").decode()
    text = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return unicodedata.normalize("NFC", text)[:LONGEST_QUERY].strip()
