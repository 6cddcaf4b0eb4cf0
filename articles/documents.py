r"""The content format: a Markdown document a language, beside a TOML file with all that doesn't depend on language.

A document is a row of sections. A section begins with a line `# <kind>` or `# <kind> <key>`, then has a line
`name: value` for each short text, and after a blank line its long text, if its kind has one. A line of a long text
that itself looks like the beginning of a section is written with a backslash before it.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _


class ContentError(Exception):
    """A file that can't be loaded: where and why, in one line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")


@dataclass(frozen=True)
class Shape:
    """What a section of one kind may hold: short texts by name, and the name of its long text."""

    short: tuple[str, ...] = ()
    long: str = ""
    has_key: bool = False


SHAPES = {
    "article": Shape(short=("title", "slug", "summary")),
    "introduction": Shape(long="introduction"),
    "advice": Shape(short=("title", "slug", "action", "question"), long="body", has_key=True),
    "closing": Shape(long="closing"),
    "figure": Shape(short=("claim", "source"), has_key=True),
    "topic": Shape(short=("name", "slug", "summary"), has_key=True),
}

# Tables within tables as no content has them: to read them takes the square of their number.
DEEP = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){20}")
# What neither a database nor an XML feed takes; line ends are dealt with before.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
SECTION_LINE = re.compile(r"# (?P<kind>\w+)(?: (?P<key>\S+))?$")
SHORT_LINE = re.compile(r"(?P<name>\w+):(?: (?P<value>.*))?$")
# A heading of the first rank, behind any number of backslashes.
SECTION_LIKE = re.compile(r"^(\\*# )", re.MULTILINE)
ESCAPED = re.compile(r"^\\(\\*# )", re.MULTILINE)


@dataclass
class Section:
    """One section of a document: its texts, and the line (from 1) on which each stands."""

    kind: str
    key: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def parse_document(text: str, path: Path) -> list[Section]:
    """Return the sections of a document in order; raise ContentError with `path` where it breaks the format."""
    sections: list[Section] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if found := CONTROL.search(line):
            raise ContentError(path, number, _("a control character, %(sign)s") % {"sign": repr(found[0])})
    starts = [number for number, line in enumerate(lines) if line.startswith("# ")]
    if not starts and not text.strip():
        return []
    if any(line.strip() for line in lines[: starts[0] if starts else None]):
        message = _("the first line must begin a section, such as “%(example)s”")
        raise ContentError(path, 1, message % {"example": "# article"})
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        section = parse_section(lines[start:end], start + 1, path)
        if any((section.kind, section.key) == (other.kind, other.key) for other in sections):
            raise ContentError(path, section.line, _("a second section “%(line)s”") % {"line": lines[start]})
        sections.append(section)
    return sections


def parse_section(lines: list[str], first: int, path: Path) -> Section:
    """Return the section that these lines are, `first` being the number of the first."""
    match = SECTION_LINE.match(lines[0])
    shape = SHAPES.get(match["kind"]) if match else None
    if shape is None:
        message = _("“%(line)s” is no section; there are %(known)s")
        raise ContentError(path, first, message % {"line": lines[0], "known": ", ".join(SHAPES)})
    if shape.has_key != bool(match["key"]):
        message = _("a section “%(kind)s” needs a key") if shape.has_key else _("a section “%(kind)s” has no key")
        raise ContentError(path, first, message % {"kind": match["kind"]})
    section = Section(match["kind"], match["key"] or "", first)
    end_of_short = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    for number, line in enumerate(lines[1:end_of_short], first + 1):
        parse_short(line, number, shape, section, path)
    long = "\n".join(lines[end_of_short:]).strip()
    if long and not shape.long:
        message = _("a section “%(kind)s” has no long text")
        raise ContentError(path, first + end_of_short + 1, message % {"kind": section.kind})
    if long:
        section.texts[shape.long] = ESCAPED.sub(r"\1", long)
        section.lines[shape.long] = first + end_of_short + 1
    return section


def parse_short(line: str, number: int, shape: Shape, section: Section, path: Path) -> None:
    """Add the short text on this line to `section`."""
    match = SHORT_LINE.match(line)
    if match is None or match["name"] not in shape.short:
        raise ContentError(path, number, misplaced(line, shape))
    if match["name"] in section.texts:
        raise ContentError(path, number, _("a second “%(name)s”") % {"name": match["name"]})
    section.texts[match["name"]] = (match["value"] or "").strip()
    section.lines[match["name"]] = number


def misplaced(line: str, shape: Shape) -> str:
    """Return that a line stands where a short text should, or a blank line."""
    if not shape.short:
        return _("“%(line)s” where a blank line is expected") % {"line": line}
    wanted = ", ".join(f"{name}: …" for name in shape.short)
    return _("“%(line)s” where one of these is expected: %(wanted)s") % {"line": line, "wanted": wanted}


def format_document(sections: Iterable[Section]) -> str:
    """Return the document that these sections make, those without any text left out; "" if none is left."""
    return "\n".join(filter(None, map(format_section, sections)))


def format_section(section: Section) -> str:
    shape = SHAPES[section.kind]
    short = [f"{name}: {section.texts[name]}" for name in shape.short if section.texts.get(name)]
    long = section.texts.get(shape.long, "")
    if not short and not long:
        return ""
    head = "\n".join([f"# {section.kind} {section.key}".rstrip(), *short])
    if not long:
        return f"{head}\n"
    escaped = SECTION_LIKE.sub(r"\\\1", long)
    return f"{head}\n\n{escaped}\n"


def parse_toml(text: str, path: Path) -> dict:
    """Return the table in `text`; raise ContentError where it isn't TOML."""
    if found := DEEP.search(text):
        raise ContentError(path, text.count("\n", 0, found.start()) + 1, _("this is nested too deeply"))
    # No server needs it to start.
    import tomllib

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        message = _("this isn’t valid TOML (%(reason)s)") % {"reason": error}
        raise ContentError(path, int(line[1]) if line else text.count("\n") + 1, message) from None
    except ValueError:
        raise ContentError(path, 1, _("a number has too many digits")) from None
    except RecursionError:
        raise ContentError(path, 1, _("this is nested too deeply")) from None


def format_toml(values: Mapping[str, object], tables: Mapping[str, Iterable[Mapping[str, object]]]) -> str:
    """Return `values` and then the arrays of tables as TOML, a line a value, None left out."""
    blocks = [toml_lines(values)] if values else []
    blocks += [f"[[{name}]]\n{toml_lines(table)}" for name, rows in tables.items() for table in rows]
    return "\n".join(blocks)


def toml_lines(values: Mapping[str, object]) -> str:
    return "".join(f"{name} = {toml_value(value)}\n" for name, value in values.items() if value is not None)


def toml_value(value: object) -> str:
    """Return a text, number, moment or list of these as TOML."""
    match value:
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        case list():
            return f"[{', '.join(map(toml_value, value))}]"
        case str():
            # JSON's escapes are a part of TOML's, apart from DEL, which TOML wants escaped too.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", r"\u007f")
        case _:
            return str(value)


def line_of(text: str, entry: str, table: str = "", index: int = 0) -> int:
    """Return the line (from 1) of `entry` in the table number `index` (from 0) of the array `table`, or at the top.

    It is the line on which the table begins if the entry isn't there. (tomllib doesn't tell where values stand.)
    """
    lines = text.split("\n")
    heads = [number for number, line in enumerate(lines) if line.startswith("[")]
    starts = [number for number in heads if lines[number].strip() == f"[[{table}]]"] if table else [-1]
    start = starts[index] if index < len(starts) else -1
    end = next((number for number in heads if number > start), len(lines))
    matching = re.compile(rf"\s*{re.escape(entry)}\s*=")
    found = (number for number in range(start + 1, end) if entry and matching.match(lines[number]))
    return next(found, max(start, 0)) + 1
