from .evening import Evening
from .guest import Guest

__all__ = ["Evening", "Guest"]
