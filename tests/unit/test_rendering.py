"""Markdown as HTML that is safe to show."""

from urllib.parse import urlsplit

import pytest

from articles.rendering import render

from .pages import Page


def test_markdown_becomes_html():
    assert render("**Well** done.\n\n- one\n- two") == (
        "<p><strong>Well</strong> done.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


@pytest.mark.parametrize(("top", "tag"), [(2, "h2"), (3, "h3")])
def test_headings_begin_below_those_of_the_page(top, tag):
    assert render("# Heading", top) == f"<{tag}>Heading</{tag}>\n"


def test_headings_end_at_the_sixth_rank():
    assert render("##### Deep", 3) == "<h6>Deep</h6>\n"


def test_html_in_a_text_is_shown_as_text():
    assert render("<b onclick=x>bold</b>") == "<p>&lt;b onclick=x&gt;bold&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](http://example.org/pixel.png)",
        "<img src=x onerror=alert(1)>",
        "<style>body{display:none}</style>",
        "<!-- <script>alert(1)</script> -->",
        "```<script>\nalert(1)\n```",
    ],
)
def test_nothing_active_gets_through(text):
    for tag, attributes in Page(render(text)).elements:
        assert tag in {"p", "a", "code"}
        assert attributes.keys() <= {"href", "rel"}
        assert urlsplit(attributes.get("href", "")).scheme in {"", "http", "https", "mailto", "tel"}


def test_links_lead_on():
    html = render("[us](/en/tips/) [them](https://example.org/?a=1&b=2) [mail](mailto:a@example.org)")
    for href in ("/en/tips/", "https://example.org/?a=1&amp;b=2", "mailto:a@example.org"):
        assert f'href="{href}"' in html
