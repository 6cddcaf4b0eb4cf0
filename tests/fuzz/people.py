"""Who asks: nobody, somebody without a group, a translator, an editor, an administrator."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

NOBODY = "nobody"
# What forms bring back of it is the same as what the cookie says.
TOKEN = "a" * 32
# Whether an administrator, and in which groups.
PEOPLE = {
    "newcomer": (False, []),
    "translator": (False, ["Translators (fi)"]),
    "editor": (False, ["Editors"]),
    "administrator": (True, []),
}


def signed_in() -> dict[str, str]:
    """Return the cookies of everyone, whatever has become of their accounts and sessions meanwhile."""
    return {NOBODY: ""} | {name: cookies_of(account(name, *rights)) for name, rights in PEOPLE.items()}


def account(name: str, is_superuser: bool, groups: list[str]) -> User:
    rights = {"is_staff": True, "is_active": True, "is_superuser": is_superuser}
    user, _is_new = User.objects.update_or_create(username=name, defaults=rights)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return user


def cookies_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {settings.CSRF_COOKIE_NAME: TOKEN}
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
