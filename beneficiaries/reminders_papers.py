"""What is said about papers: that one was promised for a day, and that one is about to lose its validity."""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Line, Recipient, Wanted
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Tab

from .domain.staff import staff_recipients
from .models import Application, Person, PersonDocument

MORNING = 9
ENDS, AWAITED = "beneficiaries.paper_ends", "beneficiaries.paper_awaited"
DAYS_BEFORE_END = 15
DAYS_BEFORE_PROMISE = 2
CALL_WITHIN_DAYS = 30
State = PersonDocument.State


def recipients(paper: PersonDocument, reminder) -> list[Recipient]:
    return staff_recipients(paper.person)


def documents_page(paper: PersonDocument) -> str:
    return f"{settings.SITE_URL}{paper.person.tab_url(Tab.DOCUMENTS)}"


# A validity that ends: to whoever follows the person, 15 days before ------------------------------
def ends_wanted(paper: PersonDocument) -> list[Wanted]:
    if paper.state not in (State.SEEN, State.VERIFIED) or paper.expires_on is None:
        return []
    due_at = at_rome(paper.expires_on - timedelta(days=DAYS_BEFORE_END), MORNING)
    return [Wanted(ENDS, Audience.CASEWORKER, 0, due_at, not_after=at_rome(paper.expires_on + timedelta(days=1)))]


def ends_needed(paper: PersonDocument, reminder, *, today: date) -> str:
    if paper.state not in (State.SEEN, State.VERIFIED):
        return _("The paper was set aside.")
    if paper.has_expired_on(today):
        return _("The paper has already expired.")
    if not is_followed(paper.person):
        return _("The person has no path under way.")
    if has_better(paper):
        return _("There is a newer paper of this kind.")
    return ""


def is_followed(person: Person) -> bool:
    ended = [Application.State.NOT_ADMITTED, Application.State.WITHDRAWN]
    return person.applications.exclude(state__in=ended).exists()


def has_better(paper: PersonDocument) -> bool:
    """Another checked paper of the kind that counts longer."""
    others = paper.person.documents.filter(kind=paper.kind, state__in=[State.SEEN, State.VERIFIED]).exclude(pk=paper.pk)
    return any(other.expires_on is None or other.expires_on > paper.expires_on for other in others)


def ends_line(paper: PersonDocument, reminder) -> Line:
    text = _("A paper stops counting on %(day)s: %(paper)s.")
    return Line(text % {"day": paper.expires_on.strftime("%d/%m/%Y"), "paper": paper}, documents_page(paper))


# A paper promised: to the person two days before, to the office when the day is past --------------
def awaited_wanted(paper: PersonDocument) -> list[Wanted]:
    if not paper.is_awaited:
        return []
    after = paper.awaited_on + timedelta(days=1)
    return [
        Wanted(
            AWAITED,
            Audience.PERSON,
            0,
            at_rome(paper.awaited_on - timedelta(days=DAYS_BEFORE_PROMISE), MORNING),
            not_after=at_rome(after),
        ),
        Wanted(
            AWAITED, Audience.CASEWORKER, 1, at_rome(after, MORNING), not_after=at_rome(after + timedelta(CALL_WITHIN_DAYS))
        ),
    ]


def awaited_needed(paper: PersonDocument, reminder, *, today: date) -> str:
    return "" if paper.is_awaited else _("The paper has come, or is not needed any more.")


def awaited_recipients(paper: PersonDocument, reminder) -> list[Recipient]:
    if reminder.audience == Audience.CASEWORKER:
        return recipients(paper, reminder)
    person = paper.person
    key, phone = person.audit_key, person.phone
    return [Recipient(person.email, person.full_name, user=person.user, person_key=key, phone=phone)]


def awaited_compose(paper: PersonDocument, reminder, recipient) -> tuple[str, dict]:
    return "beneficiaries/paper_awaited", {
        "name": paper.person.first_name,
        "paper": paper.description if paper.kind == PersonDocument.Kind.OTHER else paper.get_kind_display(),
        "day": paper.awaited_on,
        "link": f"{settings.SITE_URL}{reverse('beneficiaries:my_document_new')}?carta={paper.pk}",
    }


def awaited_line(paper: PersonDocument, reminder) -> Line:
    text = _("A paper promised for %(day)s has not come: %(paper)s.")
    return Line(text % {"day": paper.awaited_on.strftime("%d/%m/%Y"), "paper": paper}, documents_page(paper))


def of_person(paper: PersonDocument) -> str:
    return paper.person.full_name


def register() -> None:
    kinds.register(
        Kind(
            code=ENDS,
            subject="beneficiaries.persondocument",
            label=gettext_lazy("Paper about to expire"),
            wanted=ends_wanted,
            still_needed=ends_needed,
            recipients=recipients,
            line=ends_line,
            title=of_person,
            live_subjects=PersonDocument.objects.with_an_end,
            to_whom=gettext_lazy("To whoever follows the person, in the daily digest."),
            when=gettext_lazy("15 days before the last day on which a checked paper counts."),
            why=gettext_lazy("A requirement that rests on this paper has to be looked at again."),
            stop=gettext_lazy("When a newer paper of the kind is checked, or this one is set aside."),
        )
    )
    kinds.register(
        Kind(
            code=AWAITED,
            subject="beneficiaries.persondocument",
            label=gettext_lazy("Paper promised for a day"),
            wanted=awaited_wanted,
            still_needed=awaited_needed,
            recipients=awaited_recipients,
            compose=awaited_compose,
            line=awaited_line,
            title=of_person,
            town=lambda paper: paper.person.municipality_id,
            live_subjects=PersonDocument.objects.awaited,
            to_whom=gettext_lazy("To the person who promised a paper; then to whoever follows them, in the daily digest."),
            when=gettext_lazy("2 days before the day that the person chose; to the office the day after it."),
            why=gettext_lazy("Nothing is blocked by a missing paper, and nobody forgets it."),
            stop=gettext_lazy("When the paper is sent, seen, or set aside."),
            templates=("beneficiaries/paper_awaited",),
        )
    )
