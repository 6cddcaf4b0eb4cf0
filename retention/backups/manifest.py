"""What a backup says of itself: of which database it is one, and what must be in it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

FORMAT = "retention-backup"
VERSION = 1
# An app, and the name of one of its migrations.
Migration = tuple[str, str]


class Refused(Exception):
    """A file that isn't restored; the text says why, in one line."""


@dataclass(frozen=True)
class Table:
    """What a table must come to; on PostgreSQL also its columns, and where its sequences stand, by column."""

    rows: int
    digest: str
    columns: list[str] = field(default_factory=list)
    sequences: dict[str, list] = field(default_factory=dict)


@dataclass(frozen=True)
class Snapshot:
    """A database at one moment, while it is being saved: its migrations, and its tables one after the other."""

    migrations: list[Migration]
    tables: Iterator[tuple[str, Table]]


@dataclass(frozen=True)
class Manifest:
    """What is in a backup: `members` are the digests of the files in it, by name."""

    engine: str
    program: str
    made: str
    migrations: list[Migration]
    tables: dict[str, Table]
    members: dict[str, str]

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Read what a backup says of itself; raise Refused if it isn't one that this program can read."""
        try:
            said = json.loads(text)
            kind, version = said.pop("format"), said.pop("version")
            said["tables"] = {name: Table(**table) for name, table in said["tables"].items()}
            said["migrations"] = [(app, name) for app, name in said["migrations"]]
            manifest = cls(**said)
        except (ValueError, TypeError, LookupError, AttributeError):
            raise Refused("it is no backup of this program") from None
        if kind != FORMAT:
            raise Refused("it is no backup of this program")
        if version != VERSION:
            raise Refused(f"it is a backup of format {version}, which a newer version of the program wrote")
        return manifest
