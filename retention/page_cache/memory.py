"""The answers that one process keeps, within a bound of bytes."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from .answers import Answer, Sent
from .keys import Key

# What a request says that its answer depends on, as it stands.
Asked = tuple[str | None, ...]
# An answer knows the replies to so many ways of asking for it, each at most so many characters long.
MOST_WAYS, LONGEST = 8, 600
# What a reply takes in memory beside the body that it shares with its answer, in bytes.
REPLY = 2048


class Kept:
    """An answer in memory, what it takes there, and in which ways it was asked for."""

    __slots__ = ("answer", "asked", "is_used", "size")

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.size = answer.size
        self.asked: list[Asked] = []
        # Whether somebody has asked for it since it was its turn to go.
        self.is_used = False


class Reply(NamedTuple):
    """What is sent to whoever asks in one way, as long as the edition is the present one."""

    kept: Kept
    edition: str
    status: str
    headers: tuple[tuple[str, str], ...]
    body: list[bytes]


class Memory:
    """Keeps answers up to `most` bytes; whichever was asked for least recently goes first.

    Readers only mark what they use, and what is marked gets a second chance when it is its turn to go: putting it last
    at each request would cost them more (the clock algorithm, Corbató 1968).
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        # Replies go with their answer.
        self.replies: dict[Asked, Reply] = {}
        self._answers: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Key) -> Answer | None:
        kept = self._answers.get(key)
        if kept is None:
            return None
        kept.is_used = True
        return kept.answer

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer; called again when it has become larger."""
        with self._lock:
            self._forget(key)
            kept = Kept(answer)
            if kept.size > self.most:
                return
            self._answers[key] = kept
            self.size += kept.size
            self._make_room()

    def remember(self, asked: Asked, key: Key, answer: Answer, sent: Sent) -> None:
        """Remember what of the answer that is kept for `key` is sent to those who ask in one way."""
        with self._lock:
            kept = self._answers.get(key)
            if kept is None or kept.answer is not answer or asked in self.replies or length(asked) > LONGEST:
                return
            if len(kept.asked) == MOST_WAYS:
                del self.replies[kept.asked.pop(0)]
            else:
                kept.size += REPLY
                self.size += REPLY
            kept.asked.append(asked)
            status, headers, body = sent
            self.replies[asked] = Reply(kept, answer.edition, status, tuple(headers), body)
            self._make_room()

    def _make_room(self) -> None:
        while self.size > self.most:
            key, kept = next(iter(self._answers.items()))
            if kept.is_used:
                kept.is_used = False
                self._answers.move_to_end(key)
            else:
                self._forget(key)

    def _forget(self, key: Key) -> None:
        kept = self._answers.pop(key, None)
        if kept is None:
            return
        self.size -= kept.size
        for asked in kept.asked:
            del self.replies[asked]


def length(asked: Asked) -> int:
    return sum(len(each) for each in asked if each)
