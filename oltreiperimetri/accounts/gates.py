"""Who may open a view. Sign-in is required by default; out of reach is 404, not allowed is 403."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied

from .enums import STAFF_ROLES

public = login_not_required


def role_required(*roles: str):
    """A view for holders of any of `roles`; others who are signed in get 403."""

    def decorate(view):
        @wraps(view)
        def gated(request, *args, **kwargs):
            if not request.user.is_authenticated or not request.user.has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return gated

    return decorate


staff_required = role_required(*STAFF_ROLES)
