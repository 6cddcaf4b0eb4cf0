"""A snapshot as a file for Caddy to import into the block of a site."""

import json
from collections.abc import Iterable
from pathlib import Path

from .headers import Kind, by_kind
from .versions import INDEXES

SITE = """\
# For the block of a site. RETENTION says where the program is: 127.0.0.1:8000, if nothing else.

{moved}

@retention_asked {{
    query {asked}
}}
@retention_answered {{
    path {answered}
    expression {{query}} != ""
}}
@retention_file {{
    method GET HEAD
    file {{
        root {root}
        try_files {{path}} {indexes}
    }}
}}
@retention_index path {index_names}

route {{
    # They are reached by the address of their directory.
    respond @retention_index 404
    reverse_proxy @retention_asked {{$RETENTION:127.0.0.1:8000}}
    reverse_proxy @retention_answered {{$RETENTION:127.0.0.1:8000}}
    route @retention_file {{
        rewrite {{file_match.relative}}
{headers}
        file_server {{
            root {root}
            precompressed br gzip
        }}
    }}
    reverse_proxy {{$RETENTION:127.0.0.1:8000}}
}}
"""


def site(
    folder: Path,
    pages: dict[str, dict],
    asked: Iterable[str],
    answered: Iterable[str],
    moved: Iterable[tuple[str, str]],
) -> str:
    """Return what stands in the block of a site; the arguments are those of `nginx.http` and `nginx.server`."""
    common, others = by_kind(pages)
    kinds = "\n".join(of_kind(number, kind, headers, others) for number, (kind, headers) in enumerate(common.items()))
    single = "\n".join(fields(path, headers) for path, headers in others.items())
    return SITE.format(
        root=folder / "current" / "pages",
        moved="\n".join(f"redir {path} {target} permanent" for path, target in sorted(moved)),
        asked=" ".join(f"{name}=*" for name in sorted(asked)),
        answered=" ".join(sorted(answered)) or "/none",
        indexes=" ".join(f"{{path}}{name}" for name in INDEXES.values()),
        index_names=" ".join(f"*/{name}" for name in INDEXES.values()),
        headers=f"{kinds}\n{single}",
    )


def of_kind(number: int, kind: Kind, headers: dict[str, str], others: Iterable[str]) -> str:
    """Return the headers of one kind of file, those left out that have others."""
    name = f"@retention_kind_{number}"
    exceptions = "".join(f"            not path {path}\n" for path in others)
    return f"        {name} {{\n            path_regexp {kind.pattern}\n{exceptions}        }}\n{fields(name, headers)}"


def fields(matcher: str, headers: dict[str, str]) -> str:
    lines = "".join(f"            {name} {json.dumps(value)}\n" for name, value in sorted(headers.items()))
    return f"        header {matcher} {{\n{lines}        }}"
