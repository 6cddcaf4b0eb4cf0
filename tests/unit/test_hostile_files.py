"""Files that were made to do harm: refused with a sentence, with nothing written and little read."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from articles import archives, tables, xliff, zips
from articles.models import Advice, Topic
from articles.units import Refused, Unit

from .test_archives import exported, refusal, zipped
from .test_exchange import HEAD, SHEET, refusal_of, workbook

pytestmark = pytest.mark.django_db

GOOD = "topics/en.md"


def entry(name: str, content: bytes = b"", **attributes) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for attribute, value in attributes.items():
        setattr(info, attribute, value)
    return info


def packed(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return content.getvalue()


def lying(content: bytes, size: int) -> bytes:
    """Return a ZIP file of one member whose headers say that it unpacks to `size` bytes."""
    local, central = content.index(b"PK\3\4"), content.index(b"PK\1\2")
    changed = bytearray(content)
    struct.pack_into("<I", changed, local + 22, size)
    struct.pack_into("<I", changed, central + 24, size)
    return bytes(changed)


def overlapping(count: int) -> bytes:
    """Return a ZIP file whose members all are the same bytes of the file, each under a name of its own."""
    one = packed((GOOD, b"a" * 1_000_000))
    central, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    record, names = one[central:end], [f"t{number:05}/en.md".encode() for number in range(count)]
    directory = b"".join(record.replace(GOOD.encode(), name) for name in names)
    return (
        one[:central] + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), central, 0)
    )


ZIPS = {
    "a bomb": (zipped({GOOD: b"\0" * 50_000_000}), "more than is taken"),
    "many bombs": (zipped({f"a{n}/en.md": b"\0" * 3_000_000 for n in range(10)}), "more than is taken"),
    "members that overlap": (overlapping(100), "more than is taken"),
    "a zip in a zip": (zipped({"topics/x.zip": zipped({GOOD: b"x"})}), "has no place"),
    "a way out": (zipped({"../../evil.md": b"x"}), "has no place"),
    "a way out below": (zipped({"topics/../../evil.md": b"x"}), "has no place"),
    "an absolute name": (zipped({"/etc/cron.md": b"x"}), "has no place"),
    "a Windows name": (zipped({"C:/x.md": b"x"}), "has no place"),
    "a Windows way out": (packed((entry("topics\\..\\evil.md"), b"x")), "has no place"),
    "a name of dots": (zipped({"../topics.toml": b"x"}), "has no place"),
    "a line in a name": (zipped({"topics/en.md\n": b"x"}), "has no place"),
    "a long name": (zipped({"a" * 5000 + "/en.md": b"x"}), "has no place"),
    "a symbolic link": (packed((entry("topics/link", external_attr=0o120777 << 16), b"/etc/passwd")), "has no place"),
    "a folder as a file": (zipped({"topics": b"x"}), "has no place"),
    "the same name twice in other cases": (zipped({GOOD: b"# x", "topics/EN.md": b"# x"}), ""),
    "less than it says": (lying(zipped({GOOD: b"x" * 100}), 19_000_000), "can’t be loaded"),
    "more than it says": (lying(zipped({GOOD: b"\0" * 30_000_000}), 10), "damaged"),
    "a wrong sum": (zipped({GOOD: b"hello"}).replace(struct.pack("<I", zlib.crc32(b"hello")), b"\1\2\3\4"), "damaged"),
    "only an end": (b"PK\5\6" + b"\0" * 18, "no content"),
    "an end that lies": (struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0), "damaged"),
    "a comment that lies": (zipped({GOOD: b"x"})[:-2] + b"\xff\xff", ""),
    "nesting without end": (zipped({"topics/topics.toml": b"x = " + b"[" * 100_000}), "can’t be loaded"),
    "a number without end": (zipped({"topics/topics.toml": b"x = " + b"9" * 100_000}), "can’t be loaded"),
    "tables without end": (zipped({"topics/topics.toml": b"[" + b"a." * 5_000_000 + b"a]"}), "nested too deeply"),
    "keys without end": (
        zipped({"topics/topics.toml": b"x = {" + b"a . " * 2_000_000 + b"a = 1}"}),
        "nested too deeply",
    ),
}


@pytest.mark.parametrize("name", ZIPS)
def test_an_archive_made_to_do_harm_is_refused(name):
    content, reason = ZIPS[name]
    before = list(Advice.objects.values_list("updated_at")), Topic.objects.count()
    assert reason in refusal(content)
    assert before == (list(Advice.objects.values_list("updated_at")), Topic.objects.count())


def test_a_name_ends_where_a_nul_is_and_leads_nowhere():
    raw = zipped({"topics/en.mdXevil": b"x"}).replace(b"en.mdXevil", b"en.md\0evil")
    assert refusal(raw)


def test_reading_a_member_gives_no_more_than_was_announced():
    content = lying(zipped({GOOD: b"\0" * 30_000_000}), 10)
    with pytest.raises(zips.Damaged):
        list(zips.members(content, 1000))


def test_what_was_changed_anywhere_in_an_archive_is_loaded_or_refused():
    content = zipped({name: text for name, text in exported().items() if name.startswith("topics/")})
    for place in range(0, len(content), 101):
        changed = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        with suppress(Refused):
            archives.tried(changed, overwrite=True)


@pytest.mark.parametrize("language", ["fi", "hy"])
def test_a_refusal_is_said_in_the_language_of_the_desk(language):
    english = refusal(ZIPS["a bomb"][0])
    with override(language):
        assert refusal(ZIPS["a bomb"][0]) not in ("", english)


# --- Workbooks and XLIFF ----------------------------------------------------------------------------------------------


SHARED = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'
XML_BOMBS = {
    "cells without end": {"sheet1": SHEET % (b"<row>" + b"<c/>" * 8_000_000 + b"</row>")},
    "nesting without end": {"sheet1": SHEET % (b"<a>" * 8_000_000)},
    "strings without end": {"styles": SHARED % (b"<si/>" * 7_000_000)},
    "attributes without end": {
        "sheet1": SHEET % (b"<row " + b" ".join(b'a%d=""' % n for n in range(3_000_000)) + b"/>")
    },
}


@pytest.mark.parametrize("name", XML_BOMBS)
def test_a_workbook_made_to_fill_the_memory_is_refused_unread(name):
    assert "unpacks to more" in refusal_of(tables.parsed_xlsx, workbook(**XML_BOMBS[name]))


def test_a_workbook_of_as_many_rows_as_are_taken_is_read():
    units = [Unit("advice", f"a{n}", "body", "en", "fi", "A text.", "Teksti.", "missing", "t") for n in range(5000)]
    assert len(tables.parsed_xlsx(tables.written_xlsx(units))) == 5000


@pytest.mark.parametrize(
    "dtd",
    [
        *("<!DOCTYPE x>",),
        *('<!DOCTYPE x PUBLIC "a" "http://example.org/x">', '<!DOCTYPE x [<!ENTITY % a SYSTEM "x"> %a;]>'),
        *('<!DOCTYPE x [<!ATTLIST x a CDATA "b">]>', '<!DOCTYPE x [<!NOTATION n SYSTEM "x">]>'),
    ],
)
def test_xliff_that_declares_anything_is_refused(dtd):
    assert refusal_of(xliff.parsed, f"{dtd}{HEAD}</xliff>".encode())


def test_xliff_that_includes_other_files_gets_none():
    included = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    unit = f'<trans-unit id="a/b/c"><source/><target>{included}'
    content = f"{HEAD}<file><body>{unit}</target></trans-unit></body></file></xliff>"
    assert "it holds a tag" in refusal_of(xliff.parsed, content.encode())


def test_xliff_nested_without_end_is_refused():
    assert "well-formed" in refusal_of(xliff.parsed, HEAD.encode() + b"<group>" * 500_000)


# --- Formulas ---------------------------------------------------------------------------------------------------------


FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(1)", "\t=1"),
    *("\r=1", "\n=1", "'=1", "''=1", '=HYPERLINK("http://evil.example")', "=cmd|' /C calc'!A0"),
    *("＝1+1", "＋1", "－1", "＠x", "'＝1"),
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize(
    ("write", "parse"),
    [
        (lambda units: "".join(tables.written_csv(units)).encode(), tables.parsed_csv),
        (tables.written_xlsx, tables.parsed_xlsx),
    ],
)
def test_a_formula_goes_out_as_text_and_comes_back_as_it_was(write, parse, text):
    unit = Unit("advice", "a", "body", "en", "fi", text, text, "missing", "t1")
    assert tables.row_of(unit)[5].startswith("'")
    (back,) = parse(write([unit]))
    # A workbook keeps the lines of a text in one way only.
    assert back.source.replace("\r", "\n") == text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["'quoted'", "a=1", "1-2", "’tis", "* item"])
def test_what_is_no_formula_goes_out_as_it_is(text):
    assert tables.defused(text) == text


# --- Uploads ----------------------------------------------------------------------------------------------------------


IMPORT, ARCHIVE = reverse("admin:exchange_import"), reverse("admin:exchange_archive")


def test_a_file_over_the_limit_is_refused_before_it_is_read(admin_client, settings):
    settings.LARGEST_UPLOAD = 1000
    for path, name in ((IMPORT, "x.csv"), (ARCHIVE, "x.zip")):
        response = admin_client.post(path, {"file": SimpleUploadedFile(name, b"x" * 2000)})
        assert response.status_code == 413


def test_nobody_fills_the_disk_at_the_door(settings, monkeypatch):
    settings.LARGEST_UPLOAD = 1000
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *a, **k: pytest.fail("a file was made"))
    client = Client(enforce_csrf_checks=True)
    file = SimpleUploadedFile("x.bin", b"x" * 5_000_000)
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(reverse("admin:login"), {"username": file}).status_code == 413


@pytest.mark.parametrize(
    "name",
    [
        "../../x.csv",
        "/etc/x.csv",
        'a"; x="b.csv',
        "<script>alert(1)</script>.csv",
        "a\u202egnp.csv",
        "x" * 500 + ".csv",
    ],
)
def test_the_name_of_a_file_is_only_shown(admin_client, name):
    content = "".join(tables.written_csv([])).encode()
    response = admin_client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_an_export_names_its_file_as_it_says(admin_client):
    values = {"language": "fi\r\nX-Injected: 1", "what": 'everything"; x="', "suffix": "csv\r\nX: 1"}
    response = admin_client.post(reverse("admin:exchange_export"), values)
    assert "X-Injected" not in response.headers
    values = {"language": "fi", "what": "everything", "suffix": "csv"}
    export = admin_client.post(reverse("admin:exchange_export"), values)
    assert export.getvalue()
    named = export.headers["Content-Disposition"]
    assert named.startswith('attachment; filename="come-again-fi-')
    assert named.endswith('.csv"')
