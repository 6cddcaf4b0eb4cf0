"""The catalogues of interface strings: compiled for Django, and kept in step with the code.

locale/<lang>/ holds our own strings, locale/django/<lang>/ those of Django that it leaves untranslated itself
and, each with a comment that says why, those that don't fit.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize
from jinja2 import Environment, nodes

# A function that marks a string, and which of its arguments are strings.
MARKS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SOURCES = ("articles/**/*.py", "retention/**/*.py")
TEMPLATES_OF_THE_DESK = "templates/admin/**/*.html"
TEMPLATES_OF_PAGES = "templates/pages/**/*.*"


def own_catalogues() -> dict[str, Path]:
    """Return the catalogue of our strings by language; English is the language of the code and has none."""
    return {path.parts[-3]: path for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("??/LC_MESSAGES/django.po"))}


def all_catalogues() -> list[Path]:
    return sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("??/LC_MESSAGES/*.po"))


def compile_catalogues() -> None:
    """Compile the catalogues that changed since they were compiled last."""
    for path in filter(is_stale, all_catalogues()):
        draft = path.with_suffix(f".{os.getpid()}")
        polib.pofile(str(path)).save_as_mofile(str(draft))
        compiled = draft.replace(path.with_suffix(".mo"))
        # What this process has read before, or found missing, goes into the templates otherwise.
        translation_file_changed(None, compiled)


def is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def marked_strings() -> Iterator[tuple[str, polib.POEntry]]:
    """Return every string marked for translation in code and templates, with the file that it stands in."""
    for pattern in SOURCES:
        for name, source in files(pattern):
            yield from ((name, entry) for entry in entries_of_code(source))
    for name, source in files(TEMPLATES_OF_THE_DESK):
        yield from ((name, entry) for entry in entries_of_code(code_of_template(source, name)))
    for name, source in files(TEMPLATES_OF_PAGES):
        yield from ((name, entry) for entry in entries_of_page(source))


def files(pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(settings.BASE_DIR.glob(pattern)):
        yield str(path.relative_to(settings.BASE_DIR)), path.read_text()


def entries_of_code(code: str) -> Iterator[polib.POEntry]:
    """Return the strings marked in Python code. Needs Babel, which only those who work on the code install."""
    from babel.messages.extract import extract_python

    for _line, function, strings, comments in extract_python(
        BytesIO(code.encode()), MARKS, ["Translators:"], {"encoding": "utf-8"}
    ):
        if entry := entry_of(function, strings, comments):
            yield entry


def entries_of_page(source: str) -> Iterator[polib.POEntry]:
    """Return the strings that the template of a public page translates by a filter."""
    for used in Environment().parse(source).find_all(nodes.Filter):  # noqa: S701 - nothing is rendered
        if used.name in ("translate", "translate_into"):
            yield polib.POEntry(msgid=used.node.value)
        if used.name == "plural":
            yield polib.POEntry(msgid=used.node.value, msgid_plural=used.args[0].value)


def code_of_template(source: str, name: str) -> str:
    """Return the marked strings of a template as Python code, in which indentation would mean something."""
    return "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())


def entry_of(function: str, strings: str | tuple | None, comments: list[str]) -> polib.POEntry | None:
    """Return the catalogue entry of one call of a function that marks strings; None if it is given a variable."""
    parts = [strings] if isinstance(strings, str) else [part for part in strings or () if part is not None]
    if not parts or not parts[0]:
        return None
    context = parts.pop(0) if "pgettext" in function else None
    entry = polib.POEntry(msgid=parts[0], msgctxt=context, comment="\n".join(comments))
    if function.startswith("n"):
        entry.msgid_plural = parts[1]
    return entry


def update_catalogues() -> dict[str, list[str]]:
    """Bring all catalogues in step with the code: new strings are added untranslated, those no longer used go.

    Returns for each language the strings that wait for a translation.
    """
    marked = merged_strings()
    return {language: update_catalogue(path, marked) for language, path in own_catalogues().items()}


def merged_strings() -> dict[tuple[str, str | None], polib.POEntry]:
    """Return the marked strings, each once, with all the files that it stands in."""
    merged: dict[tuple[str, str | None], polib.POEntry] = {}
    for name, entry in marked_strings():
        entry = merged.setdefault((entry.msgid, entry.msgctxt), entry)
        if (name, "") not in entry.occurrences:
            entry.occurrences.append((name, ""))
    return merged


def update_catalogue(path: Path, marked: dict[tuple[str, str | None], polib.POEntry]) -> list[str]:
    catalogue = polib.pofile(str(path), wrapwidth=100)
    known = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
    updated = polib.POFile(wrapwidth=100)
    updated.metadata = catalogue.metadata
    for key, source in sorted(marked.items(), key=lambda item: (item[1].occurrences[0], item[0][0])):
        entry = polib.POEntry(
            msgid=source.msgid,
            msgctxt=source.msgctxt,
            msgid_plural=source.msgid_plural,
            occurrences=source.occurrences,
            comment=source.comment,
        )
        if translation := known.get(key):
            entry.msgstr, entry.msgstr_plural = translation.msgstr, translation.msgstr_plural
            entry.flags = translation.flags
        elif entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(plural_forms(catalogue)), "")
        updated.append(entry)
    updated.save(str(path))
    return [entry.msgid for entry in updated if not entry.translated()]


def plural_forms(catalogue: polib.POFile) -> int:
    return int(catalogue.metadata["Plural-Forms"].split("nplurals=")[1].split(";")[0])
