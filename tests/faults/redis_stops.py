"""The cache that all processes share is away for a while."""

from ..redis import redis
from .editors import Desk
from .outcome import Outcome
from .site import seconds_until, serving

PROMISED = "Slower, but nothing breaks: pages, search and desk answer as before, and edits are seen within a second."


def cause(engine) -> Outcome:
    outcome = Outcome()
    with redis() as (cache_url, process), serving(engine.url, CACHE_URL=cache_url) as site:
        desk = Desk(site, count=1)
        (editor,) = desk.editors
        outcome.expect(editor.save("Save 1 of editor 0")[0] == 302, "saved before")
        process.terminate()
        process.wait()
        pages = [f"/{language}/{page}/" for language in ("en", "fi", "ru") for page in ("tips", "rules", "topics")]
        statuses = {site.get(path).status for path in (*pages, "/en/search/?q=complaint")}
        outcome.expect(statuses == {200}, f"pages without it: {statuses}")
        outcome.expect(editor.save("Save 2 of editor 0")[0] == 302, "saved without it")
        fresh = seconds_until(lambda: b"Save 2" in site.get(editor.page).body, patience=10)
        outcome.expect(fresh is not None and fresh < 2, f"readers see it after {fresh or 10:.1f} s")
        signed_in = site.get("/admin/login/")
        outcome.expect(signed_in.status == 200, f"the form to sign in: {signed_in.status}")
    return outcome
