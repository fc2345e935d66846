from .matrix import everybody, only, refused, signed_in  # noqa: F401

KWARGS = {}

ROWS = {}
