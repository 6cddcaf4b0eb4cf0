"""The pictures beside links that people share: set by Typst from the texts, and kept until the texts change."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings
from django.core.files import locks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .choices import Ink
from .emblems import DEFAULT, SVG, drawings, emblem_of
from .models import Article
from .typesetting import typeset

WIDTH, HEIGHT = 1200, 630
SOURCE = Path(__file__).with_name("share_image.typ")


def of_article(article: Article) -> bytes:
    """Return the picture of an article in the active language: its title, its emblem, a circle for each advice."""
    stamps = [{"kind": each.kind, "number": number} for number, each in enumerate(article.advice.all(), 1)]
    content = {
        "title": {"text": str(article), "language": article.language_of("title")},
        "ink": article.ink,
        "emblem": svg(emblem_of("article", article.key)),
        "stamps": stamps,
        "emblems": [],
    }
    return kept(f"article-{article.key}", content)


def of_site(articles: Iterable[Article]) -> bytes:
    """Return the picture of all other pages in the active language: what the site is for, its articles' emblems."""
    content = {
        "title": {"text": _("Keep the customers you have"), "language": get_language()},
        "ink": Ink.PINE,
        "emblem": svg(DEFAULT),
        "stamps": [],
        "emblems": [{"drawing": svg(emblem_of("article", each.key)), "ink": each.ink} for each in articles],
    }
    return kept("site", content)


def svg(emblem: str) -> str:
    """Return an emblem as a document of its own."""
    symbol = drawings()[emblem]
    document = ElementTree.Element(f"{SVG}svg", symbol.attrib)
    document.extend(symbol)
    return ElementTree.tostring(document, encoding="unicode")


def kept(subject: str, content: dict[str, object]) -> bytes:
    """Return the picture of `content` from its file, which is made first if need be and replaces that of a former one.

    One picture is made at a time: who asks for the same meanwhile waits, and finds it made.
    """
    language = get_language()
    written = json.dumps({"language": language, "site": _("Come again"), **content}).encode()
    digest = hashlib.sha256(SOURCE.read_bytes() + written).hexdigest()[:16]
    folder = Path(settings.VAR_DIR) / "share-images"
    path = folder / f"{subject}.{language}.{digest}.png"
    if picture := stored(path):
        return picture
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        locks.lock(lock, locks.LOCK_EX)
        return stored(path) or store(path, drawn(written))


def stored(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def store(path: Path, picture: bytes) -> bytes:
    """Keep the picture, the only one of its subject and language."""
    subject, language, _digest, _suffix = path.name.split(".")
    for former in path.parent.glob(f"{subject}.{language}.*"):
        former.unlink()
    # Nobody reads half a file: it gets its name once it is whole.
    unnamed = path.with_suffix(".new")
    unnamed.write_bytes(picture)
    unnamed.rename(path)
    return picture


def drawn(written: bytes) -> bytes:
    # A point is a pixel.
    return typeset(SOURCE, {"picture": written.decode()}, format="png", ppi=72)
