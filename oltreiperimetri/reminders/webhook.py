"""Where the mail provider tells of returned mail: signed, told once or ten times."""

import hmac
import json
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import public

from . import bounces

KINDS = {"hard": True, "soft": False}


@csrf_exempt
@public
@require_POST
def returned(request):
    """JSON: event, address, kind (hard or soft), message_id (optional). Header X-Signature: HMAC-SHA256 of the body."""
    if not settings.BOUNCE_SECRET:
        raise Http404
    expected = hmac.new(settings.BOUNCE_SECRET.encode(), request.body, sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), request.headers.get("X-Signature", "").encode()):
        return HttpResponseForbidden()
    try:
        told = json.loads(request.body)
        event, address, is_hard = str(told["event"]), str(told["address"]), KINDS[told["kind"]]
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()
    bounces.note(event, address, is_hard=is_hard, now=timezone.now(), message_id=str(told.get("message_id", "")))
    return HttpResponse(status=204)
