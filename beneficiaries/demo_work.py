"""the work with people: phases, how things stand, pacts, contacts, teams"""

from datetime import date, datetime, timedelta
from random import Random

from oltreiperimetri.shared.dates import add_months, at_rome
from oltreiperimetri.shared.models import Municipality

from .domain import case_file, pact, pact_agreement, team
from .domain.assessment import assess
from .domain.contact_log import note_contact
from .enums import Area, Ball, ClosingReason, TeamRole
from .models import CaseFile, ContactEntry, Pact, PactAction, Person

Phase = CaseFile.State
Kind, Topic = ContactEntry.Kind, ContactEntry.Topic
CAFES = ("015182", "015116", "015176", "015211")  # Rho, Lainate, Pregnana, Settimo
CONTACTS_A_WEEK = 11
WEEKS = 56
LAST_DAYS = 3

GOALS = {
    Area.WORK: "Trovare un lavoro vicino a casa, anche a tempo parziale, entro la primavera.",
    Area.ECONOMY: "Arrivare alla fine del mese senza chiedere prestiti.",
    Area.CARE: "Avere due mattine libere la settimana per cercare lavoro.",
    Area.SOCIAL: "Conoscere qualcuno in paese con cui scambiarsi una mano.",
}
# Area -> (what, who, name of the partner, days from the agreement)
ACTIONS = {
    Area.WORK: (
        ("Portare il curriculum aggiornato allo sportello", Ball.PERSON, "", 10),
        ("Telefonare a due aziende dell’elenco", Ball.PERSON, "", 40),
        ("Cercare un corso di italiano scritto la sera", Ball.CASEWORKER, "", 20),
    ),
    Area.ECONOMY: (
        ("Segnare le spese di un mese sul quaderno", Ball.PERSON, "", 35),
        ("Fare insieme il bilancio di casa", Ball.PARTNER, "Educatore finanziario, #Op cafè di Rho", 50),
    ),
    Area.CARE: (
        ("Chiedere al centro diurno i giorni liberi", Ball.CASEWORKER, "", 25),
        ("Parlare con la sorella dei turni", Ball.PERSON, "", 15),
    ),
    Area.SOCIAL: (("Passare una mattina all’#Op cafè", Ball.PERSON, "", 30),),
}
CLOSED = (
    (ClosingReason.FOUND_WORK, "Contratto di un anno in una mensa. Si sente al sicuro, chiama se cambia qualcosa."),
    (ClosingReason.GOALS_REACHED, "Ha raggiunto quello che si era proposta. Restano le serate all’#Op cafè."),
    (ClosingReason.OTHER_SERVICE, "Continua con il centro per l’impiego di Rho; passaggio fatto insieme."),
)


def build(world, *, today: date) -> None:
    random = Random(4)
    for turn, person in enumerate(world.admitted):
        case_of(person, world, turn=turn, random=random, today=today)
    giovanna(world, today=today)
    teams(world, today=today)
    contacts(world, random=random, today=today)


def case_of(person: Person, world, *, turn: int, random: Random, today: date) -> None:
    """The case that opened when the person was admitted: the longer ago, the further on."""
    case = person.cases.get()
    by, days = follower(person, world), (today - case.opened_on).days
    if days < 12:
        return
    begun = case.opened_on + timedelta(days=8)
    levels = {area.value: random.randint(1, 3) for area in Area if random.random() < 0.9} or {Area.WORK.value: 2}
    if person == world.beneficiary:
        return
    look_at(person, levels, day=begun, by=by, today=today)
    if days < 25:
        return
    move(case, Phase.PLAN, days=14, by=by, today=today)
    if days > 45:
        in_delivery(case, world, turn=turn, by=by, today=today)
    for months in range(4, days // 30 + 1, 4):
        levels = {area: min(5, level + (random.random() < 0.6)) for area, level in levels.items()}
        look_at(person, levels, day=add_months(begun, months), by=by, today=today)


def in_delivery(case: CaseFile, world, *, turn: int, by, today: date) -> None:
    days = (today - case.opened_on).days
    agreed = write_pact(case.person, tuple(GOALS)[turn % 3 : turn % 3 + 2], by=by, day=case.opened_on + timedelta(days=20))
    tick_some(agreed, by=by, today=today)
    move(case, Phase.DELIVERY, days=21, by=by, today=today)
    if days > 330:
        move(case, Phase.FINAL_EVALUATION, days=300, by=by, today=today)
        if turn % 4:
            reason, words = CLOSED[turn % len(CLOSED)]
            move(case, Phase.CLOSED, days=320, reason=reason, note=words, by=by, today=today)


def follower(person: Person, world):
    application = person.applications.select_related("owner").first()
    return application.owner or world.users["caseworker"]


def move(case: CaseFile, to: str, *, days: int, by, today: date, reason: str = "", note: str = "") -> None:
    now = moment(case.opened_on + timedelta(days=days), today=today)
    case_file.go_to(case, to, seen=case.state, reason=reason, note=note, by=by, now=now)


def moment(day: date, *, today: date) -> datetime:
    return at_rome(min(day, today - timedelta(days=1)), 11, 20)


def look_at(person: Person, levels: dict[str, int], *, day: date, by, today: date) -> None:
    day = min(day, today - timedelta(days=1))
    noted = {area: (level, "Ne ha parlato volentieri." if level == 1 else "") for area, level in levels.items()}
    assess(person, noted, taken_on=day, is_shared=True, by=by, now=moment(day, today=today))


def write_pact(person: Person, areas, *, by, day: date) -> Pact:
    """Agreed face to face on `day`, looked at again every three months since."""
    now = at_rome(day, 15)
    draft = pact.start_pact(person, by=by, now=now)
    for area in areas:
        goal = pact.write_goal(draft, area=area.value, text=GOALS[area], by=by, now=now)
        for text, ball, partner, days in ACTIONS[area]:
            due_on = day + timedelta(days=days)
            pact.write_action(goal, text=text, ball=ball, partner_name=partner, due_on=due_on, by=by, now=now)
    pact_agreement.agree(draft, consent=Pact.Consent.PRESENT, agreed_on=day, review_on=add_months(day, 3), by=by, now=now)
    return draft


def tick_some(agreed: Pact, *, by, today: date) -> None:
    """What was due more than a month ago is done; a review that was held has the next one after it."""
    for action in PactAction.objects.with_pact().filter(goal__pact=agreed, due_on__lt=today - timedelta(days=30)):
        pact_agreement.tick(action, PactAction.State.DONE, by=by, now=at_rome(action.due_on, 12))
    while agreed.review_on < today - timedelta(days=20):
        now = at_rome(agreed.review_on, 10)
        pact_agreement.set_review(agreed, review_on=add_months(agreed.review_on, 3), by=by, now=now)


def giovanna(world, *, today: date) -> None:
    """The person of the demo account: a pact in force with things done, to do and late, and a new version to read."""
    person, by = world.beneficiary, world.users["caseworker"]
    case = person.cases.get()
    move(case, Phase.PLAN, days=10, by=by, today=today)
    agreed = write_pact(person, (Area.WORK, Area.ECONOMY), by=by, day=today - timedelta(days=40))
    first = PactAction.objects.with_pact().filter(goal__pact=agreed, ball=Ball.PERSON).first()
    pact_agreement.tick(first, PactAction.State.DONE, by=person.user, now=at_rome(today - timedelta(days=29), 19, 5))
    move(case, Phase.DELIVERY, days=32, by=by, today=today)
    levels = (
        {"work": 1, "home": 3, "economy": 2, "care": 2, "social": 2},
        {"work": 2, "economy": 2, "care": 3, "social": 3},
    )
    for found, days in zip(
        (*levels, {"work": 3, "home": 4, "economy": 3, "care": 3, "social": 4}), (240, 120, 9), strict=True
    ):
        look_at(person, found, day=today - timedelta(days=days), by=by, today=today)
    now = at_rome(today - timedelta(days=2), 15)
    draft = pact.start_pact(person, by=by, now=now)
    goal = pact.write_goal(draft, area=Area.SOCIAL.value, text=GOALS[Area.SOCIAL], by=by, now=now)
    for text, ball, partner, days in ACTIONS[Area.SOCIAL]:
        due_on = today + timedelta(days=days)
        pact.write_action(goal, text=text, ball=ball, partner_name=partner, due_on=due_on, by=by, now=now)
    review_on, answer_by = add_months(today, 3), today + timedelta(days=10)
    pact_agreement.propose(draft, answer_by=answer_by, review_on=review_on, by=by, now=now)


def teams(world, *, today: date) -> None:
    """A colleague of another town beside Giovanna, and a partner by name; somebody's part has ended."""
    by, since = world.users["caseworker"], today - timedelta(days=60)
    now = at_rome(since, 9)
    for person in (world.beneficiary, *world.admitted[14:20:3]):
        by = follower(person, world)
        other = world.users["caseworker2" if by == world.users["caseworker"] else "caseworker"]
        team.join_team(person, role=TeamRole.EDUCATOR, user=other, since=since, by=by, now=now)
        partner = "Educatrice finanziaria, #Op cafè di Rho"
        team.join_team(person, role=TeamRole.FINANCIAL_EDUCATOR, partner_name=partner, since=since, by=by, now=now)
    left = world.admitted[20]
    by = follower(left, world)
    member = team.join_team(
        left, role=TeamRole.VOLUNTEER, partner_name="Gruppo Caritas di Lainate", since=since, by=by, now=now
    )
    team.leave_team(member, by=by, now=at_rome(today - timedelta(days=10), 17))


def contacts(world, *, random: Random, today: date) -> None:
    """A year of lines: most of nobody in particular, some of the people of the programme."""
    towns = {town.pk: town for town in Municipality.objects.in_programme()}
    cafes = [towns[code] for code in CAFES if code in towns] or list(towns.values())[:1]
    bands = [band.value for band in ContactEntry.AgeBand]
    everyone = list(towns.values())
    for place in reversed(range(WEEKS * CONTACTS_A_WEEK)):
        ago = LAST_DAYS + place * 7 // CONTACTS_A_WEEK
        day = workday(today - timedelta(days=ago))
        by = world.users["caseworker" if place % 3 else "caseworker2"]
        kind = random.choices(list(Kind), weights=[25, 20, 30, 25])[0]
        known = random.choice(world.admitted) if random.random() < 0.15 and kind != Kind.CAFE else None
        if known:
            by = follower(known, world)
        note_contact(
            kind=kind.value,
            topic=random.choice(list(Topic)).value if kind == Kind.CONSULTATION else "",
            day=day,
            place=random.choice(cafes if kind == Kind.CAFE else everyone),
            minutes=random.choice([None, 10, 15, 20, 30, 45]) if kind != Kind.CAFE else None,
            person=known,
            municipality=random.choice([None, *everyone]),
            age_band=random.choice(["", *bands]),
            by=by,
            now=at_rome(day, 16, place % 60),
        )


def workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
