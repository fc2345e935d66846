"""What this app shows on pages composed by the portal."""

from datetime import date, datetime, time

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.desk import Card, CardItem, Figure, Panel

from .domain.organisation import missing_details
from .domain.queries import slots_to_confirm
from .domain.quota import quota_for
from .models import JoinRequest, MentorProfile, Organisation, Site, Slot

SHOWN = 5
AREA = "work"


def cards(viewer, *, today: date) -> list[Card]:
    found = []
    if viewer.is_staff_member:
        found += [to_accredit(), asking_to_join(), expired_slots(today)]
    if viewer.has_role(Role.FIRM_CONTACT):
        found += [own_slots_to_confirm(viewer, today), own_drafts(viewer), own_missing_details(viewer)]
    if viewer.has_role(Role.MENTOR):
        found.append(mentor_profile(viewer))
    return found


def to_accredit() -> Card:
    waiting = Organisation.objects.filter(state=Organisation.State.PENDING).order_by("created_at", "pk")
    organisations = list(waiting.annotate(in_all=Window(Count("pk")))[:SHOWN])
    return Card(
        title=_("Partners to accredit"),
        url=reverse("partners:organisations") + f"?stato={Organisation.State.PENDING}",
        count=organisations[0].in_all if organisations else 0,
        items=tuple(
            CardItem(organisation.name, organisation.get_absolute_url(), organisation.get_kind_display())
            for organisation in organisations
        ),
        urgency=40,
        icon="it-pa",
    )


def asking_to_join() -> Card:
    requests = JoinRequest.objects.open().select_related("organisation").order_by("asked_at", "pk")[:SHOWN]
    items = tuple(CardItem(str(asked), asked.organisation.get_absolute_url(), asked.organisation.name) for asked in requests)
    return Card(title=_("People who ask to join a partner"), items=items, urgency=35, icon="it-user")


def expired_slots(today: date) -> Card:
    count = Slot.objects.expired_on(today).exclude(ends_on__lt=today).count()
    url = reverse("partners:slots") + "?stato=expired"
    return Card(title=_("Slots that nobody confirmed for 90 days"), url=url, count=count, urgency=20, icon="it-clock")


def own_slots_to_confirm(viewer, today: date) -> Card:
    slots = slots_to_confirm(own(Slot, viewer), today=today)
    items = tuple(
        CardItem(
            _("Is “%(title)s” still available?") % {"title": slot.title},
            slot.get_absolute_url(),
            expiry_note(slot, today),
            urgent=slot.is_expired_on(today),
        )
        for slot in slots
    )
    return Card(title=_("Slots to confirm"), items=items, urgency=60, icon="it-calendar")


def expiry_note(slot: Slot, today: date) -> str:
    day = date_format(slot.expires_on, "l j F Y")
    text = _("Not proposed any more since %(day)s") if slot.is_expired_on(today) else _("Confirm by %(day)s")
    return text % {"day": day}


def own_drafts(viewer) -> Card:
    drafts = own(Slot, viewer).filter(state=Slot.State.DRAFT)[:SHOWN]
    items = tuple(CardItem(slot.title, slot.get_absolute_url(), _("Complete it and offer it")) for slot in drafts)
    return Card(title=_("Drafts to complete"), items=items, urgency=30, icon="it-pencil")


def own_missing_details(viewer) -> Card:
    organisations = Organisation.objects.of_contact(viewer).prefetch_related("sites", "contacts")
    items = tuple(
        CardItem(text, area_of(organisation), organisation.name)
        for organisation in organisations
        for text in missing_details(organisation)
    )
    return Card(title=_("Data we still need"), items=items, urgency=25, icon="it-info-circle")


def own(model, viewer):
    """Rows of the organisations for which a contact works, also when the contact is staff as well."""
    return model.objects.filter(organisation__in=viewer.partner_contacts.values("organisation"))


def area_of(organisation: Organisation) -> str:
    return f"{reverse('portal:partner_area')}?ente={organisation.pk}"


def mentor_profile(viewer) -> Card:
    profile = MentorProfile.objects.filter(user=viewer).first()
    if profile is None:
        item = CardItem(_("Tell us what you can help with"), reverse("partners:mentor_profile"), urgent=True)
        return Card(title=_("My mentor's profile"), items=(item,), urgency=50, icon="it-user")
    note = _("available now") if profile.is_available else _("not available now")
    item = CardItem(profile.topics, reverse("partners:mentor_profile"), note)
    return Card(title=_("My mentor's profile"), items=(item,), urgency=5, icon="it-user")


def organisation_panels(organisation: Organisation, viewer, *, today: date) -> list[Panel]:
    """For staff and for the organisation's own contacts; the page has already found it among those visible."""
    slots = list(organisation.slots.with_names())
    sites = [(site, quota_for(site.headcount)) for site in organisation.sites.select_related("municipality")]
    context = {"organisation": organisation, "viewer": viewer, "today": today}
    return [
        Panel(_("My traineeship slots"), "partners/panels/slots.html", context | {"slots": slots}, 20, "tirocini"),
        Panel(_("My sites"), "partners/panels/sites.html", context | {"sites": sites}, 60, "sedi"),
        Panel(
            _("Colleagues"),
            "partners/panels/contacts.html",
            context | {"contacts": organisation.contacts.all()},
            70,
            "persone",
        ),
        Panel(_("Our data"), "partners/panels/data.html", context, 80, "dati"),
    ]


def report_rows(start: date, end: date) -> list[Figure]:
    """Partners accredited on the last day, by town of their sites, and slots offered in the period, by town of the site.

    A partner with sites in two towns counts in both, and once in the whole.
    """
    accredited = accredited_on(end)
    per_town = (
        Site.objects.filter(organisation__in=accredited)
        .values("municipality")
        .annotate(count=Count("organisation", distinct=True))
    )
    firms = [Figure(row["municipality"], AREA, "firms", row["count"]) for row in per_town]
    offered = set(moves_to(Slot, Slot.State.OFFERED, start, end).values_list("object_id", flat=True))
    slots = Slot.objects.filter(pk__in=offered).values("site__municipality").annotate(count=Count("pk"))
    return [
        *firms,
        Figure(None, AREA, "firms", len(accredited)),
        *[Figure(row["site__municipality"], AREA, "slots", row["count"]) for row in slots],
        Figure(None, AREA, "slots", len(offered)),
    ]


def accredited_on(day: date) -> list[int]:
    """Organisations whose latest change of state up to the end of `day` accredited them."""
    changes = StateChange.objects.filter(object_type=Organisation._meta.label_lower, at__lte=end_of(day))
    latest = dict(changes.order_by("at", "pk").values_list("object_id", "to_state"))
    return [organisation_id for organisation_id, state in latest.items() if state == Organisation.State.ACCREDITED]


def moves_to(model, state: str, start: date, end: date):
    first = datetime.combine(start, time.min, tzinfo=ROME)
    return StateChange.objects.filter(
        object_type=model._meta.label_lower, to_state=state, at__gte=first, at__lte=end_of(end)
    )


def end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=ROME)
