import re

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def without_token(response) -> bytes:
    """The page but for the token against forged requests, which is new on every answer."""
    return TOKEN.sub(b"", response.content)
