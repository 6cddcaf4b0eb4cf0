"""The emblems of articles, topics and kinds of advice: small drawings of our own, kept in one sprite."""

from functools import cache
from xml.etree import ElementTree

from django.conf import settings
from django.templatetags.static import static
from markupsafe import Markup

SPRITE = "img/emblems.svg"
# The namespace that all names of the sprite stand in.
SVG = "{http://www.w3.org/2000/svg}"
# A stamp card, for what an editor adds before somebody draws it.
DEFAULT = "default"


def emblem(group: str, key: str) -> Markup:
    """Return the drawing of the emblem of an article, a topic or a kind, for beside the words that it stands for."""
    return drawn(emblem_of(group, key))


@cache
def drawn(name: str) -> Markup:
    address = f"{static(SPRITE)}#{name}"
    return Markup('<svg class="emblem" aria-hidden="true"><use href="{}"/></svg>').format(address)


def emblem_of(group: str, key: str) -> str:
    """Return which emblem stands for the article, topic or kind of this key."""
    name = f"{group}-{key}"
    return name if name in drawings() else DEFAULT


@cache
def drawings() -> dict[str, ElementTree.Element]:
    """Return the drawings of the sprite by name."""
    sprite = ElementTree.parse(settings.BASE_DIR / "static" / SPRITE)  # noqa: S314 - a file of ours
    return {symbol.attrib["id"]: symbol for symbol in sprite.iter(f"{SVG}symbol")}
