# ruff: noqa: E501 - texts of the evenings are told in whole lines
"""Invented themed evenings: three past, one full with a waiting list, one filling, one in preparation, one cancelled."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import slugify

from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome

from .domain import evening as verbs
from .domain import guest as places
from .models import Evening
from .models.evening import EveningTheme as Theme

LAINATE, PERO, PREGNANA = "015116", "015170", "015179"
RHO, SETTIMO, VANZAGO, CORNAREDO = "015182", "015211", "015229", "015087"


@dataclass(frozen=True)
class Told:
    """One evening: `days` from today, `guests` sign-ups, `came` of those with a seat."""

    days: int
    title: str
    theme: str
    description: str
    speakers: str
    place: str
    address: str
    town: str
    capacity: int
    guests: int = 0
    came: int = 0
    fate: str = "published"


EVENINGS = [
    Told(-75, "Dal licenziamento alla NASpI, passo per passo", Theme.WORK, "Che cosa fare nei primi otto giorni, quali documenti servono, quali scadenze non si possono perdere. Portate le vostre domande: una parte della serata è per i casi di ognuno.", "Renata Scotti, operatrice di patronato\nLuca Accoglienza, #Oltreiperimetri", "#Op cafè di Rho, sala grande", "Via dell'Esempio 20", RHO, 30, guests=26, came=21, fate="held"),
    Told(-40, "I conti di casa quando lo stipendio non c'è", Theme.SAVINGS, "Un metodo semplice per sapere dove vanno i soldi, quali spese si possono rinviare e con chi parlare prima che un debito cresca.", "Elisa Bonfanti, educatrice finanziaria", "Centro civico, sala incontri", "Piazza della Prova 2", LAINATE, 25, guests=18, came=14, fate="held"),
    Told(-6, "Scrivere a un'azienda senza annunci", Theme.WORK, "Come si trova il nome giusto, che cosa si scrive in dieci righe, quando si telefona. Chi vuole porta il suo curriculum e lo guardiamo insieme.", "Giulio Ferrante, consulente di carriera", "Biblioteca comunale", "Via dei Libri 7", SETTIMO, 20, guests=15),
    Told(5, "Da un'idea a una piccola impresa: i primi tre conti", Theme.ENTERPRISE, "Quanto costa partire, quanto bisogna vendere, quando si arriva in pari. Con carta e matita, su tre esempi veri di botteghe del Rhodense.", "Ivo Esperienza, mentore di Generazioni\nAda Credito, mentore di Generazioni", "#Op cafè di Lainate", "Via del Cortile 10", LAINATE, 12, guests=16),
    Told(12, "Affitto in ritardo: che cosa si può fare", Theme.HOUSING, "Parlare con il proprietario, chiedere un contributo, capire una lettera dell'avvocato. Si può venire anche solo ad ascoltare.", "Chiara Moretti, avvocata\nLo sportello casa di #Oltreiperimetri", "Auditorium comunale", "Via della Musica 4", PERO, 40, guests=11),
    Told(19, "Lo SPID, il telefono e le domande in rete", Theme.DIGITAL, "Portate il vostro telefono: in due ore si attiva, si prova, si fa insieme una domanda vera. I ragazzi della scuola aiutano uno per uno.", "Gli studenti dell'istituto tecnico\nTarek Digitale, mentore", "Scuola media, aula informatica", "Via dei Banchi 15", CORNAREDO, 16, guests=4),
    Told(33, "Nonni, figli, vicini: chi tiene i bambini mentre cerco lavoro", Theme.TOGETHER, "Tre famiglie raccontano come si sono organizzate; poi si prova a farlo qui, per cortile e per scuola.", "Le famiglie della Rete di via dell'Esempio", "Oratorio, sala al piano terra", "Via della Chiesa 3", VANZAGO, 30, fate="draft"),
    Told(9, "Il colloquio di gruppo", Theme.WORK, "Una prova dal vivo, con chi fa selezione per mestiere.", "Una responsabile del personale", "Sala consiliare", "Piazza del Municipio 1", PREGNANA, 18, guests=7, fate="cancelled"),
]  # fmt: skip
FIRST_NAMES = ["Adele", "Bruno", "Carla", "Dino", "Emma", "Franco", "Gina", "Hamid", "Irene", "Jacopo", "Katia", "Livio"]
LAST_NAMES = ["Ambrosi", "Bellini", "Carcano", "Donati", "Esposito", "Fumagalli", "Gatti", "Haddou", "Innocenti"]
CANCELLED_BECAUSE = "La sala è chiusa per lavori: riproponiamo la serata in primavera."


def build(world, *, today: date) -> None:
    """Adds `world.evenings`. Old letters do not start the mailbox: only what is still to come stays in it."""
    world.evenings = [tell(world, told, today=today) for told in EVENINGS]


def tell(world, told: Told, *, today: date) -> Evening:
    coordinator = world.users["coordinator"]
    day = today + timedelta(days=told.days)
    written_at = at_rome(min(day, today) - timedelta(days=28), 11)
    values = {
        "title": told.title,
        "theme": told.theme,
        "description": told.description,
        "speakers": told.speakers,
        "place": told.place,
        "address": told.address,
        "municipality": world.towns[told.town],
        "starts_at": at_rome(day, 20, 30),
        "ends_at": at_rome(day, 22, 30),
        "capacity": told.capacity,
    }
    evening = verbs.draft(values, by=coordinator, now=written_at)
    if told.fate == "draft":
        return evening
    verbs.publish(evening, by=coordinator, now=written_at)
    for number in range(told.guests):
        now = written_at + timedelta(days=1 + number, hours=number % 9)
        places.sign_up(evening, guest(told, number), by=None, now=min(now, world.now))
    settle(world, evening, told)
    if told.days < 0:
        Message.objects.about(evening).delete()
    return evening


def guest(told: Told, number: int) -> dict[str, str]:
    """Every fifth person gives only a phone number."""
    index = abs(told.days) * 3 + number
    name = f"{FIRST_NAMES[index % len(FIRST_NAMES)]} {LAST_NAMES[(index * 4 + number) % len(LAST_NAMES)]}"
    if number % 5 == 4:
        return {"name": name, "email": "", "phone": f"+39020001{abs(told.days):02d}{number:02d}"}
    return {"name": name, "email": f"{slugify(name, allow_unicode=False).replace('-', '.')}{index}@example.org", "phone": ""}


def settle(world, evening: Evening, told: Told) -> None:
    """What came after the sign-ups."""
    coordinator = world.users["coordinator"]
    if told.fate == "held":
        here = list(evening.guests.seated().order_by("seat").values_list("pk", flat=True)[: told.came])
        verbs.note_who_came(evening, here, by=coordinator, now=evening.ends_at)
    elif told.fate == "cancelled":
        verbs.cancel(evening, by=coordinator, now=world.now - timedelta(hours=3), reason=CANCELLED_BECAUSE)
