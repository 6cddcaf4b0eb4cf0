"""What a browser would send of a page, and what its links and forms tell of queries; the files that come with it."""

import io
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from articles import archives, tables, xliff
from articles.models import Topic
from articles.units import units_for

from ..unit.pages import Page

SUBMITTING = ("submit", "image", "button")
CHOSEN = ("checkbox", "radio")
Fields = list[tuple[str, bytes]]


def fields_of(page: Page) -> Fields:
    """Return the fields of all forms on a page as they stand, buttons included."""
    fields, select = [], ""
    for tag, attributes in page.elements:
        name, value = attributes.get("name") or "", attributes.get("value") or ""
        if tag == "select":
            select = name
        elif tag == "option" and select and "selected" in attributes:
            fields.append((select, value))
        elif tag in ("input", "button") and name and is_sent(attributes):
            fields.append((name, value))
    return [(name, text.encode()) for name, text in [*fields, *page.areas.items()]]


def is_sent(attributes: dict[str, str | None]) -> bool:
    return attributes.get("type") not in CHOSEN or "checked" in attributes


def buttons_of(page: Page) -> set[str]:
    """Return the names of what a form may be sent by, of which a browser sends one."""
    return {
        attributes["name"]
        for tag, attributes in page.elements
        if attributes.get("name") and (tag == "button" or attributes.get("type") in SUBMITTING)
    }


def file_fields_of(page: Page) -> set[str]:
    return {each["name"] for each in page.all("input", type="file")}


def asked_in(page: Page) -> list[tuple[str, bytes]]:
    """Return the parameters, with their values, that links and forms of a page put into queries."""
    queries = [urlsplit(link.get("href") or "").query for link in page.all("a")]
    found = [pair for query in queries for pair in parse_qsl(query, keep_blank_values=True)]
    found += [(each["name"], each.get("value") or "") for each in page.all("input") if each.get("name")]
    found += [(each["name"], "") for each in page.all("select") if each.get("name")]
    return [(name, value.encode()) for name, value in found]


@cache
def files() -> dict[str, bytes]:
    """Return files that the desk takes, by name."""
    units = list(units_for([Topic.objects.all()[:5]], "fi"))
    archive = io.BytesIO()
    archives.written(archive)
    return {
        "x.xlf": "".join(xliff.written(units)).encode(),
        "x.csv": "".join(tables.written_csv(units)).encode(),
        "x.xlsx": tables.written_xlsx(units),
        "x.zip": archive.getvalue(),
    }
