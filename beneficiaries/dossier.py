"""A person's applications, notes, messages and papers, read once for all parts of a page, however often asked."""

from django.db.models import Prefetch, prefetch_related_objects

from .domain import queries
from .models import Application, Appointment, Note, Notice, Person, PersonDocument


def applications_of(person: Person) -> list[Application]:
    """Newest first, with owner and the outcome of the latest screening."""
    rows = queries.with_outcome(Application.objects.select_related("owner"))
    prefetch_related_objects([person], Prefetch("applications", rows.order_by("-received_at", "-pk")))
    return list(person.applications.all())


def appointments_of(person: Person) -> list[Appointment]:
    """Every appointment of the person, interviews included."""
    rows = Appointment.objects.select_related("host", "invited_by").order_by("-starts_at", "-pk")
    prefetch_related_objects([person], Prefetch("appointments", rows))
    return list(person.appointments.all())


def interviews_of(application: Application) -> list[Appointment]:
    """Those about one of the person's applications (as `applications_of` gives them)."""
    return [one for one in appointments_of(application.person) if one.application_id == application.pk]


def notes_of(person: Person, viewer) -> list[Note]:
    """Those the viewer may read, newest first."""
    rows = Note.objects.readable_by(viewer).select_related("author").order_by("-written_at", "-pk")
    prefetch_related_objects([person], Prefetch("notes", rows, to_attr="notes_to_read"))
    return person.notes_to_read


def notices_of(person: Person) -> list[Notice]:
    """What we wrote to the person, newest first."""
    rows = Notice.objects.select_related("sent_by").order_by("-sent_at", "-pk")
    prefetch_related_objects([person], Prefetch("notices", rows))
    return list(person.notices.all())


def papers_of(person: Person) -> list[PersonDocument]:
    """Every paper of the person, newest first: also those promised or set aside."""
    rows = PersonDocument.objects.with_names().order_by("-added_at", "-pk")
    prefetch_related_objects([person], Prefetch("documents", rows))
    return list(person.documents.all())
