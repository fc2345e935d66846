"""Everything this app can say by e-mail, one function a message."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.reminders.engine import queue_mail

from .models import Guest, Idea, Juror, Mentoring, Need


# Themed evenings ------------------------------------------------------------------------------------
def evening_place(guest: Guest, *, now: datetime) -> None:
    """To a guest: the seat, or the waiting list; at most one such mail an hour, however often somebody signs up again."""
    to_guest(guest, "evening_place", f"{guest.state}:{now:%Y%m%d%H}", now=now)


def evening_promoted(guest: Guest, *, now: datetime) -> None:
    """To a guest who waited: a seat has become free and is theirs."""
    to_guest(guest, "evening_promoted", now.isoformat(), now=now)


def evening_moved(guest: Guest, *, now: datetime) -> None:
    """To every guest: the new day, hour or place of an evening."""
    to_guest(guest, "evening_moved", str(guest.evening.sequence), now=now)


def evening_cancelled(guest: Guest, *, now: datetime) -> None:
    """To every guest: the evening does not take place. No link to the seat: there is nothing to give back any more."""
    to_guest(guest, "evening_cancelled", str(guest.evening.sequence), now=now)


def evening_tomorrow(guest: Guest) -> tuple[str, dict]:
    """Composed when the reminder leaves."""
    return "generazioni/evening_tomorrow", evening_context(guest)


def to_guest(guest: Guest, template: str, occasion: str, *, now: datetime) -> None:
    """Nothing leaves without an address: those who gave only a number are called."""
    if not guest.email:
        return
    queue_mail(
        f"generazioni/{template}",
        evening_context(guest),
        to=guest.email,
        name=guest.name,
        dedupe_key=f"generazioni.{template}:{guest.pk}:{occasion}",
        now=now,
        about=guest.evening,
    )


def evening_context(guest: Guest) -> dict:
    evening = guest.evening
    return {
        "name": guest.name,
        "evening": evening,
        "guest": guest,
        "place_url": "" if evening.is_cancelled else place_url(guest),
        "agenda_url": settings.SITE_URL + reverse("generazioni:evenings"),
        "calendar_url": settings.SITE_URL + reverse("generazioni:evening_calendar", args=[evening.pk]),
    }


def place_url(guest: Guest) -> str:
    """A fresh link, good until the evening ends."""
    token = issue_link(LinkPurpose.EVENING, guest, expires_at=guest.evening.ends_at)
    return settings.SITE_URL + reverse("generazioni:evening_place", args=[token])


# The contest ----------------------------------------------------------------------------------------
def idea_received(idea: Idea, *, now: datetime) -> None:
    """To the author, the receipt: the number, the instant, what happens next and when."""
    to_author(idea, "idea_received", {"sent_at": now}, now=now)


def idea_outcome(idea: Idea, *, now: datetime) -> None:
    """To the author: what the jury or the office decided, in its own words."""
    context = {"outcome": idea.state, "message": idea.decision.message, "contest_link": page("contest")}
    to_author(idea, "idea_outcome", context, now=now)


def mentor_introduced(mentoring: Mentoring, *, now: datetime) -> None:
    """To the author: who will accompany the idea."""
    to_author(mentoring.idea, "mentor_introduced", {"mentor_name": str(mentoring.mentor)}, now=now)


def to_author(idea: Idea, template: str, context: dict, *, now: datetime) -> None:
    author = idea.author
    base = {
        "first_name": author.get_short_name(),
        "title": idea.title,
        "reference": idea.reference,
        "edition": idea.edition,
        "link": settings.SITE_URL + idea.get_absolute_url(),
    }
    queue_mail(
        f"generazioni/{template}",
        base | context,
        to=author.email,
        name=str(author),
        dedupe_key=f"generazioni.{template}:{idea.pk}:{now.isoformat()}",
        now=now,
        about=idea,
    )


def need_published(need: Need, *, now: datetime) -> None:
    """To the firm: its need is on the page of the contest."""
    to_firm(need, "need_published", {"link": page("contest")}, now=now)


def need_returned(need: Need, reason: str, *, now: datetime) -> None:
    """To the firm: what is to be changed before its need can be published."""
    to_firm(need, "need_returned", {"link": settings.SITE_URL + need.get_absolute_url(), "reason": reason}, now=now)


def to_firm(need: Need, template: str, context: dict, *, now: datetime) -> None:
    """Everybody of the organisation who has an account."""
    for contact in need.organisation.contacts.exclude(email="").exclude(user=None):
        queue_mail(
            f"generazioni/{template}",
            {"first_name": contact.first_name, "title": need.title} | context,
            to=contact.email,
            name=contact.full_name,
            dedupe_key=f"generazioni.{template}:{need.pk}:{contact.pk}:{now.isoformat()}",
            now=now,
            about=need,
        )


def juror_seated(juror: Juror, *, now: datetime) -> None:
    """To a juror: they are in the jury of an edition, and where to read the ideas."""
    queue_mail(
        "generazioni/juror_seated",
        {"first_name": juror.user.get_short_name(), "edition": juror.edition, "link": page("jury")},
        to=juror.user.email,
        name=str(juror.user),
        dedupe_key=f"generazioni.juror_seated:{juror.pk}",
        now=now,
        about=juror.edition,
    )


def jury_waits(juror: Juror, unread: int) -> tuple[str, dict]:
    """Composed when the reminder leaves."""
    return "generazioni/jury_waits", {
        "first_name": juror.user.get_short_name(),
        "edition": juror.edition,
        "unread": unread,
        "link": page("jury"),
    }


def draft_waits(idea: Idea) -> tuple[str, dict]:
    """Composed when the reminder leaves."""
    return "generazioni/draft_waits", {
        "first_name": idea.author.get_short_name(),
        "title": idea.title,
        "edition": idea.edition,
        "link": settings.SITE_URL + idea.get_absolute_url(),
    }


def mentor_assigned(mentoring: Mentoring, *, now: datetime) -> None:
    """To a mentor: the idea they are to accompany, and where it is."""
    queue_mail(
        "generazioni/mentor_assigned",
        {
            "first_name": mentoring.mentor.get_short_name(),
            "title": mentoring.idea.title,
            "link": settings.SITE_URL + mentoring.get_absolute_url(),
        },
        to=mentoring.mentor.email,
        name=str(mentoring.mentor),
        dedupe_key=f"generazioni.mentor_assigned:{mentoring.pk}",
        now=now,
        about=mentoring.idea,
    )


def page(name: str) -> str:
    return settings.SITE_URL + reverse(f"generazioni:{name}")
