"""What is sent with the files of a snapshot, said once for each kind of file."""

from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import NamedTuple

from django.conf import settings

TYPE = "Content-Type"


class Kind(NamedTuple):
    """The files of one language, or of none, that end alike."""

    language: str
    suffix: str

    @classmethod
    def of(cls, name: str) -> "Kind":
        first = name.partition("/")[0]
        return cls(first if first in dict(settings.LANGUAGES) else "", PurePosixPath(name).suffix)

    @property
    def pattern(self) -> str:
        """The regular expression for the paths of these files."""
        within = f"/{self.language}/.*" if self.language else "/[^/]*"
        return f"^{within}\\{self.suffix}$"


def by_kind(pages: dict[str, dict]) -> tuple[dict[Kind, dict[str, str]], dict[str, dict[str, str]]]:
    """Return the headers of each kind of file, and those of the files that have others, by path."""
    counts: dict[Kind, Counter] = defaultdict(Counter)
    for name, page in pages.items():
        counts[Kind.of(name)][tuple(sorted(page["headers"].items()))] += 1
    common = {kind: dict(count.most_common(1)[0][0]) for kind, count in sorted(counts.items())}
    others = {
        f"/{name}": page["headers"] for name, page in sorted(pages.items()) if page["headers"] != common[Kind.of(name)]
    }
    return common, others
