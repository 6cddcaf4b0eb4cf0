"""The file of SQLite's database, whatever database the tests are on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retention.sqlite import Connection

from .databases import manage


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "db.sqlite3"


@pytest.fixture
def database(path) -> Iterator[Connection]:
    with closing(connected(path)) as database:
        database.executescript("PRAGMA journal_mode = WAL; CREATE TABLE saves (text)")
        yield database


def connected(path: Path) -> Connection:
    return sqlite3.connect(str(path), isolation_level=None, factory=Connection)


def save(database: Connection, text: str) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO saves VALUES (?)", [text])
    database.commit()


def saves(database: Connection) -> list[str]:
    return [text for (text,) in database.execute("SELECT text FROM saves")]


def move(path: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for each in path.parent.glob(f"{path.name}*"):
        each.rename(folder / each.name)


def test_it_is_made_for_its_owner_only(database, path):
    assert {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {
        "db.sqlite3": 0o600,
        "db.sqlite3-wal": 0o600,
        "db.sqlite3-shm": 0o600,
    }


def test_one_that_is_there_keeps_what_others_may(path):
    path.touch()
    path.chmod(0o640)
    with closing(connected(path)):
        assert path.stat().st_mode & 0o777 == 0o640


def test_where_none_can_be_made_sqlite_says_so(path):
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connected(path.parent / "missing" / path.name)


def test_nothing_is_acknowledged_that_goes_into_a_file_that_was_moved_away(database, path, tmp_path):
    save(database, "before")
    away = tmp_path / "away"
    move(path, away)
    with pytest.raises(sqlite3.OperationalError, match="moved away"):
        save(database, "lost")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        saves(database)
    with closing(connected(away / path.name)) as moved:
        assert saves(moved) == ["before"]


def test_nor_once_another_one_is_in_its_place(database, path, tmp_path):
    move(path, tmp_path / "away")
    with closing(connected(path)) as other:
        other.execute("CREATE TABLE saves (text)")
        with pytest.raises(sqlite3.OperationalError, match="moved away"):
            save(database, "lost")
        save(other, "kept")
        assert saves(other) == ["kept"]


def test_a_file_that_came_back_is_the_same(database, path, tmp_path):
    away = tmp_path / "away"
    move(path, away)
    move(away / path.name, path.parent)
    save(database, "kept")
    assert saves(database) == ["kept"]


def test_a_database_in_memory_has_no_file():
    with closing(sqlite3.connect(":memory:", factory=Connection)) as database:
        database.execute("CREATE TABLE saves (text)")
        save(database, "kept")
        assert saves(database) == ["kept"]


def test_the_site_makes_its_own_so_and_tells_of_one_that_everybody_may_read(path):
    check = (f"sqlite:///{path}", "check", "--database", "default")
    assert "retention.W002" not in manage(*check).stderr
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert "retention.W002" in manage(*check).stderr
