"""All that groups and traineeships can say. To a person without an e-mail address the office tells it by voice."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beneficiaries.domain.notices import tell
from beneficiaries.models import Person
from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.reminders.engine import queue_mail
from oltreiperimetri.reminders.kinds import Recipient
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.templatetags.ui import day as day_in_words

from .models import Membership, Proposal, Session, Traineeship

ONE_DAY = timedelta(days=1)


def page(name: str, **kwargs) -> str:
    return settings.SITE_URL + reverse(name, kwargs=kwargs)


def seat_link(membership: Membership) -> str:
    token = issue_link(LinkPurpose.SEAT_OFFER, membership, expires_at=at_rome(membership.offer_until + ONE_DAY))
    return page("orafo:answer_seat", token=token)


def proposal_link(proposal: Proposal) -> str:
    token = issue_link(LinkPurpose.PROPOSAL, proposal, expires_at=at_rome(proposal.answer_by + ONE_DAY))
    return page("orafo:answer_proposal", token=token)


def firm_recipients(organisation) -> list[Recipient]:
    """Those who sign in for the firm; without any, the firm's own address, certified if it has no other."""
    contacts = organisation.contacts.exclude(user=None).exclude(email="").select_related("user")
    found = [Recipient(email=contact.email, name=contact.full_name, user=contact.user) for contact in contacts]
    own = Recipient(email=organisation.email, name=organisation.name, certified_email=organisation.certified_email)
    return found or [own]


def to_person(person: Person, template: str, context: dict, *, key: str, now: datetime, about, by, subject, body) -> None:
    """A mail with its own link; without an address `subject` and `body` are told by voice."""
    if person.email:
        queue_mail(
            template,
            {"name": person.first_name, **context},
            to=person.email,
            name=person.full_name,
            dedupe_key=key,
            now=now,
            person_key=person.audit_key,
            about=about,
        )
    else:
        tell(person, subject, body, by=by, now=now)


def seat_offered(membership: Membership, *, by, now: datetime) -> None:
    """To the person: a seat in a group, what it is, and by when to say yes or no."""
    cohort = membership.cohort
    words = {"group": cohort.name, "day": day_in_words(membership.offer_until), "phone": settings.PHONE}
    to_person(
        membership.person,
        "orafo/seat_offer",
        seat_offer_context(membership),
        key=f"seat-offer-{membership.pk}-{membership.offer_until}",
        now=now,
        about=membership,
        by=by,
        subject=_("There is a seat for you"),
        body=_("A seat is free for you in the group “%(group)s”. We keep it until %(day)s: call us at %(phone)s.") % words,
    )


def seat_offer_context(membership: Membership) -> dict:
    return {"membership": membership, "cohort": membership.cohort, "link": seat_link(membership)}


def seat_given(membership: Membership, *, by, now: datetime) -> None:
    """To the person: the number of the seat, when and where the group begins."""
    cohort = membership.cohort
    words = {
        "seat": membership.seat,
        "group": cohort.name,
        "first": day_in_words(cohort.starts_on),
        "last": day_in_words(cohort.ends_on),
        "place": cohort.place,
    }
    if cohort.starts_on > timezone.localdate(now):
        when = _("We begin on %(first)s. Where: %(place)s. The day before each meeting we write to you.") % words
    else:
        when = _("The group meets until %(last)s. Where: %(place)s. The day before each meeting we write to you.") % words
    subject = _("Your seat in the group “%(group)s”") % words
    body = _("You have seat number %(seat)s in the group “%(group)s”.") % words
    tell(membership.person, subject, f"{body}\n\n{when}", by=by, now=now)


def session_words(session: Session) -> dict:
    return {
        "what": session.get_kind_display(),
        "day": day_in_words(session.day),
        "start": session.start_time.strftime("%H:%M"),
        "end": session.end_time.strftime("%H:%M"),
        "place": session.place,
    }


def session_invitation(session: Session, members: Iterable[Membership], *, by, now: datetime) -> None:
    """To everybody in the group: a meeting, when and where."""
    words = session_words(session)
    for member in members:
        tell(
            member.person,
            _("Meeting on %(day)s") % words,
            _("%(what)s: %(day)s, from %(start)s to %(end)s.\n\nWe meet at %(place)s.") % words,
            by=by,
            now=now,
        )


def session_moved(session: Session, members: Iterable[Membership], *, by, now: datetime) -> None:
    """To everybody in the group: the new day, hour and place of a meeting."""
    words = session_words(session)
    for member in members:
        tell(
            member.person,
            _("The meeting has moved: now it is on %(day)s") % words,
            _("%(what)s is now on %(day)s, from %(start)s to %(end)s.\n\nWe meet at %(place)s.") % words,
            by=by,
            now=now,
        )


def session_cancelled(session: Session, members: Iterable[Membership], *, by, now: datetime) -> None:
    """To everybody in the group: a meeting that does not take place."""
    words = session_words(session)
    for member in members:
        tell(
            member.person,
            _("The meeting of %(day)s will not take place") % words,
            _("%(what)s of %(day)s is cancelled. The other meetings stay as they are.") % words,
            by=by,
            now=now,
        )


def proposal_to_person(proposal: Proposal, *, by, now: datetime) -> None:
    """To the person: a traineeship to look at, and by when to say yes or no."""
    slot = proposal.slot
    words = {
        "title": slot.title,
        "firm": slot.organisation.name,
        "day": day_in_words(proposal.answer_by),
        "phone": settings.PHONE,
    }
    to_person(
        proposal.person,
        "orafo/proposal_person",
        proposal_context(proposal),
        key=f"proposal-person-{proposal.pk}",
        now=now,
        about=proposal,
        by=by,
        subject=_("A traineeship for you to look at"),
        body=_("%(title)s at %(firm)s. You decide: tell us by %(day)s at %(phone)s.") % words,
    )


def proposal_context(proposal: Proposal) -> dict:
    return {
        "proposal": proposal,
        "slot": proposal.slot,
        "site": proposal.slot.site,
        "organisation": proposal.slot.organisation,
        "link": proposal_link(proposal),
    }


def proposal_to_firm(proposal: Proposal, *, by, now: datetime) -> None:
    """To the firm: somebody who would like to come, and by when to say yes or no."""
    for recipient in firm_recipients(proposal.slot.organisation):
        queue_mail(
            "orafo/proposal_firm",
            {"name": recipient.name, "person": proposal.person.full_name, **proposal_context(proposal)},
            to=recipient.email,
            name=recipient.name,
            dedupe_key=f"proposal-firm-{proposal.pk}-{recipient.email}",
            now=now,
            about=proposal,
        )


def firm_said_yes(proposal: Proposal, *, by, now: datetime) -> None:
    """To the person: the firm wants them, and what happens next."""
    tell(
        proposal.person,
        _("%(firm)s says yes") % {"firm": proposal.slot.organisation.name},
        _("%(firm)s would like to have you. Now we prepare the papers with you: we call you in the next days.")
        % {"firm": proposal.slot.organisation.name},
        by=by,
        now=now,
    )


def proposal_ended(proposal: Proposal, *, by, now: datetime) -> None:
    """To the person: it did not work out with the firm; told by us, without the reason."""
    tell(
        proposal.person,
        _("This time it did not work out"),
        _("The traineeship at %(firm)s will not take place. Your path goes on: we look for another one together.")
        % {"firm": proposal.slot.organisation.name},
        by=by,
        now=now,
    )


def traineeship_agreed(traineeship: Traineeship, *, by, now: datetime) -> None:
    """To the person and to the firm: all have agreed; first day, hours, place and tutor."""
    words = {
        "firm": traineeship.organisation.name,
        "first": day_in_words(traineeship.starts_on),
        "last": day_in_words(traineeship.ends_on),
        "tutor": traineeship.host_tutor.full_name,
        "hours": traineeship.weekly_hours,
        "place": traineeship.site.address or traineeship.site.name,
    }
    tell(
        traineeship.person,
        _("Your traineeship at %(firm)s") % words,
        _(
            "All have agreed. You begin on %(first)s and end on %(last)s, %(hours)s hours a week.\n\n"
            "Where: %(place)s. Your tutor there is %(tutor)s."
        )
        % words,
        by=by,
        now=now,
    )
    for recipient in firm_recipients(traineeship.organisation):
        queue_mail(
            "orafo/traineeship_agreed",
            {
                "name": recipient.name,
                "person": traineeship.person.full_name,
                "traineeship": traineeship,
                "link": page("portal:partner_area"),
            },
            to=recipient.email,
            name=recipient.name,
            dedupe_key=f"traineeship-agreed-{traineeship.pk}-{recipient.email}",
            now=now,
            about=traineeship,
        )
