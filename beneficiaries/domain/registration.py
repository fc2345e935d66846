"""How somebody enters the programme: one verb from the answers to an application that waits for a caseworker."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..models import Application, Person
from .account import account_for, claim_token, owns
from .answers import Answers
from .declaration import declare
from .intake import enter_told, last_job_of
from .numbering import next_number
from .queries import OPEN_STATES
from .rules import orafo_rules
from .screening import screen
from .search import index_person
from .twins import find_twins

ANSWER_DAYS = 15
OF_PERSON = (
    "first_name",
    "last_name",
    "birth_date",
    "sex",
    "tax_code",
    "municipality",
    "other_town",
    "address",
    "email",
    "phone",
    "contact_by",
    "preferred_language",
    "has_licence",
    "has_car",
)


@transaction.atomic
def register(answers: Answers, *, channel: str, by, now: datetime) -> Application:
    """Write down the person and their application, screen it, make the account, and give it 15 days to be answered.

    `by` is who fills it in: a caseworker, the signed-in person, or None (online, without an account). No mail leaves:
    that is `send_receipt`. Raises DomainError "already_open" when the signed-in person has one under way.
    """
    today = timezone.localtime(now).date()
    person = enter_person(answers, by=by, now=now)
    application = Application.objects.create(
        person=person,
        number=next_number(now),
        received_at=now,
        channel=channel,
        filled_by=None if owns(by, person.email) else by,
        working_now=answers.working_now,
        last_job_ended_on=last_job_of(answers, today=today) or answers.last_job_ended_on,
        did_on=answers.did_on,
        loss_reason=answers.loss_reason,
        known_to_services=answers.known_to_services,
        notice_version=answers.notice_version,
        notice_at=now if answers.notice_version else None,
        ball=Application.BALLS[Application.State.RECEIVED],
        due_on=today + timedelta(days=ANSWER_DAYS),
    )
    enter_told(person, answers, today=today)
    declare(application, answers, rules=orafo_rules(today), now=now)
    record("register", application, by=by, on_behalf_of=person, changes={"channel": str(channel)}, at=now)
    screen(application, by=by, now=now)
    return application


def enter_person(answers: Answers, *, by, now: datetime) -> Person:
    """The person of these answers: new, unless a signed-in person registers again for themselves."""
    person = own_person(answers, by) or Person()
    write_answers(person, answers)
    save_with_index(person)
    index_person(person)
    find_twins(person)
    if person.user_id is None:
        person.user = account_for(person, by=by, now=now)
        person.save(update_fields=["user", "updated_at"])
    return person


def write_answers(person: Person, answers: Answers) -> None:
    """Put on the person what was told; of somebody already here, what was not said this time stays as it was."""
    told = {name: getattr(answers, name) for name in OF_PERSON}
    moved = bool(answers.municipality or answers.other_town)
    for name, value in told.items():
        is_home = name in ("municipality", "other_town")
        if person.pk is None or (moved if is_home else value not in (None, "")):
            setattr(person, name, value)


def own_person(answers: Answers, by) -> Person | None:
    if not owns(by, answers.email):
        return None
    person = Person.objects.select_for_update(of=("self",)).filter(user=by).first()
    if person and Application.objects.filter(person=person, state__in=OPEN_STATES).exists():
        raise DomainError(_("You already have an application under way: you find it on your page."), code="already_open")
    return person


def save_with_index(person: Person) -> None:
    """Save, with the index of the tax code unless another person has it: staff then see that they may be the same."""
    person.tax_code_index = blind_index(person.tax_code, purpose="tax_code") if person.tax_code else None
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        if person.tax_code_index is None:
            raise
        person.tax_code_index = None
        person.save()


@transaction.atomic
def send_receipt(application: Application, *, now: datetime) -> None:
    """The receipt by e-mail, at once, when there is an address. For an address with an account of its own it brings
    the link by which its owner joins the application to that account.
    """
    if application.person.email:
        emails.receipt(application, token=claim_token(application, now=now), now=now)


@transaction.atomic
def register_assisted(answers: Answers, *, channel: str, by, now: datetime) -> Application:
    """Staff register somebody at the desk or from paper; the person gets the same receipt."""
    application = register(answers, channel=channel, by=by, now=now)
    send_receipt(application, now=now)
    return application
