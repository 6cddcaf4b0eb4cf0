"""Backups are made while the site runs, and restored whole or not at all."""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

from retention.backups.files import opened
from retention.backups.manifest import Refused
from retention.backups.restoring import check_fits, compared
from retention.backups.saving import database

from ..server import serving
from .databases import copied_database, empty_database, manage, run_in
from .requests import read

# What a restore begins anew.
SESSIONS = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()._meta.db_table
RENEWED = {SESSIONS, "articles_contentstamp"}
EDIT = """
from django.contrib.auth.models import User
from importlib import import_module
from django.conf import settings
from reversion import create_revision
with create_revision():
    topic = Topic.objects.get(key="care")
    topic.name_en = "{name}"
    topic.save()
User.objects.create_user("{name}", password="secret of {name}")
import_module(settings.SESSION_ENGINE).SessionStore().create()
"""


NO_SESSION = """
from importlib import import_module
from django.conf import settings
assert not import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.exists()
"""
# As it was before the content stamps and the lists.
OLDER = """
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "articles"]
executor.migrate([*others, ("articles", "0009_statements")])
User.objects.create(username="long-since")
"""


def edit(url: str, name: str) -> None:
    run_in(url, EDIT.format(name=name))


def everything(url: str) -> dict[str, list]:
    """Return all rows of all tables that a restore doesn't begin anew, as the database itself tells them."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            names = [name for name in names if not name.startswith(("articles_posting", "sqlite_"))]
            rows = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        database.close()
    else:
        with psycopg.connect(url.replace("postgres://", "postgresql://")) as database:
            names = [name for (name,) in database.execute("SELECT tablename FROM pg_tables WHERE schemaname='public'")]
            query = SQL("SELECT t::text FROM {} t")
            rows = {name: database.execute(query.format(Identifier(name))).fetchall() for name in names}
    return {name: sorted(map(repr, found)) for name, found in rows.items() if name not in RENEWED}


def refusal(url: str, *arguments: str | Path) -> str:
    """Return the one line with which a command refuses."""
    done = manage(url, *map(str, arguments))
    assert done.returncode != 0
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A database with the authored content and somebody who has edited it, and a backup of it."""
    folder = tmp_path_factory.mktemp("prepared")
    with empty_database(folder) as url:
        assert manage(url, "prepare").returncode == 0
        edit(url, "Before")
        done = manage(url, "backup", str(folder / "site.backup"))
        assert done.returncode == 0, done.stderr
        yield url, folder / "site.backup"


@pytest.fixture
def site(prepared, tmp_path) -> Iterator[str]:
    """A copy of that database."""
    with copied_database(prepared[0], tmp_path) as url:
        yield url


@pytest.fixture
def backup(prepared, tmp_path) -> Path:
    """A copy of that backup, in a folder of its own."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return Path(shutil.copy(prepared[1], folder))


def test_every_row_and_revision_comes_back(site, backup):
    before = everything(site)
    assert before["reversion_version"]
    edit(site, "After")
    run_in(site, "Article.objects.first().delete(); Topic.objects.filter(key='people').update(name_en='Gone')")
    assert everything(site) != before
    done = manage(site, "restore", str(backup), "--yes")
    assert done.returncode == 0, done.stderr
    after = everything(site)
    (event,) = set(after["audit_event"]) - set(before["audit_event"])
    assert "restored" in event
    assert backup.name in event
    after["audit_event"].remove(event)
    assert after == before
    run_in(site, NO_SESSION)
    (kept,) = backup.parent.glob("before-*.backup")
    with opened(kept) as what_was_there, opened(backup) as restored:
        users = [each.manifest.tables["auth_user"].rows for each in (what_was_there, restored)]
    assert users == [2, 1]


def test_a_server_that_runs_shows_what_was_restored(site, backup, tmp_path):
    with serving(site, tmp_path / "log") as (address, _process):
        edit(site, "After")
        assert "After" in read(f"{address}/en/topics/")
        assert manage(site, "restore", str(backup), "--yes").returncode == 0
        assert "Before" in until("Before", f"{address}/en/topics/")
        assert "Before" in read(f"{address}/en/search/?q=Before")
        edit(site, "Again")
        assert "Again" in until("Again", f"{address}/en/topics/")
    assert manage(site, "check", "--database", "default", "--fail-level", "WARNING").returncode == 0


def until(text: str, url: str) -> str:
    """Return a page once it has a text, or as it is after a second."""
    deadline = time.monotonic() + 1
    while text not in (page := read(url)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return page


def test_a_backup_of_an_older_program_is_restored_where_nothing_is(database_url, tmp_path):
    run_in(database_url, OLDER)
    path = tmp_path / "old.backup"
    assert manage(database_url, "backup", str(path)).returncode == 0
    folder = tmp_path / "new"
    folder.mkdir()
    with empty_database(folder) as url:
        done = manage(url, "restore", str(path), "--yes")
        assert done.returncode == 0, done.stderr
        assert manage(url, "migrate", "--check").returncode == 0
        run_in(url, "from django.contrib.auth.models import User\nUser.objects.get(username='long-since')")
    # There was nothing to keep.
    assert list(tmp_path.glob("*.backup")) == [path]


def test_a_backup_is_for_its_owner_alone_and_never_replaced_unasked(site, backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    content = backup.read_bytes()
    assert "is there already" in refusal(site, "backup", backup)
    assert backup.read_bytes() == content
    edit(site, "After")
    assert manage(site, "backup", str(backup), "--overwrite").returncode == 0
    assert backup.read_bytes() != content
    assert [each.name for each in backup.parent.iterdir()] == [backup.name]


def test_a_restore_asks_and_says_what_is_lost(site, backup):
    before = everything(site)
    done = manage(site, "restore", str(backup))
    assert done.returncode != 0
    assert "5 now, 5 then" in done.stdout
    assert "Nobody is there to ask" in done.stderr
    assert everything(site) == before


def damages(content: bytes) -> Iterable[bytes]:
    """Return a file with one byte changed in places all over, and cut off."""
    for place in range(40, len(content), len(content) // 6):
        yield content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
    yield content[: len(content) // 2]
    yield content[:-10]
    yield b""


def test_a_damaged_file_is_refused_and_changes_nothing(site, backup, tmp_path):
    before, content = everything(site), backup.read_bytes()
    path = tmp_path / "damaged.backup"
    path.write_bytes(next(iter(damages(content))))
    assert refusal(site, "restore", path, "--yes").endswith("Nothing was changed.")
    assert everything(site) == before
    assert [each.name for each in backup.parent.iterdir()] == [backup.name]


def rewritten(source: Path, path: Path, **changes: object) -> Path:
    """Write a backup whose manifest says something else."""
    with ZipFile(source) as archive, ZipFile(path, "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changes).encode()
            other.writestr(name, content)
    return path


def test_a_backup_is_checked_without_being_restored(site, backup):
    done = manage(site, "backup", "--check", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert "is whole" in done.stdout


def reason_against(path: Path) -> str:
    """Return why a file isn't restored."""
    with pytest.raises(Refused) as caught:
        look_at(path)
    return str(caught.value)


def look_at(path: Path) -> None:
    with opened(path) as backup:
        check_fits(database(), backup.manifest)
        list(compared(database().read(backup), backup.manifest))


@pytest.mark.django_db
def test_a_foreign_file_is_refused(backup, tmp_path):
    path = tmp_path / "foreign.backup"
    said = json.loads(ZipFile(backup).read("manifest.json"))
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    tables = {name: table | {"rows": table["rows"] + 1} for name, table in said["tables"].items()}
    for changes, reason in (
        ({"format": "other"}, "no backup of this program"),
        ({"version": 2}, "a newer version of the program wrote"),
        ({"engine": other}, "this site is on"),
        ({"migrations": [*said["migrations"], ["articles", "9999_later"]]}, "articles.9999_later"),
        ({"tables": tables}, "aren't those that were saved"),
        ({"members": said["members"] | {"more": ""}}, "files are missing"),
    ):
        assert reason in reason_against(rewritten(backup, path, **changes))
    with ZipFile(path, "w") as archive:
        archive.writestr("care/article.toml", "")
    assert "no backup of this program" in reason_against(path)
    path.write_text("SELECT 1;")
    assert "no backup at all" in reason_against(path)


@pytest.mark.django_db
def test_no_byte_of_a_backup_may_change(backup, tmp_path):
    path = tmp_path / "damaged.backup"
    for content in damages(backup.read_bytes()):
        path.write_bytes(content)
        assert "it is" in reason_against(path)


def test_what_isnt_there_is_one_clear_line(site, tmp_path):
    assert "No such file" in refusal(site, "restore", tmp_path / "missing.backup", "--yes")
    assert "No such file" in refusal(site, "backup", tmp_path / "missing" / "site.backup")


def test_a_restore_that_cant_keep_what_is_there_changes_nothing(site, backup):
    edit(site, "After")
    before, taken = everything(site), backup.with_name("taken")
    taken.touch()
    assert "is there already" in refusal(site, "restore", backup, "--yes", "--keep", taken)
    assert everything(site) == before
