"""Units as a table, one text a row: CSV and XLSX, for those who translate in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from string import ascii_uppercase

from django.utils.translation import gettext as _

from .status import CURRENT, MISSING, OUTDATED
from .units import Refused, Unit
from .zips import members

COLUMNS = ("model", "key", "field", "source_language", "language", "source", "translation", "status", "fingerprint")
# A table whose writer has taken this column away is still understood.
OPTIONAL = {"fingerprint"}
SAID = {CURRENT: CURRENT, OUTDATED: "", MISSING: "", "": ""}

# What a spreadsheet takes for a formula, behind any number of the apostrophes that stop it from doing so.
BEGINNING = r"[=+\-@\t\r\n＝＋－＠]"
FORMULA = re.compile(rf"'*{BEGINNING}")
DEFUSED = re.compile(rf"'+{BEGINNING}")

BOM = "\ufeff"
MOST_ROWS = 20_000
# What a spreadsheet cuts off without a word.
LONGEST_CELL = 32_767
WIDTHS = {"source": 60, "translation": 60, "key": 30}
UNPACKED = 40_000_000  # bytes
# Tags that are more, or one that is longer, take minutes and all memory to read; the largest tables have half as many.
MOST_TAGS = 2_500_000
LONG_TAG = re.compile(rb"<[^<>]{10000}")


# --- Out --------------------------------------------------------------------------------------------------------------


def written_csv(units: Iterable[Unit]) -> Iterator[str]:
    """Return a file piece by piece, however many units there are; Excel knows it for UTF-8 by its first mark."""
    yield BOM + line_of(COLUMNS)
    yield from (line_of(row_of(unit)) for unit in units)


def written_xlsx(units: Iterable[Unit]) -> bytes:
    """Return a workbook; raise Refused if that is too much for one."""
    rows = [row_of(unit) for unit in islice(units, MOST_ROWS + 1)]
    if len(rows) > MOST_ROWS or any(len(cell) > LONGEST_CELL for row in rows for cell in row):
        raise Refused(_("That is too much for a spreadsheet: choose fewer texts, or XLIFF, or CSV."))
    # Takes 20 MB and half of what the site needs to start, for what few servers ever do.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    def cell_of(value: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Come again")
    sheet.freeze_panes = "A2"
    for letter, name in zip(ascii_uppercase, COLUMNS, strict=False):
        sheet.column_dimensions[letter].width = WIDTHS.get(name, 12)
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([cell_of(value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def row_of(unit: Unit) -> list[str]:
    return [defused(getattr(unit, name)) for name in COLUMNS]


def defused(text: str) -> str:
    """Return `text` as a spreadsheet shows it instead of computing it."""
    return f"'{text}" if FORMULA.match(text) else text


def line_of(row: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(row)
    return line.getvalue()


# --- Back -------------------------------------------------------------------------------------------------------------


def parsed_csv(content: bytes) -> list[Unit]:
    """Return the units of a CSV file, whichever of the usual signs separates its columns; raise Refused if broken."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file isn’t UTF-8. In Excel, save it as “CSV UTF-8”.")) from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Refused(_("This isn’t a CSV file: %(reason)s.") % {"reason": error}) from None
    return units_in(rows)


def parsed_xlsx(content: bytes) -> list[Unit]:
    """Return the units on the first sheet of a workbook; raise Refused if it is broken, or made to do harm."""
    from openpyxl import load_workbook

    try:
        refuse_bombs(content)
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        # A sheet may claim to be a million rows long.
        rows = list(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=2 * len(COLUMNS)))
        refuse_formulas(rows)
        return units_in([[text_in(cell.value) for cell in row] for row in rows])
    except Refused:
        raise
    except Exception:  # whatever a broken workbook makes the library stumble over
        raise Refused(_("This isn’t a workbook that can be read (XLSX).")) from None


def refuse_bombs(content: bytes) -> None:
    """Raise Refused where a member declares entities, or is small only in bytes."""
    for _name, text in members(content, UNPACKED):
        # Whether in one byte a character or in two.
        text = text.replace(b"\0", b"")
        if b"<!DOCTYPE" in text:
            raise Refused(_("This file declares a document type or entities, which no file of ours does."))
        if text.count(b"<") > MOST_TAGS or LONG_TAG.search(text):
            raise Refused(_("This file unpacks to more than is taken at once."))


def refuse_formulas(rows: list[tuple]) -> None:
    """Raise Refused where a formula stands for a text: what it comes to isn't in every file."""
    names = [text_in(cell.value).strip().lower() for cell in rows[0]] if rows else []
    for number, row in enumerate(rows, 1):
        for name, cell in zip(names, row, strict=False):
            if name in COLUMNS and cell.data_type == "f":
                message = _("Row %(number)s has a formula in “%(name)s”: put its result there as text.")
                raise Refused(message % {"number": number, "name": name})


def text_in(value: object) -> str:
    """Return what stands in a cell; a spreadsheet may have made a number of it."""
    text = str(int(value) if isinstance(value, float) and value.is_integer() else "" if value is None else value)
    return text.encode("utf-8", "replace").decode()


def units_in(rows: list[list[str]]) -> list[Unit]:
    if not rows:
        raise Refused(_("This table is empty."))
    names = [name.strip().lower() for name in rows[0]]
    if lacking := [name for name in COLUMNS if name not in names and name not in OPTIONAL]:
        raise Refused(_("The table lacks columns: %(names)s.") % {"names": ", ".join(lacking)})
    if len(rows) > MOST_ROWS + 1:
        raise Refused(_("The table has more than %(count)s rows.") % {"count": MOST_ROWS})
    filled = ((number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row))
    return [unit_of(dict(zip(names, row, strict=False)), number) for number, row in filled]


def unit_of(cells: dict[str, str], number: int) -> Unit:
    place = _("Row %(number)s") % {"number": number}
    values = {name: undone(cells.get(name, "")) for name in COLUMNS}
    for name in COLUMNS:
        if name not in ("source", "translation"):
            values[name] = values[name].strip()
    if values["status"] not in SAID:
        message = _("%(place)s: “%(status)s” is no status; there are %(known)s.")
        known = ", ".join(filter(None, SAID))
        raise Refused(message % {"place": place, "status": values["status"], "known": known})
    return Unit(**values | {"status": SAID[values["status"]], "place": place})


def undone(text: str) -> str:
    """Return a text as it was before it was `defused`."""
    return text[1:] if DEFUSED.match(text) else text
