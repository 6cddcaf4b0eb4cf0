"""A snapshot as two files for nginx to include: one within `http`, one within `server`.

What is said with a page is written out as far as it can be: each map that nginx has to look into costs a page time.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from .headers import TYPE, Kind, by_kind, names
from .versions import INDEXES

SERVER = """\
# For the server block. An upstream says where the program is: upstream retention {{ server 127.0.0.1:8000; }}

root {root};
absolute_redirect off;
gzip_static on;
gzip_vary on;
# A new version is seen within a second.
open_file_cache max=10000 inactive=60s;
open_file_cache_valid 1s;
# Nothing but returns stands in an if.
error_page 418 = @retention;

{locations}
# These are reached by the address of their directory.
location ~ /({index_names})(\\.gz|\\.br)?$ {{ return 404; }}

location @retention {{
    proxy_pass http://retention;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Request-ID $request_id;
}}
"""
LOCATION = """\
location {path} {{
    types {{
{types}    }}
{headers}    if ($retention_asks) {{ return 418; }}
    if ($retention_moved) {{ return 301 $retention_moved; }}
    try_files {files} @retention;
}}
"""


def http(
    pages: dict[str, dict], asked: Iterable[str], answered: Iterable[str], moved: Iterable[tuple[str, str]]
) -> str:
    """Return what stands within `http`: which requests the program answers, what has moved, and the headers.

    `asked` are the parameters with which a page is another one, `answered` the paths of the pages to which any
    parameter makes a difference.
    """
    common, others = by_kind(pages)
    queries = [("default", "0"), ("~^(.*&)?(" + "|".join(sorted(asked)) + ")=", "1"), ("~.", "$retention_answers")]
    maps = [
        mapped("$uri", "$retention_answers", [("default", "0"), *((path, "1") for path in sorted(answered))]),
        mapped("$args", "$retention_asks", queries),
        mapped("$uri", "$retention_moved", [("default", ""), *sorted(moved)]),
        *(mapped("$uri", variable(name), values(name, common, others)) for name in differing(pages, common, others)),
    ]
    # Redirects may be many, and their addresses long.
    return "map_hash_bucket_size 256;\nmap_hash_max_size 65536;\n\n" + "\n".join(maps)


def server(folder: Path, pages: dict[str, dict]) -> str:
    """Return what stands within `server`: the files, and the way to the program."""
    common, others = by_kind(pages)
    varying = differing(pages, common, others)
    return SERVER.format(
        root=folder / "current" / "pages",
        locations="\n".join([*of_languages(common, varying), *of_other_types(common, others, varying)]),
        index_names="|".join(sorted(INDEXES.values())).replace(".", "\\."),
    )


def of_languages(common: dict[Kind, dict], varying: list[str]) -> Iterator[str]:
    """Return the location of each language, and that of what has none."""
    for language in sorted({kind.language for kind in common}):
        own = {kind.suffix: headers for kind, headers in common.items() if kind.language == language}
        yield LOCATION.format(
            path=f"/{language}/" if language else "/",
            types="".join(f"        {quoted(headers[TYPE])} {suffix[1:]};\n" for suffix, headers in own.items()),
            headers=said(next(iter(own.values())), varying),
            # Most addresses are those of directories.
            files=" ".join([*(f"${{uri}}{name}" for name in INDEXES.values()), "$uri"]),
        )


def of_other_types(common: dict[Kind, dict], others: dict[str, dict], varying: list[str]) -> Iterator[str]:
    """Return a location for each file whose type isn't that of those with the same ending."""
    for path, headers in others.items():
        if headers[TYPE] != common[Kind.of(path[1:])][TYPE]:
            types = f"        {quoted(headers[TYPE])} {Kind.of(path[1:]).suffix[1:]};\n"
            yield LOCATION.format(path=f"= {path}", types=types, headers=said(headers, varying), files="$uri")


def said(headers: dict[str, str], varying: list[str]) -> str:
    """Return the lines that add these headers, from a map where not all files of a location have the same."""
    written = {name: quoted(value) for name, value in headers.items() if name != TYPE}
    written |= {name: variable(name) for name in varying}
    return "".join(f"    add_header {name} {value};\n" for name, value in sorted(written.items()))


def differing(pages: dict[str, dict], common: dict[Kind, dict], others: dict[str, dict]) -> list[str]:
    """Return the names of the headers that not all files of a language have in common."""

    def differs(name: str) -> bool:
        said: dict[str, set[str | None]] = {}
        for kind, headers in [*common.items(), *((Kind.of(path[1:]), headers) for path, headers in others.items())]:
            said.setdefault(kind.language, set()).add(headers.get(name))
        return any(len(found) > 1 for found in said.values())

    return [name for name in names(pages) if name != TYPE and differs(name)]


def values(name: str, common: dict[Kind, dict], others: dict[str, dict]) -> Iterator[tuple[str, str]]:
    """Return what each path has for the header `name`."""
    yield "default", ""
    for path, headers in others.items():
        yield path, headers.get(name, "")
    by_suffix: dict[str, set[str]] = {}
    for kind, headers in common.items():
        by_suffix.setdefault(kind.suffix, set()).add(headers.get(name, ""))
    for suffix, found in by_suffix.items():
        if found != {""} and len(found) == 1:
            yield f"~\\{suffix}$", *found
    for kind, headers in common.items():
        if len(by_suffix[kind.suffix]) > 1:
            yield f"~{kind.pattern}", headers.get(name, "")


def mapped(source: str, target: str, pairs: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"    {quoted(key)} {quoted(value)};\n" for key, value in pairs)
    return f"map {source} {target} {{\n{lines}}}\n"


def variable(name: str) -> str:
    return "$retention_" + name.lower().replace("-", "_")


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
