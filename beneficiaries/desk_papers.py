"""A person's papers on composed pages: what is there and what it is worth, what is awaited and by when."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oltreiperimetri.shared.desk import Event, Panel, Record, Step, Tab, Task

from .domain import telling
from .dossier import papers_of
from .models import Person, PersonDocument


def papers_panel(person: Person, *, for_staff: bool, checked_by_viewer: bool = False, today: date) -> Panel:
    """`checked_by_viewer`: whether the reader may look at the papers for the office (not at one's own)."""
    papers = papers_of(person)
    for paper in papers:
        paper.is_expired = paper.state != PersonDocument.State.SET_ASIDE and paper.has_expired_on(today)
        paper.can_be_checked = checked_by_viewer
    return Panel(
        _("Documents") if for_staff else _("My documents"),
        "beneficiaries/people/_panel_documents.html",
        {"person": person, "for_staff": for_staff, "documents": papers},
        order=75,
        anchor="documenti",
    )


def awaited_of(person: Person) -> list[PersonDocument]:
    """Those promised for a day, the nearest first."""
    return sorted((paper for paper in papers_of(person) if paper.is_awaited), key=lambda paper: paper.awaited_on)


def papers_steps(person: Person, *, for_staff: bool, today: date) -> list[Step]:
    """What was promised: the person's turn until its day, then the caseworker's, who calls."""
    return [step_of(paper, for_staff=for_staff, is_late=paper.awaited_on < today) for paper in awaited_of(person)]


def step_of(paper: PersonDocument, *, for_staff: bool, is_late: bool) -> Step:
    if for_staff:
        title = _("Paper not come: call the person (%(paper)s).") if is_late else _("A paper is awaited: %(paper)s.")
        url = paper.person.tab_url(Tab.DOCUMENTS)
    else:
        title = _("We will call you about this paper: %(paper)s.") if is_late else _("Bring or send us: %(paper)s.")
        url = send_url(paper)
    return Step(
        title % {"paper": name_of(paper)},
        url=url,
        ball="caseworker" if is_late else "person",
        due_on=None if is_late and not for_staff else paper.awaited_on,
        urgency=15 if is_late else 5,
    )


def papers_tasks(person: Person) -> list[Task]:
    return [
        Task(
            _("Bring or send: %(paper)s") % {"paper": name_of(paper)},
            "todo",
            pgettext("day in words", "by %(day)s") % {"day": telling.in_sentence(date_format(paper.awaited_on, "l j F Y"))},
            send_url(paper),
            order=3,
        )
        for paper in awaited_of(person)
    ]


def send_url(paper: PersonDocument) -> str:
    return f"{reverse('beneficiaries:my_document_new')}?carta={paper.pk}"


def name_of(paper: PersonDocument) -> str:
    return paper.description if paper.kind == PersonDocument.Kind.OTHER else paper.get_kind_display()


def papers_events(person: Person, *, for_staff: bool) -> list[Event]:
    """When each paper came, and for staff when it was looked at and by whom."""
    events = []
    url = person.tab_url(Tab.DOCUMENTS) if for_staff else "#documenti"
    for paper in papers_of(person):
        told = _("Document: %(paper)s") % {"paper": name_of(paper)}
        by = str(paper.added_by or "") if for_staff else ""
        events.append(Event(paper.added_at, told, by=by, icon="it-file", url=url))
        if for_staff and paper.checked_at:
            title = _("%(paper)s: %(state)s") % {"paper": name_of(paper), "state": paper.get_state_display()}
            by = str(paper.checked_by or "")
            events.append(Event(paper.checked_at, title, paper.get_how_display(), by, icon="it-check", url=url))
    return events


def papers_record(person: Person) -> list[Record]:
    papers = papers_of(person)
    return [Record(_("Documents"), tuple((name_of(paper), worth_in_words(paper)) for paper in papers))] if papers else []


def worth_in_words(paper: PersonDocument) -> str:
    """`seen (a copy or a photo), 2026-03-04, valid until 2027-01-01`"""
    parts = [str(paper.get_state_display())]
    if paper.how:
        parts.append(str(paper.get_how_display()))
    parts.append(_("added on %(day)s") % {"day": paper.added_at.date().isoformat()})
    if paper.awaited_on:
        parts.append(_("promised for %(day)s") % {"day": paper.awaited_on.isoformat()})
    if paper.expires_on:
        parts.append(pgettext("paper", "valid until %(day)s") % {"day": paper.expires_on.isoformat()})
    return ", ".join(parts)
