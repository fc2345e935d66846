"""What may be shown to whoever looks after the machines: texts without the keys and the addresses that are in them."""

import re

# What follows /rispondi/…/, and anything as long as a token (43 characters) or a session: never a word, never a UUID.
TOKEN = re.compile(r"(/rispondi/[^/\s]+/)[\w-]+|(?<![\w-])()[\w-]{40,}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+\d{6,}")
HREF = re.compile(r"""\s(?:href|src|action|background|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


def cut_tokens(text: str) -> str:
    """Links stay readable and open nothing: who reads a register cannot answer in somebody's place."""
    return TOKEN.sub(lambda found: f"{found[1] or ''}…", text)


def cut_addresses(text: str) -> str:
    return PHONE.sub("…", EMAIL.sub("…@…", text))


def without_links(html: str) -> str:
    """The same page with nothing to follow, load or run, and no token in what is read."""
    return cut_tokens(HREF.sub("", html))


def masked(address: str) -> str:
    """`anna.rossi@example.org` -> `a…@example.org`; `+393331234567` -> `…567`."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}" if at else f"…{address[-3:]}"
