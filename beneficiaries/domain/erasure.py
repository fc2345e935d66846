"""Erasing a person: everything that says who somebody is goes, numbers stay. Only disposal.py calls it.

The row of the person stays, empty, with the town: statistics count it. The key by which the record of acts knew them goes,
so that the record stays whole and leads to nobody. Apps above answer `person_erased` and `asked_what_is_under_way`.
"""

from collections import Counter
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.dispatch import Signal
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.erasure import forget_account, forget_name_in_admin
from oltreiperimetri.audit.trail import forget_words
from oltreiperimetri.documents import files
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.followups.domain.erasure import forget_plans
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.reminders.erasure import forget_mail, forget_mail_about
from oltreiperimetri.shared.errors import DomainError

from ..models import (
    Application,
    Appointment,
    CaseFile,
    ContactEntry,
    DataRequest,
    Disposal,
    MoneyPath,
    MoneySession,
    Person,
    ServiceReferral,
)
from .merge import keys_of
from .queries import OPEN_STATES

# Receivers take (person, by, now) and return a Counter of rows; they run before the person is blank.
person_erased = Signal()
# Receivers take (person, today) and return sentences: what must be closed before anybody is erased.
asked_what_is_under_way = Signal()

NAMELESS = Concat(Value("erased-"), Cast(F("pk"), models.CharField()))
# What statistics go on counting, and what in it is blanked. Everything else that points at a person is deleted.
KEPT = {
    Application: {
        "number": NAMELESS,
        "protocol_number": "",
        "protocol_on": None,
        "last_job_ended_on": None,
        "did_on": None,
        "working_now": None,
        "known_to_services": None,
        "loss_reason": "",
        "notice_version": "",
        "notice_at": None,
        "owner": None,
        "filled_by": None,
    },
    CaseFile: {"opened_by": None},
    ContactEntry: {"person": None},
    DataRequest: {"person": None, "text": "", "answer": "", "extension_reason": ""},
    Disposal: {"person": None},
    MoneyPath: {"goals": "", "educator": None},
    MoneySession: {"note": ""},
    Appointment: {"host": None, "invited_by": None},
    ServiceReferral: {"reason": "", "answer": ""},
}
BLANK = {
    "first_name": "",
    "last_name": "",
    "birth_date": None,
    "sex": "",
    "tax_code": "",
    "tax_code_index": None,
    "email": "",
    "phone": "",
    "other_town": "",
    "address": "",
    "user": None,
    "audit_key": None,
    "contact_by": "",
    "preferred_language": "",
    "household_told_on": None,
    "has_licence": None,
    "has_car": None,
}


def under_way(person: Person, *, today) -> list[str]:
    """What must be closed first: sentences for who would erase."""
    found = []
    if person.applications.filter(state__in=OPEN_STATES).exists():
        found.append(_("An application is under way: decide it, or withdraw it."))
    if person.appointments.open().exists():
        found.append(_("An appointment is planned: cancel it, or say how it went."))
    if person.cases.open().exists():
        found.append(_("The case is open: close it."))
    if person.money_paths.open().exists():
        found.append(_("A path of the household economy is under way: end it."))
    for _receiver, sentences in asked_what_is_under_way.send(Person, person=person, today=today):
        found += sentences
    return found


@transaction.atomic
def erase(person: Person, *, by, now: datetime, today) -> Counter:
    """Erase a person; returns how many rows of each table were deleted or blanked. Raises DomainError while work is open."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    waiting = under_way(person, today=today)
    if waiting:
        raise DomainError(" ".join(waiting), code="under_way")
    user = person.user
    done = Counter()
    for _receiver, counted in person_erased.send(Person, person=person, by=by, now=now):
        done += counted
    done += forget_plans(FollowUpPlan.objects.filter(money_path__person=person), by=by, now=now)
    keys = keys_of(person)
    for key in keys:
        done += forget_mail(key, [person.email, person.phone, user.email if user else ""])
    done += forget_rows(person)
    for stored in StoredFile.objects.filter(audit_subject__in=keys):
        files.destroy(stored)
        done[StoredFile._meta.label_lower] += 1
    forget_name_in_admin(person)
    if user is not None:
        done += forget_account(user, now=now)
    done[Person._meta.label_lower] += Person.objects.filter(pk=person.pk).update(**BLANK)
    return done


def forget_rows(person: Person) -> Counter:
    """Every row of this app that points at the person or at what the person has: kept and blanked, or deleted."""
    done = Counter()
    for rows in reached_from(Person.objects.filter(pk=person.pk), seen={Person}):
        forget_words(rows)
        done += forget_mail_about(rows)
        if rows.model not in KEPT:
            for name in file_fields(rows.model):
                stored = StoredFile.objects.filter(pk__in=list(rows.values_list(name, flat=True)))
                rows.delete()
                for one in stored:
                    files.destroy(one)
            done += Counter(rows.delete()[1])
    for rows in reached_from(Person.objects.filter(pk=person.pk), seen={Person}):
        if rows.model in KEPT:
            done[rows.model._meta.label_lower] += rows.update(**KEPT[rows.model])
    return done


def file_fields(model) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.related_model is StoredFile]


def reached_from(rows: QuerySet, *, seen: set) -> list[QuerySet]:
    """The rows of this app that point at `rows`, and at what is kept of them; those farthest away first."""
    found = []
    for relation in rows.model._meta.related_objects:
        model = relation.related_model
        if model._meta.app_label != Person._meta.app_label or model in seen:
            continue
        pointing = model._base_manager.filter(**{f"{relation.field.name}__in": list(rows.values_list("pk", flat=True))})
        if model in KEPT:
            found += reached_from(pointing, seen=seen | {model})
        found.append(pointing)
    return found
