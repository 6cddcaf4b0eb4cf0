"""The public pages as tests see them."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html.parser import HTMLParser
from http.cookies import SimpleCookie

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from articles.models import Advice, Article, Topic

LISTS = (
    *("home", "articles", "tips", "rules", "mistakes", "topics", "figures"),
    *("search", "today", "sheet", "check", "calculator"),
)
# Pages that are the same whatever the content.
STANDING = ("accessibility",)


class Page(HTMLParser):
    """What of an HTML page a test asks for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.title = ""
        self._inside: list[str] = []
        self.texts: list[tuple[str, str]] = []
        # What is written in text areas, by name.
        self.areas: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes) -> None:
        self.elements.append((tag, dict(attributes)))
        self._inside.append(tag)
        if tag == "textarea":
            self.areas[dict(attributes)["name"]] = ""

    def handle_endtag(self, tag) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, text) -> None:
        if self._inside and self._inside[-1] == "textarea":
            # A line end right after the tag is none of the text.
            self.areas[list(self.areas)[-1]] += text.removeprefix("\n")
        if text.strip() and self._inside:
            self.texts.append((self._inside[-1], text.strip()))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements `tag` that have the `wanted` ones."""
        return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]

    def text_of(self, tag: str) -> str:
        return " ".join(text for inside, text in self.texts if inside == tag)

    @property
    def alternates(self) -> dict[str, str]:
        """The addresses of the page by language."""
        return {link["hreflang"]: link["href"] for link in self.all("link", rel="alternate") if "hreflang" in link}

    @property
    def structured(self) -> list[dict]:
        """The nodes of the page's JSON-LD."""
        return [node for inside, text in self.texts if inside == "script" for node in json.loads(text)["@graph"]]


@dataclass(frozen=True)
class Answer:
    """What a reader gets who asks for an address, and how many queries that costs."""

    status: int
    headers: Mapping[str, str]
    cookies: SimpleCookie
    content: bytes
    queries: int

    @cached_property
    def body(self) -> bytes:
        return gzip.decompress(self.content) if "Content-Encoding" in self.headers else self.content

    @cached_property
    def page(self) -> Page:
        return Page(self.body.decode())


@cache
def answer(path: str) -> Answer:
    """Ask for an address as browsers do, once for all tests: only for those that change nothing."""
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(path, headers={"accept-encoding": "gzip"})
    return Answer(response.status_code, response.headers, response.cookies, response.content, len(queries))


def paths_in(language: str) -> list[str]:
    """Return the path of every page that has an address in `language`."""
    with override(language):
        objects = [*Article.objects.published(), *Advice.objects.published(), *Topic.objects.all()]
        return [reverse(name) for name in (*LISTS, *STANDING)] + [obj.get_absolute_url() for obj in objects]


def weight(response: HttpResponse | Answer) -> int:
    """Return the bytes of a page that was asked for compressed, and of the style sheets it links, as served."""
    assert response.headers["Content-Encoding"] == "gzip"
    return len(response.content) + sum(style_weights(response))


def style_weights(response: HttpResponse | Answer) -> list[int]:
    """Return the bytes of each style sheet that a compressed page links.

    Pages are compressed by gzip as they are made, style sheets by brotli beforehand.
    """
    links = Page(gzip.decompress(response.content).decode()).all("link", rel="stylesheet")
    files = [settings.STATIC_ROOT / link["href"].removeprefix(settings.STATIC_URL) for link in links]
    return [file.with_name(f"{file.name}.br").stat().st_size for file in files]
