"""Handing one's files over to colleagues: with a note, town by town, each file on its own and with its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..access import may_own
from ..models import Application, CaseFile, TeamMember
from .notes import write_note
from .queries import OPEN_STATES

HANDED_STATES = (*OPEN_STATES, Application.State.ADMITTED)
AT_ONCE = 200  # files in one go: the page answers, and the next go takes the rest
OUTSIDE = ""


@dataclass(frozen=True)
class TownFiles:
    """What somebody follows in a town (`code` "" outside the programme's): applications, of which admitted; open cases."""

    code: str
    name: str
    applications: int
    admitted: int
    cases: int


@dataclass(frozen=True)
class RowResult:
    """What became of one row of a batch: `outcome` is done, refused (with the reason) or gone."""

    title: str
    url: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class HandedOver:
    rows: tuple[RowResult, ...]
    left: int


def may_hand_over(by, user: User) -> bool:
    return by.sees_all_towns or (by.is_staff_member and by.pk == user.pk)


def files_of(user: User):
    return Application.objects.filter(owner=user, state__in=HANDED_STATES)


def preview(user: User) -> list[TownFiles]:
    """Counts per town, by name; the towns outside the programme together, last."""
    open_case = CaseFile.objects.open().filter(person=OuterRef("person"))
    rows = (
        files_of(user)
        .order_by()
        .values("person__municipality", "person__municipality__name", "person__municipality__in_programme")
        .annotate(
            total=Count("pk"),
            admitted=Count("pk", filter=Q(state=Application.State.ADMITTED)),
            cases=Count("pk", filter=Exists(open_case)),
        )
    )
    inside, outside = [], [0, 0, 0]
    for row in rows:
        counts = (row["total"], row["admitted"], row["cases"])
        if row["person__municipality__in_programme"]:
            inside.append(TownFiles(row["person__municipality"], row["person__municipality__name"], *counts))
        else:
            outside = [old + new for old, new in zip(outside, counts, strict=True)]
    inside.sort(key=lambda town: town.name)
    return [*inside, TownFiles(OUTSIDE, _("Outside the nine towns"), *outside)] if outside[0] else inside


def hand_over(user: User, takers: Mapping[str, User], note: str, *, by, now: datetime) -> HandedOver:
    """Give the files of `user` to the colleague of each town (`takers`: town's code -> User; towns without one stay).

    Each file is its own transaction; at most AT_ONCE in one go. `left`: how many files of these towns still wait.
    """
    refuse_unless(may_hand_over(by, user))
    if not note.strip():
        raise DomainError(_("Write what the colleague must know."), code="empty", field="note")
    wanted = Q(person__municipality__in=[code for code in takers if code], person__municipality__in_programme=True)
    if OUTSIDE in takers:
        wanted |= ~Q(person__municipality__in_programme=True)
    files = files_of(user).filter(wanted).select_related("person__municipality").order_by("person__municipality", "pk")
    rows = [hand_one(file, user, takers[town_of(file)], note, by=by, now=now) for file in files[:AT_ONCE]]
    given = sum(row.outcome == "done" for row in rows)
    if given:
        record("hand_over", user, by=by, changes={"files": given, "to": sorted({one.pk for one in takers.values()})}, at=now)
    refused = len(rows) - given
    return HandedOver(tuple(rows), max(0, files.count() - refused))


def town_of(application: Application) -> str:
    town = application.person.municipality
    return town.pk if town is not None and town.in_programme else OUTSIDE


def hand_one(application: Application, user: User, taker: User, note: str, *, by, now: datetime) -> RowResult:
    title, url = f"{application.person} ({application.number})", application.get_absolute_url()
    try:
        with transaction.atomic():
            locked = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
            if locked is None:
                return RowResult(title, "", "gone")
            if locked.owner_id != user.pk:
                raise DomainError(_("Meanwhile somebody else follows it."), code="changed_meanwhile")
            if not may_own(taker, application):
                raise DomainError(
                    _("%(who)s does not follow the town of %(person)s.") % {"who": taker, "person": application.person},
                    code="out_of_scope",
                )
            give(locked, taker, by=by, now=now)
            hand_part_in_team(application, user, taker, now=now)
            write_note(application.person, title=_("Handed over to %(who)s") % {"who": taker}, text=note, by=by, now=now)
    except DomainError as refusal:
        return RowResult(title, url, "refused", str(refusal))
    return RowResult(title, url, "done", str(taker))


def give(application: Application, owner: User | None, *, by, now: datetime) -> None:
    """Write the new owner of a locked application, and the passage into the log from which its history is read."""
    before, application.owner = application.owner_id, owner
    application.save(update_fields=["owner", "updated_at"])
    record("assign", application, by=by, changes={"owner": [before, application.owner_id]}, at=now)


def hand_part_in_team(application: Application, user: User, taker: User, *, now: datetime) -> None:
    """The part that somebody had in the team passes too, unless the colleague is in it already."""
    today = timezone.localtime(now).date()
    for part in TeamMember.objects.now().filter(person=application.person_id, user=user):
        part.until = max(today, part.since)
        part.save(update_fields=["until", "updated_at"])
        if TeamMember.objects.now().filter(person=application.person_id, user=taker).exists():
            continue
        try:
            with transaction.atomic():
                TeamMember.objects.create(person_id=application.person_id, user=taker, role=part.role, since=today)
        except IntegrityError:  # added by a colleague in the same moment
            continue


@dataclass(frozen=True)
class Term:
    """Who followed an application from one moment to another (None: still); `owner` None is nobody."""

    owner: User | None
    since: datetime
    until: datetime | None
    by: User | None


def terms_of(application: Application) -> list[Term]:
    """Who followed it, oldest first, as the log of acts says. Before the first entry nobody did."""
    entries = AuditEntry.objects.filter(
        object_type=application._meta.label_lower, object_id=application.pk, changes__has_key="owner"
    ).order_by("pk")
    steps, owner = [], None
    for entry in entries:
        told = entry.changes["owner"]
        new = told[1] if isinstance(told, list) else told
        if new != owner:
            steps.append((new, entry.at, entry.actor_id))
            owner = new
    wanted = {pk for step in steps for pk in (step[0], step[2]) if pk}
    users = User.objects.in_bulk(wanted) if wanted else {}
    ends = [*[at for _new, at, _actor in steps[1:]], None]
    return [Term(users.get(new), at, end, users.get(actor)) for (new, at, actor), end in zip(steps, ends, strict=False)]
