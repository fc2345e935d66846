"""its invented people and stories"""


def build(world, *, today) -> None:
    """Written with the app's pages."""
