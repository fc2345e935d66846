"""families, stretches of work and profiles of the invented people, and two registrations half way"""

from datetime import date, timedelta
from random import Random

from oltreiperimetri.shared.dates import at_rome

from .domain import draft as drafts
from .domain.intake import correct_did, correct_household, correct_profile, correct_spells
from .models import Application

JOBS = (
    ("Magazzino di Rho", "Addetta alle spedizioni"),
    ("Supermercato", "Cassa e scaffali"),
    ("Officina meccanica", "Tornio"),
    ("Impresa di pulizie", "Pulizie negli uffici"),
    ("Mensa scolastica", "Aiuto in cucina"),
    ("Studio di ragioneria", "Contabilità e fatture"),
)
SHORT_JOBS = (("Fiera", "Allestimento stand"), ("Vivaio", "Stagione della primavera"), ("Corriere", "Consegne di Natale"))
PROFILES = (
    ("Guido il muletto, so usare il terminale.", "Un magazzino vicino a casa", "full", ""),
    ("Cucino per quaranta persone, tengo puliti gli spazi.", "Una mensa", "part", "Alle 8 porto i figli a scuola."),
    ("Fatture, prima nota, foglio di calcolo.", "Un ufficio, anche piccolo", "either", "Non il sabato."),
    ("Saldo e leggo un disegno.", "Officina, o imparare a fare l’elettricista", "full", "Non posso fare la notte."),
)
ITALIAN = ("mother_tongue", "mother_tongue", "good", "enough", "little")
LIVED_IN = {"lives_in": True, "is_working": None}


def build(world, *, today: date) -> None:
    """Two people in three have told of their family and work; needs `world.people`."""
    chance = Random(14)  # its own, so that the people of the other parts stay who they are
    told = [person for number, person in enumerate(world.people) if number % 3 or person == world.beneficiary]
    for person in told:
        application = Application.objects.filter(person=person).order_by("-received_at").first()
        by, now = person.user, application.received_at + timedelta(hours=1)  # told by themselves, or in person
        correct_household(person, household(chance, today), by=by, now=now)
        correct_spells(person, spells(chance, application), by=by, now=now)
        if application.last_job_ended_on and chance.random() < 0.7:
            day = application.last_job_ended_on + timedelta(days=chance.randint(3, 40))
            correct_did(application, min(day, now.date()), by=by, now=now)
        skills, wishes, hours, limits = chance.choice(PROFILES)
        values = {"skills": skills, "wishes": wishes, "hours": hours, "schedule_limits": limits}
        correct_profile(person, values | {"italian": chance.choice(ITALIAN)}, by=by, now=now)
    half_way(today)


def household(chance: Random, today: date) -> list[dict]:
    members = []
    if chance.random() < 0.55:
        works = chance.choice((True, False, None))
        members.append(
            {"relation": "partner", "birth_year": None, "is_dependant": None, "lives_in": True, "is_working": works}
        )
    for _child in range(chance.choice((0, 0, 1, 1, 2, 3))):
        year = today.year - chance.randint(3, 24)
        members.append({"relation": "child", "birth_year": year, "is_dependant": True, **LIVED_IN})
    if chance.random() < 0.15:
        members.append({"relation": "parent", "birth_year": today.year - 78, "is_dependant": True, **LIVED_IN})
    return members


def spells(chance: Random, application: Application) -> list[dict]:
    """The last job, now and then with a short one after it."""
    last = application.last_job_ended_on
    if last is None:
        return []
    employer, role = chance.choice(JOBS)
    first = last - timedelta(days=chance.randint(300, 6000))
    rows = [spell(employer, role, first, last, application.loss_reason)]
    begins = last + timedelta(days=chance.randint(60, 200))
    ends = begins + timedelta(days=chance.randint(5, 90))
    if chance.random() < 0.3 and ends < application.received_at.date():
        rows.append(spell(*chance.choice(SHORT_JOBS), begins, ends, "contract_end"))
    return rows


def spell(employer: str, role: str, first: date, last: date, ended_how: str) -> dict:
    days = {"started_on": first, "ended_on": last}
    return {"kind": "employee", "employer": employer, "role": role, "ended_how": ended_how, **days}


def half_way(today: date) -> None:
    """One that will be reminded soon, one that is about to be deleted."""
    for name, days in (("Marisa", 2), ("Corrado", 24)):
        now = at_rome(today - timedelta(days=days), 18)
        draft, _code = drafts.begin(now=now)
        drafts.save_step(draft, "nome", {"first_name": name, "last_name": "Inventati"}, now=now)
        drafts.save_step(draft, "contatti", {"email": f"{name.lower()}@example.org", "phone": "", "contact_by": ""}, now=now)
