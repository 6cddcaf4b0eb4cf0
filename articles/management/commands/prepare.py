"""manage.py prepare: a database that is ready to serve."""

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from redis.exceptions import RedisError

from articles.indexing import has_grown, is_outdated, recount
from articles.models import Article, Baseline, ContentStamp, Topic
from articles.roster import follow
from retention.turns import alone


class Command(BaseCommand):
    help = "Migrate the database, load the authored content if there never was any, make the search's index if needed."

    def handle(self, **options) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database {name_of(connection)} can't be reached: {first_line(error)}") from None
        try:
            cache.get("prepare")
        except RedisError as error:
            raise CommandError(f"The cache of CACHE_URL can't be reached: {first_line(error)}") from None
        # Of several servers that start at once one prepares, the others find it done.
        with alone("prepare"):
            self.prepare()

    def prepare(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if not any(model.objects.exists() for model in (Baseline, Article, Topic)):
            self.stdout.write("The database is empty: loading the authored content.")
            call_command("load_content", stdout=self.stdout, stderr=self.stderr)
        call_command("forget", stdout=self.stdout)
        ContentStamp.gather()
        follow()
        if is_outdated():
            self.stdout.write("Making the index of the search.")
            call_command("rebuild_search", stdout=self.stdout, stderr=self.stderr)
        elif has_grown():
            recount()


def name_of(connection) -> str:
    """Return which database it is, without user and password."""
    settings = connection.settings_dict
    if not settings["HOST"]:
        return str(settings["NAME"])
    return f"{settings['NAME']} on {settings['HOST']}:{settings['PORT'] or 5432}"


def first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
