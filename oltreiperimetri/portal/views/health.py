from django.http import HttpResponse

from oltreiperimetri.accounts.gates import public


@public
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")
