"""Texts that were written to do harm, wherever texts are shown: they are shown, and do nothing.

The database may hold what no form lets in, so some are written past the forms.
"""

import io
import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from articles import publishing, qr
from articles.languages import LANGUAGES, columns, translated_fields
from articles.models import Advice, Article, Figure, Topic
from articles.rendering import render

from ..page_types import path_of
from .pages import Page

pytestmark = pytest.mark.django_db

BREAKING = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
TYPST = '#panic("x") #read("/etc/passwd") $x$ @x <x> \\u{41} */ // #let a = 1'
TEMPLATE = "{{ 7*7 }} {% debug %} %(x)s {x} ${7*7}"
LINES = "x\r\nBEGIN:VALARM\r\nTRIGGER:PT0S\nX:1,2;3:\\n"
UNICODE = "\u202e\u2028\u2029\u0085\ufeff‮🦆"
TITLES = [
    BREAKING,
    TYPST,
    TEMPLATE,
    LINES,
    UNICODE,
    "</title></script><!--",
    "javascript:alert(1)",
    "&lt;b&gt; &#60;b&#62;",
]
MARKDOWN = f"""{BREAKING}

[a](javascript:alert(1)) [b](data:text/html,x) <javascript:alert(1)> ![c](https://evil.example/pixel.png)
[d](//evil.example "\"onclick=alert(1) x=") [e]: javascript:alert(1) [f](&#106;avascript:alert(1)) [g](\tjava\nscript:x)

<style>*{{display:none}}</style> <svg onload=alert(1)> <a href=x id=main name=x class=card style=color:red>x</a>
<form action=//evil.example><input name=csrfmiddlewaretoken></form> <iframe src=//evil.example></iframe>

{TYPST} {TEMPLATE}
"""
MODELS = (Article, Advice, Figure, Topic)
# What our own pages have, and no text may bring.
ACTIVE = {"iframe", "object", "embed", "base", "frame", "applet", "marquee", "style", "math", "foreignobject"}
SCHEMES = {"", "http", "https", "mailto", "tel", "webcal"}


@pytest.fixture(params=TITLES, ids=range(len(TITLES)))
def hostile(request, article, tip, figure, topic) -> str:
    """Write a text into every field of an article and all that belongs to it, past the forms; return its beginning."""
    Advice.objects.create(article=article, kind="rule", title_en="Rule")
    Advice.objects.create(article=article, kind="mistake", title_en="Mistake")
    for model in MODELS:
        for obj in model.objects.filter(pk__in=[article.pk]) if model is Article else newest(model, article):
            texts = {}
            for name in translated_fields(model):
                limit = model._meta.get_field(name).max_length
                text = MARKDOWN if limit is None else request.param[:limit]
                texts |= {} if name == "slug" else dict.fromkeys(columns(name), text)
            model.objects.filter(pk=obj.pk).update(**texts)
    return request.param


def newest(model, article) -> list:
    return list(Topic.objects.order_by("-pk")[:1] if model is Topic else model.objects.filter(article=article))


def check_page(html: str) -> Page:
    """Raise AssertionError where a page has anything active that isn't ours."""
    page = Page(html)
    for tag, attributes in page.elements:
        assert tag not in ACTIVE, tag
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
        for name in ("href", "src", "action"):
            target = (attributes.get(name) or "").strip()
            assert urlsplit(target).scheme in SCHEMES, target
            if tag in ("script", "img", "link", "form", "source"):
                assert "evil" not in target
        if tag == "script":
            assert (
                attributes.get("src", "").startswith(("/static/", "/admin/jsi18n/"))
                or attributes.get("type") == "application/ld+json"
            )
    assert len(page.all("main")) == 1
    return page


def test_every_page_shows_them_and_does_nothing(client, hostile, article, tip, topic):
    rule, mistake = (Advice.objects.get(article=article, kind=kind) for kind in ("rule", "mistake"))
    for language in ("en", "hy"):
        own = [obj.get_absolute_url() for obj in (article, tip, rule, mistake, topic)]
        own = [re.sub("^/../", f"/{language}/", path) for path in own]
        own += [f"{own[0]}with/ru/", f"{own[2]}poster/", f"/{language}/tips/?topic={topic.slug_en}"]
        own += [f"/{language}/sheet/?advice={tip.pk}", f"/{language}/search/?q=alert+panic+debug"]
        for path in [
            *own,
            *(path_of(kind, language) for kind in ("home", "articles", "tips", "topics", "figures", "check")),
        ]:
            response = client.get(path, follow=True)
            assert response.status_code == 200, path
            page = check_page(response.content.decode())
            assert page.structured is not None


def test_the_desk_shows_them_and_does_nothing(admin_client, hostile, article, tip, figure, topic):
    for obj in (article, tip, figure, topic):
        obj.refresh_from_db()
        name = f"articles_{obj._meta.model_name}"
        paths = [reverse(f"admin:{name}_{page}", args=[obj.pk]) for page in ("change", "history", "delete")]
        paths += [reverse(f"admin:{name}_translate", args=[obj.pk, "hy"]), reverse(f"admin:{name}_changelist")]
        for path in [*paths, reverse("admin:index"), reverse("admin:work")]:
            response = admin_client.get(path)
            assert response.status_code == 200, path
            check_page(response.content.decode())


def test_feeds_calendars_and_sitemaps_stay_what_they_are(client, hostile, article, tip):
    feeds = [
        f"/{language}/{path}" for language in ("en", "ru") for path in ("feed/", "today/feed/", "search/opensearch.xml")
    ]
    for path in [*feeds, "/sitemap.xml", "/sitemap-advice.xml", "/sitemap-articles.xml"]:
        root = ET.fromstring(client.get(path).content)
        assert not [element for element in root.iter() if element.tag.endswith(("script", "img"))]
    feed = ET.fromstring(client.get("/en/feed/").content)
    shown = [element.text or "" for element in feed.iter("{http://www.w3.org/2005/Atom}content")]
    assert any("alert(1)" in html for html in shown)
    for html in shown:
        assert {tag for tag, _attributes in Page(html).elements} <= {
            *("p", "a", "ul", "ol", "li", "em", "strong", "h2", "h3", "h4", "blockquote", "code", "br", "hr")
        }
    calendar = Calendar.from_ical(client.get("/en/today.ics").content)
    assert {component.name for component in calendar.walk()} == {"VCALENDAR", "VEVENT"}


def test_an_event_holds_a_hostile_title_as_text(client, article, clock):
    Advice.objects.exclude(article=article).delete()
    only = Advice.objects.create(article=article, kind="tip", title_en="Title", action_en="Action")
    Advice.objects.filter(pk=only.pk).update(title_en=LINES, action_en=LINES)
    calendar = client.get("/en/today.ics").content
    events = Calendar.from_ical(calendar).walk("VEVENT")
    assert b"\nBEGIN:VALARM" not in calendar
    assert events
    assert all("BEGIN:VALARM" in str(event["summary"]) for event in events)


def test_suggestions_are_data(client, hostile):
    response = client.get("/en/search/suggestions/", {"q": "alert"})
    assert response.headers["Content-Type"] == "application/x-suggestions+json"
    json.loads(response.content)


def test_a_sheet_is_set_of_data_not_of_a_program(client, hostile, tip):
    response = client.get("/en/sheet.pdf", {"advice": tip.pk})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "root:" not in text
    assert squeezed(hostile)[:8] in squeezed(text)


def squeezed(text: str) -> str:
    """Return the letters and digits of a text: lines are broken anew, and fonts lack some signs."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def test_a_picture_is_drawn_of_any_title(client, hostile, article):
    path = reverse("article-image", args=[article.slug_en])
    assert client.get(path).content.startswith(b"\x89PNG")


def test_a_code_holds_an_address_as_data():
    drawn = qr.svg('https://example.org/"><script>alert(1)</script>').decode()
    assert {element.tag.rpartition("}")[2] for element in ET.fromstring(drawn).iter()} <= {
        "svg",
        "path",
        "title",
        "g",
        "rect",
    }


def test_a_search_repeats_what_was_asked_as_text(client):
    for path in ("/en/search/", "/hy/search/"):
        for asked in (BREAKING, TEMPLATE, UNICODE, "</script>", '" onfocus="alert(1)" autofocus="'):
            check_page(client.get(path, {"q": asked}).content.decode())


def test_a_calculation_repeats_what_was_asked_as_text(client):
    for asked in (BREAKING, TEMPLATE, "1e999", "٣", "-0"):
        check_page(client.get("/en/calculator/", {"customers": asked, "spend": asked, "lost": asked}).content.decode())


@pytest.mark.parametrize(
    "path", ["/en/{}/", "/en/tips/{}/", "/admin/{}/", "/en/tips/?topic={}", "/en/check/result/?x={}"]
)
def test_a_page_that_isnt_there_repeats_nothing_of_its_address(admin_client, path):
    response = admin_client.get(path.format("%3Cscript%3Ealert(1)%3C/script%3Eevil.example"))
    assert b"<script>alert" not in response.content
    assert b"evil.example" not in response.content


@pytest.mark.parametrize(
    "text",
    [
        *("[x](java\tscript:alert(1))", "[x](\x01javascript:alert(1))"),
        *("[x](javascript&colon;alert(1))", "[x](JAVASCRIPT:x)"),
        *("[x](&#x6A;avascript:x)", "[x](javascript%3Aalert(1))"),
        *("[x](<java\nscript:x>)", "[x](vbscript:x)", "[x](file:///x)"),
        *("[x](data:image/svg+xml;base64,x)", "[x](blob:x)"),
        *("[x](feed:javascript:x)", "[x](view-source:x)", "[x](ws://x)"),
        *('[x](http://a/ "\' onclick=x")', "[![x](javascript:x)](https://a/)", "[[x](javascript:x)](javascript:y)"),
        *("> - [x](javascript:x)", "`[x](javascript:x)`"),
        *("    <script>", '<https://a/"onclick=x>', '<a@b.c"onclick=x>'),
        *("[x][y]\n\n[y]: javascript:x", "[x]\n\n[x]: <javascript:x> 'y'"),
        *("&lt;script&gt;", "&#60;script&#62;", "<?php x ?>"),
        *("<![CDATA[<script>]]>", "<svg><script>x</script></svg>"),
        *("<math><mtext><img src onerror=x>", "<p id=main>", "<x:y>"),
        *("<details open ontoggle=x>", "<a name=getElementById>", "\\<script>"),
        *(
            "<a href=javascript:x>x</a>",
            "<a href=//a onclick=x>x</a>",
            "*<b>*",
            "<!-->\n<script>",
            "<script",
            "</p><h1>",
        ),
    ],
)
def test_markdown_carries_nothing_but_text_and_links(text):
    for tag, attributes in Page(render(text)).elements:
        assert tag in {"p", "a", "code", "em", "ul", "li", "blockquote", "pre", "strong", "ol"}
        assert attributes.keys() <= {"href", "rel", "title"}
        assert urlsplit(attributes.get("href", "")).scheme in {"", "http", "https", "mailto", "tel"}
        assert "script:" not in attributes.get("href", "").lower().replace("%3a", "")


def test_a_link_that_leads_elsewhere_tells_nobody_where_from(client, tip):
    Advice.objects.filter(pk=tip.pk).update(body_en="[x](https://example.org/)")
    tip.refresh_from_db()
    (link,) = Page(render("[x](https://example.org/)")).all("a")
    assert {"noopener", "noreferrer"} <= set(link["rel"].split())


def test_a_draft_seen_by_its_link_does_nothing_either(hostile, article, tip):
    Article.objects.filter(pk=article.pk).update(status="draft")
    for obj in (Article.objects.get(pk=article.pk), Advice.objects.get(pk=tip.pk)):
        for language in LANGUAGES[:2]:
            check_page(Client().get(publishing.preview_url(obj, language)).content.decode())


def test_a_preview_of_markdown_answers_with_harmless_html(admin_client):
    answer = admin_client.post(reverse("admin:articles_article_preview"), {"text": MARKDOWN})
    assert answer.headers["Content-Type"] == "application/json"
    for tag, attributes in Page(answer.json()["html"]).elements:
        assert tag in {"p", "a", "br", "em"}
        assert attributes.keys() <= {"href", "rel", "title"}
