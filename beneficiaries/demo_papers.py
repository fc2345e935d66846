"""Papers told, shown, verified, promised and about to expire; people sent by a partner."""

from datetime import date, timedelta

from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.dates import add_months, at_rome
from partners.domain import contact as contacts
from partners.enums import Kind as Partners
from partners.models import Organisation

from .domain import inbound_referral as referrals
from .domain.evidence import declare
from .domain.staff import staff_for
from .enums import CheckedHow
from .models import Person, PersonDocument

Kind = PersonDocument.Kind
EXPIRING_DAYS = (6, 12, 20, 45)
# Name, surname, phone, town, why, days ago, what came of it.
SENT = (
    ("Ines", "Moretti", "+39 02 5550901", "015182", "Ha perso il lavoro in mensa a marzo, cerca in cucina.", 2, ""),
    ("Carlo", "Vismara", "+39 02 5550902", "015170", "Magazziniere, contratto finito a settembre.", 5, ""),
    ("Nadia", "Belotti", "+39 02 5550903", "015116", "Ha tre figli, vorrebbe un part-time.", 10, ""),
    ("Amadou", "Diallo", "+39 02 5550904", "015182", "Saldatore, non trova chi lo richiami.", 6, "contacted"),
    ("Piera", "Lualdi", "+39 02 5550905", "015009", "È uscita dalla fabbrica dopo 22 anni.", 13, "contacted"),
    ("Renzo", "Garavaglia", "+39 02 5550906", "015182", "Ha chiuso la sua bottega a maggio.", 30, "in_path"),
    ("Luisa", "Croci", "+39 02 5550907", "015116", "Cerca un lavoro vicino a casa.", 40, "closed"),
)


def build(world, *, today: date) -> None:
    for turn, person in enumerate(world.people):
        papers_of(person, turn, world, today=today)
    promise(world.beneficiary, world, today=today)
    sent_by_a_partner(world, today=today)


def papers_of(person: Person, turn: int, world, *, today: date) -> None:
    """What the office knows of: most identity cards were shown, some papers are only told, a few were asked for."""
    by = staff_for(person)[0]
    now = min(person.applications.latest("received_at").received_at + timedelta(days=1 + turn % 9), world.now)
    if turn % 5 != 4:
        issued = add_months(today, -12 - turn * 7 % 100)
        declare(person, kind=Kind.IDENTITY, how=CheckedHow.ORIGINAL, issued_on=issued, by=by, now=now)
    if turn % 3 == 0:
        declare(person, kind=Kind.UNEMPLOYMENT, by=by, now=now)
    if turn % 4 == 1:
        issued = today - timedelta(days=100 + turn % 60)
        declare(person, kind=Kind.RESIDENCE, how=CheckedHow.OFFICE, issued_on=issued, by=by, now=now)
    if turn % 9 == 2:
        until = today + timedelta(days=EXPIRING_DAYS[turn // 9 % len(EXPIRING_DAYS)])
        declare(person, kind=Kind.PERMIT, how=CheckedHow.ORIGINAL, expires_on=until, by=by, now=now)
    if turn % 11 == 3:
        told = at_rome(today - timedelta(days=7), 16)
        declare(person, kind=Kind.JOB_END, awaited_on=today + timedelta(days=turn % 13 - 4 + 7), by=by, now=told)


def promise(person: Person, world, *, today: date) -> None:
    """Giovanna brings her ISEE later: it is on her page, with its day."""
    told = at_rome(today - timedelta(days=1), 18)
    declare(person, kind=Kind.ISEE, awaited_on=today + timedelta(days=9), by=person.user, now=told)


def sent_by_a_partner(world, *, today: date) -> None:
    """Dario is also a delegate of his union, which sends people; the office has answered some."""
    body = Organisation.objects.referrers().filter(kind=Partners.UNION).first()
    if body is None:  # the demo of this app alone has no partners
        return
    delegate: User = world.users["firm"]
    values = {"first_name": delegate.first_name, "last_name": delegate.last_name, "email": delegate.email}
    values |= {"position": "Delegato", "phone": "", "is_tutor": False, "is_legal_representative": False}
    contact = contacts.add(body, values, by=world.users["coordinator"])
    contact.user = delegate
    contact.save()
    for first_name, last_name, phone, town, why, days, fate in SENT:
        sent_at = at_rome(today - timedelta(days=days), 15, days)
        told = {"first_name": first_name, "last_name": last_name, "phone": phone, "email": "", "other_town": ""}
        told |= {"municipality": world.towns[town], "why": why, "tells_referrer": False}
        referral = referrals.send_person(body, told, by=delegate, now=sent_at)
        answer(referral, fate, world, now=sent_at + timedelta(hours=20))


def answer(referral, fate: str, world, *, now) -> None:
    by = world.users["coordinator"]
    if fate == "contacted":
        referrals.mark_contacted(referral, by=by, now=now)
    elif fate == "in_path":
        referrals.bring_into_path(referral, world.admitted[-1], by=by, now=now)
    elif fate == "closed":
        referrals.close(referral, "other_service", by=by, now=now)
