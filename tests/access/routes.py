"""Every named URL of the portal, read from the URLconf itself (the admin is judged as a whole elsewhere)."""

from django.urls import URLPattern, URLResolver, get_resolver

OUTSIDE = {"admin"}


def named_routes(resolver=None, namespace=()):
    """Yield "namespace:name" of each pattern. An unnamed pattern is yielded as its route, so that it fails too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in OUTSIDE:
                continue
            inner = (*namespace, pattern.namespace) if pattern.namespace else namespace
            yield from named_routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*namespace, pattern.name or str(pattern.pattern)))
