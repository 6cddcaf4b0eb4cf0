"""The site as files, served by a real nginx."""

import gzip
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError, call_command

from ..nginx import nginx
from ..server import serving
from .databases import empty_database, manage, run_in
from .requests import get

# One article and what belongs to it are enough to see all there is.
FEWER = """
from django.db.models import Q
Article.objects.exclude(key="rule-one").delete()
Topic.objects.exclude(key="people").delete()
rule = Advice.objects.filter(kind="rule").first()
rule.slug_fi = "uusi"
rule.save()
"""
OF_THE_PROGRAM = ("ETag", "Vary", "Content-Length", "Cache-Status", "Server", "Date", "Connection", "Last-Modified")


@dataclass(frozen=True)
class Site:
    """A program that serves, the snapshot of what it serves, and where nginx serves that."""

    database: str
    program: str
    folder: Path
    address: str

    def snapshot(self) -> str:
        """Write it anew; return what the command says."""
        done = manage(self.database, "snapshot", str(self.folder), "--origin", self.address)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def pages(self) -> dict[str, dict]:
        return json.loads((self.folder / "current" / "manifest.json").read_text())


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("snapshot")
    with empty_database(folder) as database:
        assert manage(database, "prepare").returncode == 0
        run_in(database, FEWER)
        with serving(database, folder / "log") as (program, _process):
            upstream = f"upstream retention {{ server {program.removeprefix('http://')}; }}"
            current = folder / "site" / "current"
            # What nginx includes has to be there before it starts; its address is in the pages.
            first = manage(database, "snapshot", str(folder / "site"), "--origin", "http://localhost")
            assert first.returncode == 0, first.stderr
            with nginx(
                f"{upstream} include {current / 'nginx-http.conf'};", f"include {current / 'nginx-server.conf'};"
            ) as server:
                found = Site(database, program, folder / "site", server.address)
                found.snapshot()
                yield found


def path_of(name: str) -> str:
    return "/" + name.removesuffix("index.html").removesuffix("index.atom")


def test_every_page_comes_from_a_file_as_the_program_sends_it(site):
    host = site.address.removeprefix("http://")
    assert len(site.pages) > 150
    for name in site.pages:
        path = path_of(name)
        of_program = get(site.program + path, host=host)
        plain = get(site.address + path)
        # The program says so, nginx doesn't.
        assert "Cache-Status" in of_program.headers
        assert "Cache-Status" not in plain.headers, path
        assert plain.body == of_program.body, path
        own = {name: value for name, value in of_program.headers.items() if name not in OF_THE_PROGRAM}
        assert {name: value for name, value in plain.headers.items() if name in own} == own, path
        compressed = get(site.address + path, accept_encoding="gzip")
        if "Content-Encoding" in compressed.headers:
            assert gzip.decompress(compressed.body) == plain.body, path
            file = site.folder / "current" / "pages" / f"{name}.br"
            assert brotli.decompress(file.read_bytes()) == plain.body, path


def test_html_is_compressed_beforehand(site):
    page = get(f"{site.address}/hy/rules/", accept_encoding="gzip")
    assert page.headers["Content-Encoding"] == "gzip"
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "address", ["/en/search/?q=customer", "/en/rules/?x=1&topic=people", "/en/check/?abcde=y", "/en/nothing/", "/"]
)
def test_what_no_file_can_know_comes_from_the_program(site, address):
    of_program = get(site.program + address, host=site.address.removeprefix("http://"))
    through = get(site.address + address)
    assert (through.status, through.body) == (of_program.status, of_program.body)
    assert "X-Frame-Options" in through.headers


def test_what_a_page_doesnt_know_of_doesnt_keep_it_from_its_file(site):
    page = get(f"{site.address}/en/rules/?utm_source=letter&fbclid=1")
    assert page.status == 200
    assert "Cache-Status" not in page.headers


def test_former_addresses_lead_on(site):
    run_in(site.database, "rule = Advice.objects.filter(kind='rule').last(); rule.slug_en = 'newer'; rule.save()")
    site.snapshot()
    text = (site.folder / "current" / "nginx-http.conf").read_text()
    (line,) = [line for line in text.splitlines() if '"/en/rules/newer/"' in line and '"/en/' in line.split('" "')[0]]
    old = line.split('"')[1]
    assert get(site.program + old, host="localhost").headers.get("Location", "/en/rules/newer/") == "/en/rules/newer/"


def test_the_file_of_a_directory_has_one_address(site):
    assert get(f"{site.address}/en/rules/index.html").status == 404
    assert get(f"{site.address}/en/feed/index.atom").status == 404


def test_only_what_changed_is_written(site):
    site.snapshot()
    before = (site.folder / "current").resolve()
    run_in(site.database, "Topic.objects.filter(key='people').update(summary_en='Edited summary.')")
    told = site.snapshot()
    after = (site.folder / "current").resolve()
    assert before != after
    changed = {
        name for name in site.pages if os.stat(before / "pages" / name).st_ino != os.stat(after / "pages" / name).st_ino
    }
    assert "en/topics/people/index.html" in changed
    assert len(changed) < 20
    assert f"{len(changed)} of them new or changed" in told
    assert "0 of them new or changed" in site.snapshot()


def test_readers_never_miss_a_page_while_versions_change(site):
    seen, done = [], threading.Event()

    def keep_reading() -> None:
        while not done.is_set():
            seen.append(get(f"{site.address}/en/rules/").status)

    reader = threading.Thread(target=keep_reading)
    reader.start()
    try:
        for number in range(3):
            run_in(site.database, f"Topic.objects.filter(key='people').update(name_en='People {number}')")
            site.snapshot()
    finally:
        done.set()
        reader.join()
    assert len(seen) > 50
    assert set(seen) == {200}
    assert len(list(site.folder.glob("*/pages"))) == 3  # this version, the one before, and the link


def test_a_page_that_fails_leaves_the_snapshot_as_it_was(site, tmp_path):
    before = (site.folder / "current").resolve()
    run_in(
        site.database,
        "from django.db import connection as c; c.cursor().execute('ALTER TABLE articles_figure RENAME TO away')",
    )
    try:
        done = manage(site.database, "snapshot", str(site.folder), "--origin", site.address)
        assert done.returncode == 1
        assert "The snapshot stays as it was." in done.stderr
        assert (site.folder / "current").resolve() == before
        assert not list(site.folder.glob("unfinished-*"))
    finally:
        run_in(
            site.database,
            "from django.db import connection as c; c.cursor().execute('ALTER TABLE away RENAME TO articles_figure')",
        )


@pytest.mark.parametrize("origin", ["nonsense", "ftp://example.org", "https://example.org/below"])
def test_a_wrong_origin_is_one_clear_line(db, tmp_path, origin):
    with pytest.raises(CommandError, match="is no origin"):
        call_command("snapshot", str(tmp_path), origin=origin)


def test_a_folder_that_cant_be_written_is_one_clear_line(db, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="can't be written"):
        call_command("snapshot", str(tmp_path / "file"))
