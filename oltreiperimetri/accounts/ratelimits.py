"""Limits on what a visitor may repeat. They live in the shared cache, so they hold across workers."""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.shortcuts import render

UNITS = {"m": 60, "h": 3600, "d": 86400}


def consume(request, action: str, *, rate: str = "10/h", key: str = "") -> bool:
    """Count one more `action` by this address (or for `key`); False when the rate, such as "10/h", is used up."""
    amount, unit = rate.split("/")
    seconds = UNITS[unit]
    who = key or get_adapter().get_client_ip(request)
    bucket = f"rate:{action}:{who}:{int(time.time() // seconds)}"
    cache.add(bucket, 0, timeout=seconds)
    try:
        return cache.incr(bucket) <= int(amount)
    except ValueError:  # it expired between the two calls
        return True


def limit_posts(action: str, *, rate: str = "10/h"):
    """A view whose POSTs are limited; beyond the rate it answers with the 429 page."""

    def decorate(view):
        @wraps(view)
        def limited(request, *args, **kwargs):
            if request.method == "POST" and not consume(request, action, rate=rate):
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return limited

    return decorate
