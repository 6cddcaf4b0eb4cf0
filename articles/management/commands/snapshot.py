"""manage.py snapshot: every public page as a file, for a web server or a content delivery network."""

from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import everything
from articles.progress import progress
from retention.page_cache.keys import Key
from retention.page_cache.pages import Pages
from retention.page_cache.routes import parameters_of
from retention.snapshot import caddy, nginx
from retention.snapshot.versions import Version, alone, current, new_version


class Command(BaseCommand):
    help = "Write every public page in all languages as a file, compressed too, with includes for nginx and Caddy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Made if need be; DIR/current is to be served.")
        parser.add_argument(
            "--origin",
            default=origin(),
            help="The address by which readers reach the site, which its pages name (default: %(default)s).",
        )

    def handle(self, folder: Path, **options) -> None:
        address = urlsplit(options["origin"])
        if address.scheme not in ("http", "https") or not address.netloc or address.path.strip("/"):
            raise CommandError(f"{options['origin']} is no origin: give one such as https://www.example.org")
        self.pages = Pages()
        self.key = Key(address.scheme == "https", address.netloc.lower(), "", "", "")
        self.parameters: dict[str, Collection[str]] = {}
        try:
            with alone(folder), new_version(folder) as version:
                changed = self.write(version, current(folder))
                for name, text in self.includes(folder.resolve(), version):
                    (version.folder / name).write_text(text)
        except BlockingIOError:
            raise CommandError(f"Another snapshot is being written to {folder}.") from None
        except OSError as error:
            raise CommandError(f"{folder} can't be written: {error}") from None
        self.stdout.write(f"{len(version.pages):,} pages, {changed:,} of them new or changed.")

    def write(self, version: Version, former: Version | None) -> int:
        """Write all pages; return how many differ from those of the version before."""
        changed = 0
        for path in progress(everything.paths(), everything.count(), self.stderr):
            status, headers, body = self.pages(self.key._replace(path=path))
            if status.startswith("200"):
                self.parameters[path] = parameters_of(path) or ()
                changed += version.add(path, headers, body, former)
            elif not status.startswith("404"):
                # Somebody may take a page back meanwhile; anything else is a fault, and the version before is better.
                raise CommandError(f"{path} answers {status}. The snapshot stays as it was.")
        return changed

    def includes(self, folder: Path, version: Version) -> Iterator[tuple[str, str]]:
        """Return the name and the text of each include."""
        asked = {name for parameters in self.parameters.values() for name in parameters} - {"*"}
        answered = [path for path, parameters in self.parameters.items() if "*" in parameters]
        moved = list(everything.moved())
        yield "nginx-http.conf", nginx.http(asked, answered, moved)
        yield "nginx-server.conf", nginx.server(folder, version.pages)
        yield "Caddyfile", caddy.site(folder, version.pages, asked, answered, moved)


def origin() -> str:
    """Return the address that the settings tell."""
    host = next(iter(settings.EXTRA_HOSTS), "localhost:8000")
    return f"{'https' if settings.BEHIND_TLS else 'http'}://{host}"
