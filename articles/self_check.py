"""The self-check: the mistakes as questions about the reader's own firm, and what the answers say.

The answers are in the address of the result and nowhere else. It names each question by a code made from the key of its
mistake: the same in all languages and databases, whatever is asked before it, and short.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .shown import ShownAdvice

CODE_LENGTH = 5


class Answer(TextChoices):
    """Whether a mistake is made, the worst first; the value stands in addresses."""

    YES = "y", _("Yes")
    SOMETIMES = "s", _("Sometimes")
    NO = "n", _("No")


@dataclass(frozen=True)
class Question:
    """A mistake that is asked about, its number from 1, and the reader's answer; None for none yet."""

    mistake: ShownAdvice
    number: int
    answer: Answer | None

    @property
    def code(self) -> str:
        return code_of(self.mistake.key)


class SelfCheck:
    """The questions with the answers that `given`, the query of an address, holds."""

    def __init__(self, mistakes: Iterable[ShownAdvice], given: Mapping[str, str]) -> None:
        self.questions = [
            Question(mistake, number, answer_in(given, code_of(mistake.key)))
            for number, mistake in enumerate(mistakes, 1)
        ]
        codes = {question.code for question in self.questions}
        self.has_unknown = any(
            value and value not in Answer.values if name in codes else value in Answer.values
            for name, value in given.items()
        )

    @property
    def steady(self) -> list[Question]:
        """Where customers leak all the time."""
        return self.answered(Answer.YES)

    @property
    def drips(self) -> list[Question]:
        """Where they leak now and then."""
        return self.answered(Answer.SOMETIMES)

    @property
    def leaks(self) -> list[Question]:
        """All leaks, the worst first."""
        return self.steady + self.drips

    @property
    def unanswered(self) -> list[Question]:
        return self.answered(None)

    @property
    def is_begun(self) -> bool:
        return len(self.unanswered) < len(self.questions)

    @property
    def query(self) -> str:
        """The answers as the end of an address; "" for none."""
        answers = {question.code: question.answer.value for question in self.questions if question.answer}
        return f"?{urlencode(answers)}" if answers else ""

    def answered(self, answer: Answer | None) -> list[Question]:
        return [question for question in self.questions if question.answer is answer]


def code_of(key: str) -> str:
    """Return how addresses name the question about the mistake with this key."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest()).decode()[:CODE_LENGTH].lower()


def answer_in(given: Mapping[str, str], code: str) -> Answer | None:
    value = given.get(code)
    return Answer(value) if value in Answer.values else None
