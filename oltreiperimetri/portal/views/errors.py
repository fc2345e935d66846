from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request, exception=None):
    return render(request, "404.html", status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """The same page whatever is missing or out of reach: it never echoes the path."""
    return render(request, "404.html", status=404)


def csrf_failure(request, reason=""):
    context = {"explanation": _("The page had been open for too long. Go back, reload it and send it again.")}
    return render(request, "403.html", context, status=403)
