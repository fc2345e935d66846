"""What this app reminds people, firms and staff of."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.domain.staff import staff_recipients
from beneficiaries.emails_appointments import person_recipient
from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Line, Recipient, Wanted
from oltreiperimetri.shared.dates import at_rome

from . import emails
from .domain.session import members_on
from .enums import ReadyItem
from .models import Membership, Proposal, Session, Traineeship

MORNING = 9


# A meeting: to everybody in the group, the day before ---------------------------------------------
def session_wanted(session: Session) -> list[Wanted]:
    if session.state != Session.State.PLANNED:
        return []
    eve = at_rome(session.day - timedelta(days=1), MORNING)
    return [Wanted("orafo.session_tomorrow", Audience.PERSON, 0, eve, not_after=session.starts_at)]


def session_needed(session: Session, reminder, *, today) -> str:
    return "" if session.state == Session.State.PLANNED else _("The meeting is no longer planned.")


def session_recipients(session: Session, reminder) -> list[Recipient]:
    return [person_recipient(member.person) for member in members_on(session).select_related("person__user")]


def session_compose(session: Session, reminder, recipient) -> tuple[str, dict]:
    return "orafo/session_tomorrow", {"session": session, "name": recipient.name}


# A seat offered: to the person, on the last day but one -------------------------------------------
def offer_wanted(membership: Membership) -> list[Wanted]:
    if membership.state != Membership.State.OFFERED:
        return []
    eve = at_rome(membership.offer_until - timedelta(days=1), MORNING)
    last = at_rome(membership.offer_until + timedelta(days=1))
    return [Wanted("orafo.seat_offer", Audience.PERSON, 0, eve, not_after=last)]


def offer_needed(membership: Membership, reminder, *, today) -> str:
    if membership.state != Membership.State.OFFERED or membership.has_lapsed_on(today):
        return _("The offer is no longer open.")
    return ""


def offer_compose(membership: Membership, reminder, recipient) -> tuple[str, dict]:
    context = emails.seat_offer_context(membership)
    return "orafo/seat_offer", {"name": membership.person.first_name, "is_reminder": True, **context}


# A proposal without an answer: to whoever has it, three days and one day before the last -----------
ASKED = {Proposal.State.SHOWN_TO_PERSON: Audience.PERSON, Proposal.State.SENT_TO_FIRM: Audience.FIRM}


def proposal_wanted(proposal: Proposal) -> list[Wanted]:
    if proposal.state not in ASKED:
        return []
    last = at_rome(proposal.answer_by + timedelta(days=1))
    return [
        Wanted(
            "orafo.proposal",
            ASKED[proposal.state],
            wave,
            at_rome(proposal.answer_by - timedelta(days=days), MORNING),
            not_after=last,
        )
        for wave, days in enumerate((3, 1))
    ]


def proposal_needed(proposal: Proposal, reminder, *, today) -> str:
    if ASKED.get(proposal.state) != reminder.audience or proposal.has_lapsed_on(today):
        return _("The answer is no longer awaited.")
    return ""


def proposal_recipients(proposal: Proposal, reminder) -> list[Recipient]:
    if reminder.audience == Audience.PERSON:
        return [person_recipient(proposal.person)]
    return emails.firm_recipients(proposal.slot.organisation)


def proposal_compose(proposal: Proposal, reminder, recipient) -> tuple[str, dict]:
    context = {"is_reminder": True, "name": recipient.name, **emails.proposal_context(proposal)}
    if reminder.audience == Audience.PERSON:
        return "orafo/proposal_person", context
    return "orafo/proposal_firm", {**context, "person": proposal.person.full_name}


# A traineeship: papers before the start, closing after the end -------------------------------------
def traineeship_wanted(traineeship: Traineeship) -> list[Wanted]:
    wanted = []
    if traineeship.state in (Traineeship.State.DRAFT, Traineeship.State.AGREED):
        first = at_rome(traineeship.starts_on + timedelta(days=1))
        wanted += [
            Wanted(
                "orafo.traineeship_papers",
                Audience.CASEWORKER,
                wave,
                at_rome(traineeship.starts_on - timedelta(days=days), MORNING),
                not_after=first,
            )
            for wave, days in enumerate((7, 2))
        ]
    if traineeship.state == Traineeship.State.AGREED:
        after = at_rome(traineeship.effective_end + timedelta(days=3), MORNING)
        wanted.append(Wanted("orafo.traineeship_to_close", Audience.CASEWORKER, 0, after))
    return wanted


def papers_needed(traineeship: Traineeship, reminder, *, today) -> str:
    if traineeship.state not in (Traineeship.State.DRAFT, Traineeship.State.AGREED):
        return _("The traineeship no longer starts.")
    return "" if missing_items(traineeship) else _("Everything is in order.")


def closing_needed(traineeship: Traineeship, reminder, *, today) -> str:
    return "" if traineeship.is_over_on(today) else _("The traineeship is already closed.")


def traineeship_staff(traineeship: Traineeship, reminder) -> list[Recipient]:
    return staff_recipients(traineeship.person)


def missing_items(traineeship: Traineeship) -> list[str]:
    done = set(traineeship.ticks.values_list("item", flat=True))
    return [str(item.label) for item in ReadyItem if item not in done]


def papers_line(traineeship: Traineeship, reminder) -> Line:
    day = date_format(traineeship.starts_on, "l j F Y")
    missing = ", ".join(missing_items(traineeship))
    return Line(
        _("A traineeship starts on %(day)s and still lacks: %(items)s.") % {"day": day, "items": missing},
        emails.page("orafo:traineeship", pk=traineeship.pk),
    )


def closing_line(traineeship: Traineeship, reminder) -> Line:
    day = date_format(traineeship.effective_end, "l j F Y")
    return Line(
        _("A traineeship ended on %(day)s: say how it ended.") % {"day": day},
        emails.page("orafo:traineeship", pk=traineeship.pk),
    )


def of_kind(code: str, wanted):
    """Only the steps of one kind: the engine asks each kind for its own."""
    return lambda subject: [step for step in wanted(subject) if step.kind == code]


def register() -> None:
    kinds.register(
        Kind(
            code="orafo.session_tomorrow",
            subject="orafo.session",
            label=gettext_lazy("Meeting of the group tomorrow"),
            wanted=session_wanted,
            still_needed=session_needed,
            recipients=session_recipients,
            compose=session_compose,
            town=lambda session: session.cohort.municipality_id,
            is_appointment=True,
            live_subjects=Session.objects.planned,
            to_whom=gettext_lazy("To everybody who is in the group on that day."),
            when=gettext_lazy("On the morning of the day before."),
            why=gettext_lazy("So that nobody misses a meeting by forgetting it."),
            stop=gettext_lazy("When the meeting is cancelled or moved, or the person leaves the group."),
            templates=("orafo/session_tomorrow",),
        )
    )
    kinds.register(
        Kind(
            code="orafo.seat_offer",
            subject="orafo.membership",
            label=gettext_lazy("Seat offered, answer awaited"),
            wanted=offer_wanted,
            still_needed=offer_needed,
            recipients=lambda membership, reminder: [person_recipient(membership.person)],
            compose=offer_compose,
            town=lambda membership: membership.person.municipality_id,
            live_subjects=Membership.objects.offered,
            to_whom=gettext_lazy("To the person to whom a seat in a group was offered."),
            when=gettext_lazy("On the morning of the last day but one for the answer."),
            why=gettext_lazy("An offer that lapses goes to the next person: nobody should lose it by not having seen it."),
            stop=gettext_lazy("By a yes or a no, with the link in the message, online or by telephone."),
            templates=("orafo/seat_offer",),
        )
    )
    kinds.register(
        Kind(
            code="orafo.proposal",
            subject="orafo.proposal",
            label=gettext_lazy("Proposal, answer awaited"),
            wanted=proposal_wanted,
            still_needed=proposal_needed,
            recipients=proposal_recipients,
            compose=proposal_compose,
            town=lambda proposal: proposal.person.municipality_id,
            live_subjects=Proposal.objects.open,
            to_whom=gettext_lazy("To the person while the person has to answer, then to the firm while the firm has to."),
            when=gettext_lazy("3 days and 1 day before the last day for the answer, in the morning."),
            why=gettext_lazy("A proposal without an answer lapses, and somebody may lose a traineeship."),
            stop=gettext_lazy("By a yes or a no, with the link in the message, online or by telephone."),
            templates=("orafo/proposal_person", "orafo/proposal_firm"),
            to_organisations=True,
        )
    )
    kinds.register(
        Kind(
            code="orafo.traineeship_papers",
            subject="orafo.traineeship",
            label=gettext_lazy("Papers before a traineeship"),
            wanted=of_kind("orafo.traineeship_papers", traineeship_wanted),
            still_needed=papers_needed,
            recipients=traineeship_staff,
            line=papers_line,
            live_subjects=Traineeship.objects.not_closed,
            to_whom=gettext_lazy("To whoever follows the person, in the daily digest."),
            when=gettext_lazy("7 and 2 days before the traineeship starts."),
            why=gettext_lazy("Without its papers a traineeship may not start."),
            stop=gettext_lazy("When everything on the list is ticked, or the traineeship does not start."),
        )
    )
    kinds.register(
        Kind(
            code="orafo.traineeship_to_close",
            subject="orafo.traineeship",
            label=gettext_lazy("Traineeship to close"),
            wanted=of_kind("orafo.traineeship_to_close", traineeship_wanted),
            still_needed=closing_needed,
            recipients=traineeship_staff,
            line=closing_line,
            live_subjects=Traineeship.objects.not_closed,
            to_whom=gettext_lazy("To whoever follows the person, in the daily digest."),
            when=gettext_lazy("3 days after the last day of the traineeship."),
            why=gettext_lazy("Follow-up begins, and the place is free again, when it is said how it ended."),
            stop=gettext_lazy("When the traineeship is closed."),
        )
    )
