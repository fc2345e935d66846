"""A page begun by the office becomes the person's own: a sheet or a link handed over, an account joined to it.

The session remembers which code or link was opened (encrypted), while its owner signs in or makes an account.
"""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import public, staff_required
from oltreiperimetri.accounts.ratelimits import consume, limit_posts
from oltreiperimetri.documents import pdf
from oltreiperimetri.shared.crypto import decrypt_bytes, encrypt_bytes
from oltreiperimetri.shared.errors import DomainError

from ..domain.claimed_account import claim_person, hand_over, open_claim, token_of
from ..forms.claim import ClaimCodeForm, ClaimForm
from .people import person_of
from .posted import posted

OPENED = "claim_opened"
TRIES_A_DAY = 5
FOLDER = "beneficiaries/claim/"


@staff_required
@never_cache
def hand_over_access(request, pk):
    """`come`: print the sheet, send the link by e-mail, or show it to be sent by text message. None is kept here."""
    person = person_of(request, pk)
    if person.user_id:
        raise Http404
    how = request.POST.get("come", "")
    if request.method == "POST" and how in ("foglio", "posta", "link"):
        try:
            access = hand_over(person, by_mail=how == "posta", by=request.user, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("beneficiaries:hand_over", person.pk)
        if how == "posta":
            messages.success(request, _("The link is leaving by e-mail. It works for 30 days."))
            return redirect(person)
        if how == "foglio":
            return sheet_of(person, access)
        return render(request, FOLDER + "hand_over.html", {"person": person, "access": access})
    return render(request, FOLDER + "hand_over.html", {"person": person})


def sheet_of(person, access):
    address = settings.SITE_URL.partition("://")[2] + reverse("beneficiaries:claim_code")
    context = {"person": person, "access": access, "SITE_ADDRESS": address, "PHONE": settings.PHONE}
    return pdf.response(FOLDER + "sheet.html", context, filename="accesso")


@public
@never_cache
@sensitive_post_parameters("code")
@limit_posts("claim.code", rate="20/h")
def code(request):
    form = ClaimCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        token = token_of(form.cleaned_data["code"])
        try:
            open_claim(token, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return remembered(request, token)
    return render(request, FOLDER + "code.html", {"form": form})


@public
@never_cache
@require_safe
def link(request, token):
    """The link of the mail or of the message: opening it uses nothing up, and leaves its token behind."""
    return remembered(request, token)


def remembered(request, token: str):
    request.session[OPENED] = encrypt_bytes(token.encode()).decode()
    return redirect("beneficiaries:claim")


@public
@never_cache
@limit_posts("claim.confirm", rate="20/h")
def confirm(request):
    """Sign in or make an account; then say the date of birth: from there on the page is one's own."""
    now, kept = timezone.now(), request.session.get(OPENED, "")
    try:
        access, person = open_claim(decrypt_bytes(kept.encode()).decode() if kept else "", now=now)
    except DomainError as refusal:
        request.session.pop(OPENED, None)
        if kept:
            messages.error(request, str(refusal))
        return redirect("beneficiaries:claim_code")
    if not request.user.is_authenticated:
        return render(request, FOLDER + "sign_in.html")
    form = ClaimForm(posted(request), asks_birth_date=person.birth_date is not None)
    if request.method == "POST" and form.is_valid():
        if not consume(request, "claim.birth_date", rate=f"{TRIES_A_DAY}/d", key=str(access.pk)):
            return render(request, "429.html", status=429)
        try:
            claim_person(access, birth_date=form.cleaned_data.get("birth_date"), by=request.user, now=now)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            del request.session[OPENED]
            messages.success(request, _("Done: this is your page. What we wrote down together is here."))
            return redirect("portal:my_path")
    return render(request, FOLDER + "confirm.html", {"form": form})
