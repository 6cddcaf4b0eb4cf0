"""A snapshot as two files for nginx to include: one within `http`, one within `server`.

What is sent with a page is written out in a location of its kind: each map that nginx has to look into takes time.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent

from .headers import TYPE, Kind, by_kind
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
# Files of one kind.
FILES = """\
location {path} {{
    types {{}}
    default_type {type};
{headers}    if ($retention_asks) {{ return 418; }}
    if ($retention_moved) {{ return 301 $retention_moved; }}
    try_files {file} @retention;
}}
"""
# What isn't a file in a language, or beside all languages, is asked of the program.
LANGUAGE = """\
location {path} {{
{files}    return 418;
}}
"""
PAGE, INDENT = ".html", "    "


def http(asked: Iterable[str], answered: Iterable[str], moved: Iterable[tuple[str, str]]) -> str:
    """Return what stands within `http`: which requests the program answers, and what has moved.

    `asked` are the parameters with which a page is another one, `answered` the paths of the pages to which any
    parameter makes a difference.
    """
    queries = [("default", "0"), ("~^(.*&)?(" + "|".join(sorted(asked)) + ")=", "1"), ("~.", "$retention_answers")]
    maps = [
        mapped("$uri", "$retention_answers", [("default", "0"), *((path, "1") for path in sorted(answered))]),
        mapped("$args", "$retention_asks", queries),
        mapped("$uri", "$retention_moved", [("default", ""), *sorted(moved)]),
    ]
    # Redirects may be many, and their addresses long.
    return "map_hash_bucket_size 256;\nmap_hash_max_size 65536;\n\n" + "\n".join(maps)


def server(folder: Path, pages: dict[str, dict]) -> str:
    """Return what stands within `server`: the files, and the way to the program."""
    common, others = by_kind(pages)
    return SERVER.format(
        root=folder / "current" / "pages",
        locations="\n".join([*single(pages, others), *of_languages(common)]),
        index_names="|".join(sorted(INDEXES.values())).replace(".", "\\."),
    )


def single(pages: dict[str, dict], others: Iterable[str]) -> Iterator[str]:
    """Return a location for each file that is unlike others of its kind, or whose address looks like that of a page."""
    for name, page in sorted(pages.items()):
        directory, _, last = name.rpartition("/")
        is_index = last in INDEXES.values()
        if f"/{name}" in others or not is_told_by_address(Kind.of(name)):
            yield files(f"= /{directory}/" if is_index else f"= /{name}", page["headers"], f"/{name}")


def of_languages(common: dict[Kind, dict[str, str]]) -> Iterator[str]:
    """Return the location of each language, and that of what has none, with one for each kind of file within."""
    for language in sorted({kind.language for kind in common}):
        own = [kind for kind in common if kind.language == language and is_told_by_address(kind)]
        # Pages first: most addresses are theirs.
        kinds = sorted(own, key=lambda kind: kind.suffix != PAGE)
        within = "".join(
            files("~ /$", common[kind], f"${{uri}}{INDEXES['text/html']}")
            if kind.suffix == PAGE
            else files(f"~ \\{kind.suffix}$", common[kind], "$uri")
            for kind in kinds
        )
        yield LANGUAGE.format(path=f"/{language}/" if language else "/", files=indent(within, INDENT))


def is_told_by_address(kind: Kind) -> bool:
    """Tell whether files of a kind are known by their addresses: what is a directory's is taken for a page."""
    return kind.suffix == PAGE or f"index{kind.suffix}" not in INDEXES.values()


def files(path: str, headers: dict[str, str], file: str) -> str:
    """Return the location of `file` or of the files that this means, with what is sent with them."""
    said = sorted((name, value) for name, value in headers.items() if name != TYPE)
    return FILES.format(
        path=path,
        type=quoted(headers[TYPE]),
        headers="".join(f"{INDENT}add_header {name} {quoted(value)};\n" for name, value in said),
        file=file,
    )


def mapped(source: str, target: str, pairs: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"    {quoted(key)} {quoted(value)};\n" for key, value in pairs)
    return f"map {source} {target} {{\n{lines}}}\n"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
