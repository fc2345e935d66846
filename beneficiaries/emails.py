"""Everything this app says by e-mail on its own (what staff write to a person is in domain/notices.py)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from oltreiperimetri.reminders import engine

from .models import Application, InboundReferral, Person, RegistrationDraft


def receipt(application: Application, *, token: str | None, now: datetime) -> None:
    """To whoever applied: the number, what happens next, by when; `token` when the address already had an account."""
    person = application.person
    join_path = reverse("beneficiaries:join_account", args=[token]) if token else ""
    engine.queue_mail(
        "beneficiaries/receipt",
        {
            "name": person.first_name,
            "number": application.number,
            "due_on": application.due_on,
            "by_staff": application.channel != Application.Channel.ONLINE,
            "sign_in_link": settings.SITE_URL + reverse("account_request_login_code"),
            "join_link": settings.SITE_URL + join_path if join_path else "",
        },
        to=person.email,
        name=person.full_name,
        dedupe_key=f"beneficiaries.receipt:{application.pk}",
        now=now,
        person_key=person.audit_key,
        about=application,
    )


def registration_link(draft: RegistrationDraft, *, token: str, now: datetime) -> None:
    """To whoever stops half way, or has lost the code: the link to go on from any device. At most one an hour."""
    engine.queue_mail(
        "beneficiaries/registration_link",
        draft_context(draft, token=token),
        to=draft.email,
        name=draft.answers.get("first_name", ""),
        dedupe_key=f"beneficiaries.registration_link:{draft.pk}:{now:%Y%m%d%H}",
        now=now,
        about=draft,
    )


def draft_context(draft: RegistrationDraft, *, token: str) -> dict:
    """What every mail about a registration under way says: for whom, where to go on, until when it is kept."""
    return {
        "name": draft.answers.get("first_name", ""),
        "link": settings.SITE_URL + reverse("beneficiaries:register_link", args=[token]),
        "kept_until": draft.kept_until,
    }


def claim(person: Person, *, link: str, until: datetime, now: datetime) -> None:
    """To somebody registered by the office: the link by which they take over their page."""
    engine.queue_mail(
        "beneficiaries/claim",
        {"name": person.first_name, "link": link, "until": until.date()},
        to=person.email,
        name=person.full_name,
        dedupe_key=f"beneficiaries.claim:{person.pk}:{now.isoformat()}",
        now=now,
        person_key=person.audit_key,
        about=person,
    )


def sent_by_partner(referral: InboundReferral, *, now: datetime) -> None:
    """To somebody whom a partner sent to us, when there is an address: who did, and what happens now."""
    engine.queue_mail(
        "beneficiaries/sent_by_partner",
        {"name": referral.first_name, "organisation": referral.organisation.name},
        to=referral.email,
        name=str(referral),
        dedupe_key=f"beneficiaries.sent_by_partner:{referral.pk}",
        now=now,
        about=referral,
    )


def referral_state(referral: InboundReferral, *, now: datetime) -> None:
    """To whoever sent a person, if that person agreed: how far it is. No name: it is on their page, after signing in."""
    sender = referral.sent_by
    if not referral.tells_referrer or sender is None or not sender.is_active:
        return
    engine.queue_mail(
        "beneficiaries/referral_state",
        {
            "name": sender.first_name,
            "day": referral.sent_at,
            "state": referral.get_state_display(),
            "link": settings.SITE_URL + reverse("beneficiaries:my_referrals"),
        },
        to=sender.email,
        name=sender.get_full_name(),
        dedupe_key=f"beneficiaries.referral_state:{referral.pk}:{referral.state}:{now.isoformat()}",
        now=now,
        about=referral,
    )
