"""Two servers start at once on an empty database, so that both migrate and load the content."""

import subprocess
import sys

from ..server import ROOT
from .outcome import Outcome
from .site import Site

PROMISED = "One prepares, the other waits and finds it done; both end well, and the content is there once."
BEGINS_EMPTY = True
COUNT = "print(Article.objects.count(), Advice.objects.count(), Topic.objects.count())"


def cause(engine) -> Outcome:
    outcome = Outcome()
    site = Site(engine.url)
    site.manage("build")
    for command in ("migrate", "prepare"):
        both = [start(site, command) for _ in range(2)]
        ends = [(process.communicate()[1], process.returncode) for process in both]
        codes = [code for _said, code in ends]
        complaints = " ".join(said for said, code in ends if code)
        outcome.expect(codes == [0, 0], f"{command} twice ends with {codes} {complaints}")
    found = site.manage("shell", "-v0", "-c", f"from articles.models import *\n{COUNT}").stdout.split()
    outcome.expect(found == ["5", "53", "8"], f"{found[0]} articles, {found[1]} pieces of advice, {found[2]} topics")
    site.stop()
    return outcome


def start(site: Site, command: str) -> subprocess.Popen:
    arguments = [sys.executable, "manage.py", command]
    return subprocess.Popen(
        arguments, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
