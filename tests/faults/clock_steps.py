"""The clock of the machine steps forwards and backwards, as when it is set anew."""

import datetime as dt
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from ..debian import program
from ..unavailable import Unavailable
from .editors import Desk
from .outcome import Outcome
from .site import Site, seconds_until, serving

PROMISED = (
    "Within two seconds readers see what the new time says: scheduled articles, the advice of the day. Going back "
    "undoes it. Sessions hold as long as they should, and saving goes on."
)
# Hours after which a session that nobody uses is over.
IDLE_LIMIT = 12
# Hours from the true time
STEPS = ((2, "two hours on"), (0, "back"), (50, "two days on"), (0, "back again"), (-2, "before"))
SCHEDULE = """
import datetime as dt
from django.utils import timezone
article = Article.objects.get(slug_en="seven-steps-to-customer-loyalty")
article.published_at = timezone.now() + dt.timedelta(hours=1)
article.save()
"""
ARTICLE = b"/en/articles/seven-steps-to-customer-loyalty/"


class Clock:
    """The clock that the processes of a site look at."""

    def __init__(self, folder: Path) -> None:
        library = folder / "clock.so"
        source = Path(__file__).with_name("clock.c")
        command = [program("cc", "gcc"), "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]
        built = subprocess.run(command, capture_output=True, text=True, check=False)
        if built.returncode:
            raise Unavailable(f"the clock can't be built: {built.stderr}")
        self._file = folder / "offset"
        self.environment = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(self._file)}
        self.step(dt.timedelta())

    def step(self, by: dt.timedelta) -> None:
        """Set the clock so far from the true time."""
        draft = self._file.with_suffix(".draft")
        draft.write_text(f"{by.total_seconds():.0f}\n")
        draft.replace(self._file)


def cause(engine) -> Outcome:
    outcome = Outcome()
    with TemporaryDirectory(prefix="retention-clock-") as folder:
        clock = Clock(Path(folder))
        with serving(engine.url, **clock.environment) as site:
            desk = Desk(site, count=1)
            (editor,) = desk.editors
            site.run_in(SCHEDULE)
            seconds_until(lambda: not is_listed(site), patience=5)
            today = site.get("/en/today/").body
            for hours, name in STEPS:
                clock.step(dt.timedelta(hours=hours))
                seen = seconds_until(lambda hours=hours: is_listed(site) == (hours > 1), patience=10)
                outcome.expect(seen is not None and seen < 2, f"{name}: readers see it after {seen or 10:.1f} s")
                is_saved = editor.save(f"Save {name} of editor 0")[0] == 302
                outcome.expect(is_saved == (hours < IDLE_LIMIT), "saved" if is_saved else "signed out")
                if abs(hours) > 24 or not hours:
                    wanted = "another day" if hours > 24 else "the day"
                    seen = seconds_until(lambda wanted=wanted: day_of(site, today) == wanted, patience=2)
                    outcome.expect(seen is not None, f"advice of {wanted}")
            clock.step(dt.timedelta(days=30))
            status, _body = editor.save("Save a month on")
            outcome.expect(status != 302 or not editor.acknowledged, "a month on: signed out")
    return outcome


def day_of(site: Site, today: bytes) -> str:
    """Tell whether readers see the advice of the day that is, or that of another."""
    return "the day" if site.get("/en/today/").body == today else "another day"


def is_listed(site: Site) -> bool:
    """Tell whether readers see the article that was scheduled, all of them."""
    pages = [site.get("/en/articles/") for _ in range(8)]
    return all(page.status == 200 for page in pages) and all(ARTICLE in page.body for page in pages)
