"""Who may do what: editors everything about content, translators the texts in their language."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from .languages import LANGUAGES


def may_translate(user: AbstractBaseUser | AnonymousUser, language: str) -> bool:
    """Tell whether `user` may change texts in `language`."""
    return user.has_perm(f"articles.translate_{language}")


def languages_of(user: AbstractBaseUser | AnonymousUser) -> list[str]:
    """Return the languages in which `user` may change texts."""
    return [language for language in LANGUAGES if may_translate(user, language)]
