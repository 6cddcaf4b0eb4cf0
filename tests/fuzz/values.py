"""What is put into addresses, headers and forms: what is meant to be there, that same spoilt, and anything else."""

from hypothesis import strategies as st

HUGE = b"9" * 30
NASTY = [
    *(b"", b" ", b"0", b"-1", b"1", HUGE, b"-" + HUGE, b"1e309", b"NaN", b"0x10", b"1.5", b"true", b"null", b"*"),
    *("²".encode(), "٣".encode(), b"2026-02-31", b"0001-01-01", b"9999-12-31", b"24:61", b"2026-11-27T00:00:00Z"),
    *(
        b"\0",
        b"a\0b",
        b"\r\nX-Injected: 1",
        b"\n",
        b"%0d%0aX-Injected:%201",
        b"%00",
        b"%",
        b"%zz",
        b"%252f",
        b"\x1f\x7f",
    ),
    *(b"../../../etc/passwd", b"..\\..\\x", b"//evil.example", b"/\\evil.example", b"https://evil.example/"),
    *(
        b"javascript:alert(1)",
        b"<script>alert(1)</script>",
        b"\"'><svg/onload=alert(1)>",
        b"{{7*7}}",
        b"{% x %}",
        b"%s%n",
    ),
    *(
        b"' OR 1=1 --",
        b'"',
        b"'",
        b"\\",
        b"a* OR NEAR(",
        b"a:b",
        b":*",
        b"! & | <->",
        b"(((",
        b"[[]]",
        b"{}",
        b"[1",
        b";",
    ),
    *(b"=1+1", b"@x", b"\t", b"#let x = 1", b"$ x $", b"\\u{0}", b"utf-8''%ff"),
    *("🦆🏳️‍🌈".encode(), "\u202egnp.exe".encode(), "\u2028\u2029".encode(), "\ufeff\ufffe\uffff".encode(), "Z̸͑ͅ".encode()),
    *(
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xc0\x80",
        b"\xf4\x90\x80\x80",
        "İıſẞﬁΣς".encode(),
        "եւև".encode(),
    ),
    *(b"a" * 300, b"x" * 3000, b"1," * 800, b"[" * 1500, "ы".encode() * 700, b"A" * 70_000),
]
# Longer lines the server refuses before anybody reads them.
LONGEST_LINE = 3500

nasty = st.sampled_from(NASTY)
anything = st.one_of(
    nasty,
    nasty,
    st.binary(max_size=40),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.integers().map(lambda number: str(number).encode()),
    st.dates().map(lambda date: date.isoformat().encode()),
)


def exact(valid: list[bytes]) -> st.SearchStrategy[bytes]:
    """Return what is meant to stand somewhere, or a number where nothing is known of that."""
    return st.sampled_from(valid or [b"1"])


def value(valid: list[bytes]) -> st.SearchStrategy[bytes]:
    """Return what may stand where any of `valid` is meant to."""
    if not valid:
        return anything
    good = st.sampled_from(valid)
    return st.one_of(good, good, st.builds(spoilt, good, anything, st.integers(0, 3)), anything)


def spoilt(good: bytes, odd: bytes, way: int) -> bytes:
    half = len(good) // 2
    return [good + odd, odd + good, good[:half] + odd + good[half:], good[:half]][way]


def short(strategy: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return strategy.map(lambda text: text[:LONGEST_LINE])
