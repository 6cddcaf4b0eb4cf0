"""All authored content as plain records, read from and written to a folder of files.

<folder>/topics/topics.toml   <folder>/topics/<lang>.md     the topics
<folder>/<key>/article.toml   <folder>/<key>/<lang>.md      an article, its advice and its figures
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from .documents import (
    SHAPES,
    ContentError,
    Section,
    format_document,
    format_toml,
    line_of,
    parse_document,
    parse_toml,
)
from .languages import LANGUAGES, column

AUTHORED = Path(__file__).resolve().parent / "content"

NUMBER = (int, Decimal)
OUT_OF_REACH = 10**18
# What a TOML file says of each kind of object, in the order in which it is written, and the type of each value.
ENTRIES: dict[str, dict[str, tuple[type, ...]]] = {
    "topic": {"key": (str,)},
    "article": {
        "position": (int,),
        "source_language": (str,),
        "ink": (str,),
        "status": (str,),
        "published_at": (dt.datetime,),
    },
    "advice": {"key": (str,), "kind": (str,), "topics": (list,), "remedies": (list,)},
    "figure": {
        "key": (str,),
        "advice": (str,),
        "unit": (str,),
        "low": NUMBER,
        "high": NUMBER,
        "founded": (str,),
        "year": (int,),
    },
}


@dataclass
class Record:
    """One object: its model, its key, and its fields by name, translated ones by column ("title_hy").

    Relations are given by key. `places` tells for each field the file and line that it was read from.
    """

    model: str
    key: str
    fields: dict[str, object] = field(default_factory=dict)
    places: dict[str, tuple[Path, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.model} {self.key}"

    def error(self, reason: str, name: str = "") -> ContentError:
        """Return an error that names the place of the field `name`, or of the whole record."""
        return ContentError(*(self.places.get(name) or self.places[""]), reason)


def read_collection(folder: Path) -> list[Record]:
    """Return all records in `folder`: topics, then articles, advice and figures, each after what it refers to.

    Raises ContentError at the first thing that is wrong in form or refers to nothing.
    """
    written = {path.parent for path in (*folder.glob("*/*.toml"), *folder.glob("*/*.md"))}
    folders = sorted(written - {folder / "topics"})
    topics = read_group(folder / "topics", "topics.toml", read_topics) if folder / "topics" in written else []
    articles = [record for path in folders for record in read_group(path, "article.toml", read_article)]
    records = sorted([*topics, *articles], key=lambda record: list(ENTRIES).index(record.model))
    check_unique(records)
    check_relations(records)
    return records


def read_group(folder: Path, name: str, read: Callable[[str, Path], Iterable[Record]]) -> list[Record]:
    """Return the records that the TOML file `name` in `folder` lists, with their texts from the documents beside it."""
    path = folder / name
    records = list(read(read_file(path), path))
    check_unique(records)
    by_section = {(record.model, record.key): record for record in records}
    by_section |= {(kind, ""): records[0] for kind in ("article", "introduction", "closing") if name == "article.toml"}
    for document in sorted(folder.glob("*.md")):
        if document.stem not in LANGUAGES:
            message = _("no language of the site is called “%(name)s”")
            raise ContentError(document, 1, message % {"name": document.stem})
        for record in records:
            record.fields |= dict.fromkeys(text_columns(record.model, document.stem), "")
        for section in parse_document(read_file(document), document):
            add_texts(by_section, section, document.stem, document)
    return records


def text_columns(model: str, language: str) -> list[str]:
    """Return the columns that the document of a language speaks for; without that document they aren't spoken of."""
    kinds = ("article", "introduction", "closing") if model == "article" else (model,)
    names = [name for kind in kinds for name in (*SHAPES[kind].short, SHAPES[kind].long) if name]
    return [column(name, language) for name in names]


def read_file(path: Path) -> str:
    """Return the text of a file, whatever the line ends and the mark at the beginning that an editor left in it."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise ContentError(path, 1, _("this file is missing")) from None
    except OSError as error:
        raise ContentError(path, 1, _("this file can’t be read: %(reason)s") % {"reason": error.strerror}) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ContentError(path, line, _("this is not UTF-8")) from None


def read_topics(text: str, path: Path) -> Iterator[Record]:
    table = parse_toml(text, path)
    check_known(table, ["topic"], path, lambda name: line_of(text, name))
    yield from read_tables("topic", table, text, path)


def read_article(text: str, path: Path) -> Iterator[Record]:
    table = parse_toml(text, path)
    check_known(table, [*ENTRIES["article"], "advice", "figure"], path, lambda name: line_of(text, name))
    article = Record("article", path.parent.name)
    article.fields = {name: table.get(name) for name in ENTRIES["article"]}
    article.places = {name: (path, line_of(text, name)) for name in ("", *ENTRIES["article"])}
    check_types(article)
    yield article
    for model in ("advice", "figure"):
        for record in read_tables(model, table, text, path):
            record.fields["article"] = article.key
            yield record


def read_tables(model: str, table: dict, text: str, path: Path) -> Iterator[Record]:
    """Return a record for each table of the array `model`, at the position of its place in the file."""
    rows = table.get(model, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ContentError(path, 1, _("“%(name)s” must be an array of tables, [[%(name)s]]") % {"name": model})
    for index, row in enumerate(rows):
        places = {name: (path, line_of(text, name, model, index)) for name in ("", *ENTRIES[model])}
        check_known(row, list(ENTRIES[model]), path, lambda name, index=index: line_of(text, name, model, index))
        record = Record(model, row.get("key", ""), dict.fromkeys(ENTRIES[model]) | row, places)
        check_types(record)
        if not record.fields.pop("key"):
            raise record.error(_("a key is missing"))
        record.fields["position"] = index + 1
        yield record


def check_known(table: dict, known: list[str], path: Path, line_of_entry: Callable[[str], int]) -> None:
    """Raise ContentError where `table` has an entry that isn't `known`."""
    unknown = next((name for name in table if name not in known), None)
    if unknown:
        message = _("unknown entry “%(name)s”; there are %(known)s")
        raise ContentError(path, line_of_entry(unknown), message % {"name": unknown, "known": ", ".join(known)})


def check_types(record: Record) -> None:
    """Raise ContentError where a value is of the wrong type; give lists that aren't there as empty ones."""
    for name, types in ENTRIES[record.model].items():
        value = record.fields.get(name)
        if value is None:
            record.fields[name] = [] if types == (list,) else None
        elif type(value) not in types or (list in types and not all(isinstance(key, str) for key in value)):
            raise record.error(_("%(name)s: this is of the wrong type") % {"name": name}, name)
        elif isinstance(value, dt.datetime) and value.tzinfo is None:
            message = _("%(name)s: %(moment)s needs a time zone, such as %(moment)sZ")
            raise record.error(message % {"name": name, "moment": value}, name)
        elif not is_within_reach(value):
            raise record.error(_("%(name)s: no database can hold this") % {"name": name}, name)


def is_within_reach(value: object) -> bool:
    """Tell whether a value can be computed with; a moment that is none in UTC can't."""
    match value:
        case dt.datetime():
            try:
                value.astimezone(dt.UTC)
            except OverflowError:
                return False
        case Decimal() if value.is_nan():
            return False
        case int() | Decimal():
            return -OUT_OF_REACH < value < OUT_OF_REACH
    return True


def add_texts(records: dict[tuple[str, str], Record], section: Section, language: str, path: Path) -> None:
    """Put the texts of `section` into the record that it belongs to."""
    record = records.get((section.kind, section.key))
    if record is None:
        raise ContentError(path, section.line, homeless(section))
    for name, text in section.texts.items():
        record.fields[column(name, language)] = text
        record.places[column(name, language)] = path, section.lines[name]


def homeless(section: Section) -> str:
    """Return that the TOML file has nothing that the texts of `section` belong to."""
    if not section.key:
        return _("no place for a section “%(kind)s” in the TOML file beside it") % {"kind": section.kind}
    message = _("no %(kind)s “%(key)s” in the TOML file beside it")
    return message % {"kind": section.kind, "key": section.key}


def check_unique(records: list[Record]) -> None:
    """Raise ContentError where two records of a model have the same key."""
    seen: set[tuple[str, str]] = set()
    for record in records:
        if (record.model, record.key) in seen:
            raise record.error(_("a second “%(name)s”") % {"name": record.name}, "key")
        seen.add((record.model, record.key))


def check_relations(records: list[Record]) -> None:
    """Raise ContentError where a record names a key that there isn't."""
    keys = {(record.model, record.key) for record in records}
    for record in records:
        for name, model in (("topics", "topic"), ("remedies", "advice"), ("advice", "advice")):
            for key in as_list(record.fields.get(name)):
                if (model, key) not in keys:
                    message = _("%(record)s: no %(kind)s “%(key)s”")
                    raise record.error(message % {"record": record.name, "kind": model, "key": key}, name)


def as_list(value: object) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def write_collection(records: Iterable[Record], folder: Path) -> int:
    """Make `folder` hold these records, which come in reading order, and return how many files these are.

    Documents that would be empty, and articles that are no more, are taken away; nothing else in `folder` is touched.
    """
    groups: dict[str, list[Record]] = {"topics": []}
    for record in records:
        groups.setdefault(group_of(record), []).append(record)
    for stale in folder.glob("*/article.toml"):
        if stale.parent.name not in groups:
            write_files(stale.parent, dict.fromkeys(["article.toml", *document_names()], ""))
    return sum(write_files(folder / name, dict(files_of(group))) for name, group in groups.items())


def group_of(record: Record) -> str:
    """Return the name of the folder that a record is written to."""
    if record.model == "topic":
        return "topics"
    return record.key if record.model == "article" else str(record.fields["article"])


def files_of(records: list[Record]) -> Iterator[tuple[str, str]]:
    """Return name and text of the files that a group of records makes."""
    by_model = {model: [record for record in records if record.model == model] for model in ENTRIES}
    article = entries_of(by_model["article"][0]) if by_model["article"] else {}
    tables = {model: [entries_of(record) for record in by_model[model]] for model in ("topic", "advice", "figure")}
    yield "article.toml" if article else "topics.toml", format_toml(article, tables)
    for language, name in zip(LANGUAGES, document_names(), strict=True):
        yield name, format_document(sections_of(by_model, language))


def entries_of(record: Record) -> dict[str, object]:
    values = {"key": record.key, **record.fields}
    return {name: None if values.get(name) == [] else values.get(name) for name in ENTRIES[record.model]}


def sections_of(by_model: dict[str, list[Record]], language: str) -> Iterator[Section]:
    """Return the sections of the document in `language`."""
    order = ("topic", "topic"), ("article", "article"), ("article", "introduction")
    order += ("advice", "advice"), ("article", "closing"), ("figure", "figure")
    for model, kind in order:
        shape = SHAPES[kind]
        for record in by_model[model]:
            texts = {name: record.fields.get(column(name, language)) or "" for name in (*shape.short, shape.long)}
            yield Section(kind, record.key if shape.has_key else "", 0, texts)


def document_names() -> list[str]:
    return [f"{language}.md" for language in LANGUAGES]


def write_files(folder: Path, texts: dict[str, str]) -> int:
    """Write these files, those without text taken away, and the folder with them once it is empty; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        if text:
            (folder / name).write_bytes(text.encode())
        else:
            (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
    return sum(map(bool, texts.values()))
