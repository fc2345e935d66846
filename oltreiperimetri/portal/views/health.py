"""Health checks for whoever watches the machines: the process answers; everything it leans on does too."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from oltreiperimetri.accounts.gates import public

from .. import lights


@public
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request):
    """503 with the names of what is red."""
    checks = lights.of_the_machine(now=timezone.now())
    is_ready = lights.RED not in checks.values()
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)
