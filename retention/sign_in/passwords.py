"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the least that OWASP asks for: 19 MiB, two passes.

    Django's own 100 MiB for each attempt would let some twenty people who guess at once take all memory.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
