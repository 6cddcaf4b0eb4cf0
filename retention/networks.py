"""Addresses of machines, and the networks that they are in."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address, ip_network

# So many addresses are known without reading them again, in each process.
KNOWN = 4096


class Networks:
    """Some networks, named as settings do: `10.0.0.0/8`, `::1`. Raises ValueError for what is none."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._networks = [ip_network(text) for text in texts]
        self._has = lru_cache(KNOWN)(self._find)

    def __contains__(self, address: str) -> bool:
        return self._has(address)

    def __bool__(self) -> bool:
        return bool(self._networks)

    def _find(self, text: str) -> bool:
        written = address(text)
        return written is not None and any(ip_address(written) in network for network in self._networks)


@lru_cache(KNOWN)
def address(text: str) -> str | None:
    """Return the address that a text names, in one spelling and without its port; None if it names none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        read = ip_address(text)
    except ValueError:
        return None
    # A socket for both kinds names the old ones so.
    return str(getattr(read, "ipv4_mapped", None) or read)
