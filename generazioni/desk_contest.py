"""The ideas contest on the pages composed by the portal."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Card, CardItem, Figure, Panel, Record
from partners.models import Organisation

from .domain.need import edition_for_needs
from .enums import Phase
from .models import Edition, Idea, Mentoring, Need, Review
from .models.idea import AUTHOR_ROLES

SHOWN = 5
AREA = "enterprise"


def cards(viewer, *, today: date) -> list[Card]:
    found = []
    if viewer.is_staff_member:
        found += [needs_to_check(), contest_now(today)]
    if viewer.has_role(Role.FIRM_CONTACT):
        found.append(needs_sent_back(viewer))
    if viewer.has_role(Role.JUROR):
        found.append(to_read(viewer, today))
    if viewer.has_role(Role.MENTOR):
        found.append(mentored(viewer))
    if viewer.has_role(*AUTHOR_ROLES):
        found.append(own_drafts(viewer, today))
    return found


def needs_to_check() -> Card:
    needs = Need.objects.waiting().select_related("organisation").order_by("created_at", "pk")[:SHOWN]
    items = tuple(CardItem(need.title, need.get_absolute_url(), need.organisation.name) for need in needs)
    return Card(title=_("Needs to check"), items=items, urgency=35, icon="it-pa")


def contest_now(today: date) -> Card:
    edition = with_progress(Edition.objects.announced_by(today)).order_by("-announced_on", "-pk").first()
    if edition is None:
        return Card(title=_("Ideas contest"))
    phase = edition.phase_on(today)
    note, urgency = str(phase.label), 8
    if phase == Phase.REVIEW:
        note = _("%(sent)s reviews sent; the jury reads until %(day)s") % {
            "sent": edition.sent_reviews,
            "day": day_text(edition.review_until),
        }
    elif phase == Phase.DECISION:
        note = _("Outcomes to decide: %(count)s. Promised by %(day)s") % {
            "count": edition.to_decide,
            "day": day_text(edition.results_expected_on),
        }
        urgency = 45
    is_late = phase == Phase.DECISION and today > edition.results_expected_on
    item = CardItem(edition.name, edition.get_absolute_url(), note, urgent=is_late)
    return Card(title=_("Ideas contest"), items=(item,), urgency=urgency, icon="it-files")


def with_progress(editions):
    """Adds `sent_reviews` and `to_decide`, in the same query."""
    submitted = Q(ideas__state=Idea.State.SUBMITTED)
    return editions.annotate(
        sent_reviews=Count("ideas__reviews", filter=submitted & Q(ideas__reviews__state=Review.State.SENT), distinct=True),
        to_decide=Count("ideas", filter=submitted & Q(ideas__decision=None), distinct=True),
    )


def day_text(day: date) -> str:
    return date_format(day, "l j F")


def needs_sent_back(viewer) -> Card:
    own = Need.objects.filter(organisation__in=viewer.partner_contacts.values("organisation"), state=Need.State.RETURNED)
    items = tuple(CardItem(need.title, need.get_absolute_url(), _("Change it and send it again")) for need in own[:SHOWN])
    return Card(title=_("Needs to correct"), items=items, urgency=40, icon="it-pencil")


def to_read(viewer, today: date) -> Card:
    seats = viewer.juries.reading_on(viewer, today)
    items = tuple(
        CardItem(
            seat.edition.name,
            reverse("generazioni:jury"),
            _("You read until %(day)s") % {"day": day_text(seat.edition.review_until)},
        )
        for seat in seats
    )
    return Card(title=_("Jury"), items=items, urgency=50, icon="it-list")


def mentored(viewer) -> Card:
    followed = Mentoring.objects.filter(mentor=viewer).active().select_related("idea").prefetch_related("meetings")
    items = tuple(CardItem(row.idea.title, row.get_absolute_url(), last_meeting(row)) for row in followed)
    return Card(title=_("Ideas that I follow"), items=items, urgency=45, icon="it-files")


def last_meeting(mentoring: Mentoring) -> str:
    meetings = list(mentoring.meetings.all())
    if not meetings:
        return _("No meeting yet: fix the first one")
    if meetings[0].next_on:
        return _("Next meeting on %(day)s") % {"day": day_text(meetings[0].next_on)}
    return _("Last meeting on %(day)s") % {"day": day_text(meetings[0].day)}


def own_drafts(viewer, today: date) -> Card:
    drafts = Idea.objects.of_author(viewer).filter(state=Idea.State.DRAFT).select_related("edition")
    items = tuple(
        CardItem(
            idea.title,
            idea.get_absolute_url(),
            _("You can send it until %(day)s.") % {"day": f"{idea.edition.ideas_until:%d/%m/%Y}"},
        )
        for idea in drafts
        if idea.edition.takes_ideas_on(today)
    )
    return Card(title=_("Ideas to finish"), items=items, urgency=30, icon="it-pencil")


def organisation_panels(organisation: Organisation, viewer, *, today: date) -> list[Panel]:
    """For staff and for the organisation's own contacts; the page has already found it among those visible."""
    needs = list(organisation.needs.select_related("edition"))
    context = {"organisation": organisation, "needs": needs, "is_open": edition_for_needs(today) is not None}
    return [Panel(_("My needs"), "generazioni/panels/needs.html", context, 40, "bisogni")]


def report_rows(start: date, end: date) -> list[Figure]:
    """Ideas first sent in the period, by the town where they would begin; needs published in it, for the whole area."""
    sent = Idea.objects.sent().filter(submitted_at__gte=at_rome(start), submitted_at__lte=at_rome(end, 23, 59)).order_by()
    per_town = sent.exclude(municipality=None).values("municipality").annotate(count=Count("pk"))
    figures = [Figure(row["municipality"], AREA, "ideas", row["count"]) for row in per_town]
    whole = {"ideas": sent.count(), "needs": Need.objects.filter(published_on__range=(start, end)).count()}
    return figures + [Figure(None, AREA, indicator, count) for indicator, count in whole.items() if count]


def idea_records(author) -> list[Record]:
    """What somebody proposed, in the copy of their data."""
    names = ("title", *Idea.TEXTS, "team")
    return [
        Record(
            _("My ideas"),
            tuple((str(idea._meta.get_field(name).verbose_name), getattr(idea, name)) for name in names),
        )
        for idea in Idea.objects.filter(author=author).order_by("pk")
    ]
