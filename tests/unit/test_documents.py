"""The content format: what it reads, what it refuses, and that nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.documents import ContentError, Section, format_document, format_toml, parse_document, parse_toml

PATH = Path("fi.md")
DOCUMENT = """\
# article
title: Hyvää päivää
slug: hyvaa-paivaa

# introduction

Yksi: kaksi.

\\# Ei otsikko

# advice greet-first
title: Tervehdi ensin

Sano huomenta.

# figure fifteen
claim: 15 % epäonnistuu.
"""


def test_a_document_is_read_section_by_section():
    sections = parse_document(DOCUMENT, PATH)
    assert [(section.kind, section.key) for section in sections] == [
        ("article", ""),
        ("introduction", ""),
        ("advice", "greet-first"),
        ("figure", "fifteen"),
    ]
    assert sections[1].texts == {"introduction": "Yksi: kaksi.\n\n# Ei otsikko"}
    assert sections[2].texts == {"title": "Tervehdi ensin", "body": "Sano huomenta."}
    assert sections[2].lines == {"title": 12, "body": 14}


def test_what_was_read_is_written_the_same():
    assert format_document(parse_document(DOCUMENT, PATH)) == DOCUMENT


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Hello\n", 1, "must begin a section"),
        ("# advice\n", 1, "needs a key"),
        ("# closing now\n", 1, "has no key"),
        ("# chapter one\n", 1, "is no section"),
        ("# article\ntitel: X\n", 2, "title: …"),
        ("# article\ntitle: X\ntitle: Y\n", 3, "a second “title”"),
        ("# article\ntitle: X\n\nText.\n", 4, "has no long text"),
        ("# closing\n\nA.\n\n# closing\n\nB.\n", 5, "a second section"),
        ("# introduction\nText.\n", 2, "a blank line is expected"),
    ],
)
def test_a_broken_document_is_refused_with_file_line_and_reason(text, line, reason):
    with pytest.raises(ContentError) as caught:
        parse_document(text, PATH)
    assert str(caught.value).startswith(f"fi.md:{line}: ")
    assert reason in str(caught.value)


def test_broken_toml_is_refused_with_its_line():
    with pytest.raises(ContentError, match=r"^article\.toml:2: "):
        parse_toml('ink = "pine"\nposition = \n', Path("article.toml"))


short_texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])).map(str.strip)
long_texts = st.text(st.one_of(st.just("\n"), st.characters(exclude_categories=["Cs", "Cc"]))).map(str.strip)


@given(title=short_texts, body=long_texts, lines=st.lists(st.sampled_from(["# a", "\\# b", "title: x", "", "##"])))
def test_any_text_survives_writing_and_reading(title, body, lines):
    body = "\n".join([body, *lines]).strip()
    section = Section("advice", "key", 0, {"title": title, "body": body})
    written = format_document([section])
    read = parse_document(written, PATH)[0].texts if written else {}
    assert {name: text for name, text in section.texts.items() if text} == read


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_toml(value):
    assert parse_toml(format_toml({"a": value}, {}), PATH) == {"a": value}
