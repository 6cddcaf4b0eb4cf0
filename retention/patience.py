"""A worker of gunicorn that lets slow clients keep none of its threads.

gunicorn's own hands a connection to a thread as soon as it is made. A few clients that send their request byte by byte
then keep all threads, and nobody else is answered.
"""

import socket
import struct
import time
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ

from gunicorn.http.message import Request
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import TConn, ThreadWorker

from .access_log import shown

END_OF_HEAD = b"\r\n\r\n"
# No browser sends more, and the kernel keeps as much of every connection.
LONGEST_HEAD = 1 << 14  # bytes
PATIENCE = 10  # seconds for all of a head
# What the kernel keeps of answers that aren't read yet: any page fits, and no thread waits until it was read.
ANSWERS = 1 << 18  # bytes
# How long a thread waits for a client that is silent in the middle of a form, or reads nothing of a long answer.
SILENCE = struct.pack("@ll", 20, 0)  # seconds


class Connection(TConn):
    """A connection, and how many bytes of the head of a request have come over it so far."""

    heard = 0


class PatientWorker(ThreadWorker):
    """Waits for the whole head of a request before a thread takes it up.

    What has come stays in the socket meanwhile; the kernel tells when there is more.
    """

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection in."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ANSWERS)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, SILENCE)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, SILENCE)
        self.nr_conns += 1
        conn = Connection(self.cfg, client, address, listener.getsockname())
        if is_ready(conn):
            self.enqueue_req(conn)
        else:
            self.await_head(conn)

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Take up a connection that was kept alive."""
        if is_ready(conn):
            super().on_client_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.await_head(conn)

    def await_head(self, conn: Connection) -> None:
        conn.timeout = time.monotonic() + PATIENCE
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Look whether what was waited for has come."""
        if is_ready(conn):
            super().on_pending_socket_readable(conn, client)

    def handle_error(self, req: Request | None, client: socket.socket, addr: tuple, exc: Exception) -> None:
        """Answer in our own words, and log nothing of who asked for what, as gunicorn's own would."""
        # It is made with the settings, which aren't there yet when gunicorn looks for its worker.
        from .plain_answers import plain_answer, status_of

        status = status_of(exc)
        if status == 500:
            self.log.error("Error handling %s %s", req and req.method, req and shown(req.path), exc_info=exc)
        with suppress(OSError):
            write_nonblock(client, plain_answer(status))

    def _cap_keepalive(self, deadline: float) -> None:
        # Nor does a worker that stops wait long for requests that have only begun.
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)


def is_ready(conn: Connection) -> bool:
    """Tell whether a thread can do something with a connection: answer a request, refuse it, or see that it ended."""
    try:
        come = conn.sock.recv(LONGEST_HEAD, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        come = b""
    if END_OF_HEAD not in come and len(come) == LONGEST_HEAD:
        # A thread finds the end of it there.
        conn.sock.shutdown(socket.SHUT_RD)
    # Woken without another byte: there won't be any.
    elif END_OF_HEAD not in come and len(come) != conn.heard:
        conn.heard = len(come)
        wake_after(conn, conn.heard + 1)
        return False
    if conn.heard:
        wake_after(conn, 1)
    conn.heard = 0
    conn.data_ready = True
    return True


def wake_after(conn: Connection, size: int) -> None:
    """Have the kernel wake whoever waits for a connection once so many bytes are there, or when it ends."""
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, size)
