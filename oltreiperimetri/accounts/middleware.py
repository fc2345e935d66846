from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

OPEN_WITHOUT_SECOND_FACTOR = ("/accedi/", "/esci/", "/account/", "/static/", "/healthz", "/readyz")


class StaffSecondFactorMiddleware:
    """Staff set up a second factor before anything else; a session remembers that it was seen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SECOND_FACTOR_REQUIRED and self.lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def lacks_second_factor(self, request) -> bool:
        if not request.user.is_authenticated or request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR):
            return False
        if request.session.get("has_second_factor"):
            return False
        if not (request.user.is_staff or request.user.is_staff_member):
            return False
        if is_mfa_enabled(request.user):
            request.session["has_second_factor"] = True
            return False
        return True


def forget_second_factor(sender, request, **kwargs) -> None:
    """Connected to allauth's authenticator_removed: who switches the second factor off sets it up again at once."""
    request.session.pop("has_second_factor", None)


class PrivatePagesMiddleware:
    """Nothing that a signed-in person saw stays in the browser's cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response
