"""Since when, and until when, each piece of advice takes its turn as the advice of the day."""

from django.db import models
from django.db.models import F, Q

from .rotation import shuffled
from .slugs import MAX_LENGTH as KEY_LENGTH


class Shuffled(models.BinaryField):
    """What those who join on one day are ordered by; made from the key with every save, by itself or with many."""

    def pre_save(self, model_instance: "Stint", add: bool) -> bytes:
        model_instance.shuffled = shuffled(model_instance.key)
        return model_instance.shuffled


class Stint(models.Model):
    """The days on which one piece of advice takes part in the rotation: from `joins_on` up to, without, `leaves_on`.

    It outlives the advice, so that past days stay what they were.
    """

    key = models.CharField(max_length=KEY_LENGTH)
    joins_on = models.DateField()
    leaves_on = models.DateField(null=True)
    shuffled = Shuffled(max_length=16, default=b"", editable=False)

    class Meta:
        ordering = ["joins_on", "shuffled", "id"]
        indexes = [
            # The advice of each day: in the order of the queue, with all that is read of as many as there were days.
            models.Index(fields=["joins_on", "shuffled", "id", "leaves_on", "key"], name="stint_in_queue"),
        ]
        constraints = [
            # Also the index by which a save finds the stint of its advice.
            models.UniqueConstraint(fields=["key"], condition=Q(leaves_on=None), name="stint_open_once"),
            models.CheckConstraint(condition=Q(leaves_on=None) | Q(leaves_on__gte=F("joins_on")), name="stint_ascends"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.joins_on}–{self.leaves_on or ''}"
