"""What is answered without looking at what a request means: it stands there as one did that was answered before."""

from collections.abc import Iterable, MutableMapping
from time import monotonic

from ..proxies import PROTO
from .answers import StartResponse
from .counters import HIT, counters
from .memory import Memory
from .requests import Application
from .watch import Watch

# Where the page cache finds how it was asked.
ASKED = "retention.asked"


class Replies:
    """A WSGI application in front of all others: most readers' requests get no further.

    It is one function on purpose. Beside wrk and gunicorn each one more costs a hundredth of what can be answered.
    """

    def __init__(self, application: Application, memory: Memory, watch: Watch) -> None:
        self.application = application
        self.memory = memory
        self.watch = watch

    def __call__(self, environ: MutableMapping, start_response: StartResponse) -> Iterable[bytes]:
        get = environ.get
        scheme_told = get(PROTO)
        asked = (
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
            environ["REQUEST_METHOD"],
            environ["wsgi.url_scheme"],
            get("HTTP_HOST"),
            get("SCRIPT_NAME"),
            get("HTTP_ACCEPT_ENCODING"),
            get("HTTP_IF_NONE_MATCH"),
            scheme_told,
            # Who tells it matters, as not everybody is believed.
            scheme_told and get("REMOTE_ADDR"),
        )
        reply = self.memory.replies.get(asked)
        if reply is None or reply.edition != self.watch.edition or monotonic() > self.watch.sure_until:
            environ[ASKED] = asked
            return self.application(environ, start_response)
        reply.kept.is_used = True
        counters.add(HIT)
        # A server may change the list that it is given (PEP 3333).
        start_response(reply.status, [*reply.headers])
        return reply.body
