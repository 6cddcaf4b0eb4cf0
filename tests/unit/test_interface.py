"""The interface strings: all there, in all languages, in step with the code."""

import re
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, ngettext_lazy, override

from articles.catalogues import all_catalogues, compile_catalogues, merged_strings, own_catalogues, plural_forms
from articles.languages import LANGUAGES

# Those parts of Django whose strings editors and readers may see.
DJANGO = ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes")
CATALOGUES = {language: polib.pofile(str(path)) for language, path in own_catalogues().items()}
# Names of formats, programs, files and groups, which no alphabet changes.
LATIN_NAMES = (
    "Markdown",
    "XLIFF",
    "CSV",
    "XLSX",
    "XML",
    "ZIP",
    "UTF",
    "Excel",
    "TOML",
    "PDF",
    "QR",
    "WCAG",
    "AA",
    "axe",
    "Chromium",
    "toml",
    "md",
    "Editors",
    "Translators",
)
ALPHABETS = {"ru": re.compile("[а-яё]", re.IGNORECASE), "hy": re.compile("[ա-և]", re.IGNORECASE)}


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%(?:\(\w+\))?[sd]|\{\w*\}", text))


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


@pytest.mark.parametrize("language", ALPHABETS)
def test_a_translation_is_written_in_its_own_script(language):
    for entry in CATALOGUES[language]:
        for translation in translations(entry):
            words = re.sub(rf"<[^>]*>|\{{\w+\}}|%\(\w+\)s|{'|'.join(LATIN_NAMES)}", "", translation)
            assert not re.search("[A-Za-z]{2}", words), entry.msgid
            assert ALPHABETS[language].search(words) or not re.search(r"\w", words), entry.msgid


@pytest.mark.parametrize("language", ["fi", "et"])
def test_no_sentence_is_left_in_english(language):
    assert [entry.msgid for entry in CATALOGUES[language] if entry.msgstr == entry.msgid and " " in entry.msgid] == []


def entries(path: Path) -> dict[tuple[str, str, str | None], polib.POEntry]:
    """Return the entries of a catalogue by what a look-up has to agree in: one without a plural is found by none."""
    catalogue = polib.pofile(str(path)) if path.exists() else []
    return {(entry.msgid, entry.msgid_plural, entry.msgctxt): entry for entry in catalogue}


def translated(path: Path) -> dict[tuple[str, str, str | None], polib.POEntry]:
    return {key: entry for key, entry in entries(path).items() if all(translations(entry))}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
@pytest.mark.parametrize("language", CATALOGUES)
def test_what_django_leaves_untranslated_we_translate(language, domain):
    file = f"{language}/LC_MESSAGES/{domain}.po"
    ours = translated(settings.BASE_DIR / "locale" / "django" / file)
    lacking, known = set(), {}
    for part in DJANGO:
        locale = Path(django.__file__).parent / part / "locale"
        django_has = translated(locale / file)
        lacking |= entries(locale / "en" / "LC_MESSAGES" / f"{domain}.po").keys() - django_has.keys()
        known |= django_has
    assert lacking - ours.keys() == set()
    redundant = {key for key in ours.keys() - lacking if not ours[key].comment}
    assert redundant == set(), "Django translates these by now"
    alike = {key for key in ours.keys() & known.keys() if translations(ours[key]) == translations(known[key])}
    assert alike == set(), "Django has the same by now"


# Sentences of Django's around the name of a kind of content, whose cases and genders they don't know.
@pytest.mark.parametrize(
    ("language", "sentence", "values", "expected"),
    [
        ("ru", "Change %s", "статья", "Изменение: статья"),
        ("ru", "Add another %(verbose_name)s", {"verbose_name": "заметка"}, "Добавить ещё: заметка"),
        ("fi", "Change %s", "artikkeli", "Muokkaus: artikkeli"),
        ("et", "Change %s", "artikkel", "Muutmine: artikkel"),
        ("hy", "Successfully deleted %(count)d %(items)s.", {"count": 5, "items": "թվեր"}, "Հեռացվել է՝ թվեր (5)։"),
    ],
)
def test_a_sentence_of_django_fits_any_noun(language, sentence, values, expected):
    with override(language):
        assert gettext(sentence) % values == expected


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_refused_form_is_headed_in_the_language_of_the_desk(language, number):
    english = ("Please correct the error below.", "Please correct the errors below.")
    with override(language):
        assert ngettext(*english, number) not in english


def test_too_long_isnt_called_too_short_in_armenian():
    most = ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    )
    with override("hy"):
        assert "առավելագույնը 70 նիշ" in str(most % {"limit_value": 70, "show_value": 75})


@pytest.mark.parametrize("path", all_catalogues(), ids=lambda path: "/".join(path.parts[-3:]))
def test_placeholders_are_kept_in_every_catalogue(path):
    for entry in polib.pofile(str(path)):
        for translation in translations(entry):
            assert placeholders(translation) == placeholders(entry.msgid), entry.msgid


def test_what_is_compiled_is_said_at_once_though_there_was_nothing_before(settings, tmp_path):
    catalogue = tmp_path / "fi" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "Tea"\nmsgstr "Tee"\n')
    settings.LOCALE_PATHS = [tmp_path]
    with override("fi"):
        assert gettext("Tea") == "Tea"
    compile_catalogues()
    with override("fi"):
        assert gettext("Tea") == "Tee"
