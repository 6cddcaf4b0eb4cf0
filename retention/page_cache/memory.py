"""The answers that one process keeps, within a bound of bytes."""

from collections import OrderedDict
from threading import Lock

from .answers import Answer
from .keys import Key


class Memory:
    """Keeps answers up to `most` bytes; whichever was asked for least recently goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._answers: OrderedDict[Key, tuple[Answer, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Key) -> Answer | None:
        with self._lock:
            found = self._answers.get(key)
            if found is None:
                return None
            self._answers.move_to_end(key)
            return found[0]

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer; called again when it has become larger."""
        size = answer.size
        with self._lock:
            if key in self._answers:
                self.size -= self._answers.pop(key)[1]
            if size > self.most:
                return
            self._answers[key] = answer, size
            self.size += size
            while self.size > self.most:
                _key, (_answer, freed) = self._answers.popitem(last=False)
                self.size -= freed
