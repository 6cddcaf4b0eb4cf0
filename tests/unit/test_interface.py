"""The interface strings: all there, in all languages, in step with the code."""

import re

import polib
import pytest
from django.conf import settings

from articles.catalogues import catalogue_paths, merged_strings, plural_forms
from articles.languages import LANGUAGES

CATALOGUES = {path.parts[-3]: polib.pofile(str(path)) for path in catalogue_paths()}
ALPHABETS = {"ru": re.compile("[а-яё]", re.IGNORECASE), "hy": re.compile("[ա-և]", re.IGNORECASE)}


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|\{\w+\}", text))


def test_every_language_but_that_of_the_code_has_a_catalogue():
    assert CATALOGUES.keys() == set(LANGUAGES) - {settings.LANGUAGE_CODE}


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_holds_just_the_strings_of_the_code(language):
    held = {(entry.msgid, entry.msgctxt) for entry in CATALOGUES[language]}
    assert held == set(merged_strings())


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_string_is_translated(language):
    catalogue = CATALOGUES[language]
    assert [entry.msgid for entry in catalogue if not all(translations(entry)) or entry.fuzzy] == []
    forms = plural_forms(catalogue)
    assert all(len(entry.msgstr_plural) == forms for entry in catalogue if entry.msgid_plural)


@pytest.mark.parametrize("language", CATALOGUES)
def test_placeholders_are_kept(language):
    for entry in CATALOGUES[language]:
        for translation in translations(entry):
            assert placeholders(translation) == placeholders(entry.msgid), entry.msgid


@pytest.mark.parametrize("language", ALPHABETS)
def test_a_translation_is_written_in_its_own_script(language):
    for entry in CATALOGUES[language]:
        for translation in translations(entry):
            words = re.sub(r"\{\w+\}|%\(\w+\)s|Markdown", "", translation)
            assert not re.search("[A-Za-z]{2}", words), entry.msgid
            assert ALPHABETS[language].search(words) or not re.search(r"\w", words), entry.msgid


@pytest.mark.parametrize("language", ["fi", "et"])
def test_no_translation_is_left_in_english(language):
    same = {entry.msgid for entry in CATALOGUES[language] if entry.msgstr == entry.msgid and len(entry.msgid) > 8}
    assert not same
