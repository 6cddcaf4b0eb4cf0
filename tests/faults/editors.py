"""People at the desk who save one text after the other, as their browsers would, and remember what was acknowledged."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from .site import Site

SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
for number in range({count}):
    user = User.objects.create_superuser(f"editor-{{number}}")
    store = import_module(settings.SESSION_ENGINE).SessionStore(f"session-of-editor-{{number}}-0123456789")
    kept = {{SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1]}}
    store.create_model_instance(kept | {{HASH_SESSION_KEY: user.get_session_auth_hash()}}).save()
"""
FIELD = "summary_en"


class Form(HTMLParser):
    """The fields of the largest form of a page, with what is in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area = self._select = None
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        said = dict(attributes)
        name = said.get("name")
        if tag == "textarea" and name:
            self._area, self.fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in said:
            self.fields[self._select] = said.get("value", "")
        elif tag == "input" and name and self._is_sent(said):
            self.fields[name] = said.get("value") or ""

    def _is_sent(self, said: dict) -> bool:
        kind = said.get("type", "text")
        return kind not in ("submit", "file", "button") and (kind not in ("checkbox", "radio") or "checked" in said)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The line break after the tag isn't part of it.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None


@dataclass
class Editor:
    """Somebody with one topic, whose summary is a number that grows."""

    site: Site
    number: int
    topic: int
    acknowledged: list[str] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)
    slug: str = ""

    @property
    def path(self) -> str:
        return f"/admin/articles/topic/{self.topic}/change/"

    @property
    def page(self) -> str:
        """Where readers see what was saved."""
        return f"/en/topics/{self.slug}/"

    def ask(self, method: str, body: str | None = None, cookies: str = "") -> tuple[int, http.client.HTTPMessage, str]:
        session = f"sessionid=session-of-editor-{self.number}-0123456789; {cookies}"
        headers = {"Cookie": session, "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "fi"}
        connection = http.client.HTTPConnection(urlsplit(self.site.address).netloc, timeout=30)
        try:
            connection.request(method, self.path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def save(self, text: str) -> tuple[int, str]:
        """Open the form, change the text, send it; return status and body of the answer, 0 where there is none."""
        try:
            status, headers, body = self.ask("GET")
            if status != 200:
                # To the form with which one signs in, perhaps.
                self.failures.append(status)
                return (401, "") if status == 302 else (status, body)
            form = Form(body).fields | {FIELD: text, "_continue": "1"}
            self.slug = form["slug_en"]
            status, _headers, body = self.ask("POST", urlencode(form), headers["Set-Cookie"].partition(";")[0])
        except (OSError, http.client.HTTPException):
            status, body = 0, ""
        if status == 302:
            self.acknowledged.append(text)
        else:
            self.failures.append(status)
        return status, body


class Desk:
    """Several editors, each of whom saves again and again until the desk is closed."""

    def __init__(self, site: Site, count: int = 4) -> None:
        site.run_in(SIGN_IN.format(count=count))
        self.editors = [Editor(site, number, topic=number + 1) for number in range(count)]
        self._is_open = True
        self._threads = [threading.Thread(target=self._work, args=[editor]) for editor in self.editors]

    def _work(self, editor: Editor) -> None:
        number = 0
        while self._is_open:
            number += 1
            status, _body = editor.save(f"Save {number} of editor {editor.number}")
            if status != 302:
                # Nobody presses the button faster than that.
                time.sleep(0.1)

    def open(self) -> None:
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        self._is_open = False
        for thread in self._threads:
            thread.join()

    @property
    def saves(self) -> int:
        return sum(len(editor.acknowledged) for editor in self.editors)

    def wait_for(self, saves: int, patience: float = 240) -> None:
        deadline = time.monotonic() + patience
        while self.saves < saves:
            if time.monotonic() > deadline:
                raise AssertionError(f"only {self.saves} of {saves} saves in {patience:.0f} s")
            time.sleep(0.02)
