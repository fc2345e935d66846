# ruff: noqa: E501 - texts of the contest are told in whole lines
"""Two invented editions: one that finished with two chosen ideas, one whose jury is reading now."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.text import slugify

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome

from .demo_ideas import EARLIER, IDEAS, NEEDS, ToldIdea
from .domain import decision, edition, idea, jury, mentoring, need
from .enums import Outcome
from .models import Edition, Idea, Juror, Need

OUR_MAIL = ("idea_", "mentor_", "juror_", "need_")
RUBRIC = [
    ("Risponde a un bisogno", 30, "0: nessuno ha questo problema. 5: lo hanno alcune persone. 10: lo hanno in molti, qui, e oggi si arrangiano."),
    ("Si può fare", 30, "0: non si capisce come. 5: i passi sono chiari, manca qualcosa di importante. 10: si potrebbe partire tra tre mesi."),
    ("Sta in piedi da sola", 25, "0: nessuno paga. 5: i conti tornano con un aiuto. 10: i clienti ci sono e i conti tornano."),
    ("Fa bene al territorio", 15, "0: non cambia nulla. 5: dà lavoro o servizi a qualcuno. 10: unisce imprese, vicini e chi cerca lavoro."),
]  # fmt: skip
JURORS = [("Alberto", "Giudici"), ("Silvana", "Lettori"), ("Khadija", "Stimati"), ("Enrico", "Criteri")]
# How many of the 24 each of the four has sent, and has in draft; with juror@ (13 sent, 3 drafts) they make 100.
WORK = [(24, 0), (23, 1), (19, 1), (15, 1)]
STRENGTHS = [
    "Parte da un problema che si vede ogni giorno.",
    "I conti sono onesti e i numeri piccoli.",
    "Chi la propone conosce il mestiere.",
    "Mette insieme due bisogni con una risposta sola.",
    "Si può provare con poco, e capire presto se funziona.",
]
ADVICE = [
    "Provate con tre clienti veri prima di spendere.",
    "Scrivete chi risponde al telefono quando siete malati.",
    "Chiedete subito quali permessi servono: cambiano i tempi.",
    "Dite quanto costa il primo mese, voce per voce.",
    "Cercate qualcuno che vi aiuti con la contabilità.",
]
MESSAGES = {
    Outcome.CHOSEN: "La giuria ha apprezzato la semplicità e i primi conti. Vi affianchiamo un mentore per sei mesi.",
    Outcome.FINALIST: "Siete arrivati molto vicino. Vi aspettiamo alla serata sui conti di una piccola impresa e alla prossima edizione.",
    Outcome.NOT_CHOSEN: "Grazie per averla scritta. Nei consigli della giuria trovate che cosa rafforzare: potete riproporla.",
}
MEETINGS = [
    (-170, 90, "Conosciuti in stazione. Visti due locali: meglio quello piccolo sul lato della fermata dell'autobus.", -150),
    (-150, 60, "Fatti i conti del primo anno: con otto riparazioni al giorno si pagano affitto e un part-time.", -120),
    (-120, 75, "Primo mese di prova: cinque riparazioni al giorno, ma i clienti tornano. Da cambiare il cartello.", -60),
    (-60, 60, "Nove riparazioni al giorno. Si parla di assumere il secondo meccanico in primavera.", 14),
]


def build(world, *, today: date) -> None:
    """Adds `world.edition`, `world.ideas` and `world.needs`. The mail of the past was sent then."""
    jurors = [new_user(world, name, [Role.JUROR]) for name in JURORS]
    tell_earlier(world, jurors, today=today)
    world.edition = open_edition(world, "Generazioni d'impresa, concorso di idee", -95, today=today)
    world.needs = [tell_need(world, told, today=today) for told in NEEDS]
    world.ideas = [tell_idea(world, told, number, world.edition) for number, told in enumerate(IDEAS)]
    leave_a_draft(world)
    panel = seat_jury(world, world.edition, [world.users["juror"], *jurors])
    score(world, panel)
    settle_mail(world.now)


def open_edition(world, name: str, days: int, *, today: date) -> Edition:
    """Announced `days` from today: four weeks of needs, seven of ideas, three for the jury."""
    announced_on = today + timedelta(days=days)
    values = {
        "name": f"{name} {announced_on.year}",
        "introduction": "Le imprese dei nove comuni raccontano che cosa manca; chi ha un'idea risponde. Si partecipa da soli o in gruppo, gratis, anche senza avere mai aperto un'impresa.",
        "announced_on": announced_on,
        "ideas_from": announced_on + timedelta(days=28),
        "review_from": announced_on + timedelta(days=84),
        "decision_from": announced_on + timedelta(days=107),
        "results_expected_on": announced_on + timedelta(days=121),
        "min_reviews": 3,
    }  # fmt: skip
    made = edition.prepare(values, by=world.users["coordinator"])
    if not made.criteria.exists():
        for title, weight, guidance in RUBRIC:
            criterion = {"name": title, "weight": weight, "guidance": guidance}
            edition.add_criterion(made, criterion, by=world.users["coordinator"], now=at_rome(announced_on, 9))
    return made


def new_user(world, name: tuple[str, str], roles: list[str]) -> User:
    first_name, last_name = name
    known = [user for user in world.users.values() if (user.first_name, user.last_name) == name]
    if known:
        return known[0]
    email = f"{slugify(first_name)}.{slugify(last_name)}@example.org"
    return User.objects.create_user(email, roles=roles, email_verified=True, first_name=first_name, last_name=last_name)


def tell_need(world, told, *, today: date) -> Need:
    owner = world.organisations[told.firm]
    posted_at = at_rome(world.edition.announced_on + timedelta(days=3 + told.firm), 11)
    values = {"title": told.title, "description": told.description, "offer": told.offer}
    made = need.post(owner, values, by=world.users["coordinator"], now=posted_at)
    need.publish(made, by=world.users["coordinator"], now=posted_at + timedelta(days=2))
    return made


def tell_idea(world, told: ToldIdea, number: int, contest: Edition) -> Idea:
    """Written some days before it is sent; half of them arrive in the last week, as always."""
    author = new_user(world, told.author, [Role.CITIZEN])
    days_before = number % 7 if number % 2 else 7 + number * 2
    sent_at = at_rome(contest.ideas_until - timedelta(days=min(days_before, 50)), 9 + number % 12, number * 7 % 60)
    values = {name: getattr(told, name) for name in ("title", *Idea.TEXTS, "team")}
    values["municipality"] = world.towns[told.town]
    if contest == getattr(world, "edition", None):
        values["needs"] = [world.needs[place] for place in told.needs]
    made = idea.draft(contest, values, by=author, now=sent_at - timedelta(hours=30))
    idea.submit(made, by=author, now=sent_at)
    return made


def leave_a_draft(world) -> None:
    """What the citizen began and did not finish in time."""
    values = {
        "title": "Il baratto del sabato",
        "summary": "Un tavolo fuori dalla biblioteca dove si scambiano oggetti e ore di aiuto.",
        "problem": "Abbiamo tutti qualcosa che non usiamo e qualcosa che non possiamo comprare.",
    }
    idea.draft(world.edition, values, by=world.users["citizen"], now=at_rome(world.edition.ideas_until, 20))


def seat_jury(world, contest: Edition, users: list[User]) -> list[Juror]:
    seated_at = at_rome(contest.ideas_from, 9)
    return [jury.seat(contest, user, by=world.users["coordinator"], now=seated_at) for user in users]


def score(world, panel: list[Juror]) -> None:
    """100 reviews. The first juror, juror@, still has some to read, some to finish, and stepped aside once."""
    today = min(world.now.date(), world.edition.review_until)
    started = at_rome(max(world.edition.review_from, today - timedelta(days=9)), 18)
    own, others = panel[0], panel[1:]
    aside = next(made for made in world.ideas if made.title == "Riparo lì")
    jury.abstain(own, aside, reason="È la sarta di famiglia.", by=own.user, now=started)
    readable = [made for made in world.ideas if made != aside]
    write_reviews(world, own, readable, sent=13, drafts=3, now=started)
    for juror, (sent, drafts) in zip(others, WORK, strict=True):
        write_reviews(world, juror, world.ideas, sent=sent, drafts=drafts, now=started)


def write_reviews(world, juror: Juror, ideas: list[Idea], *, sent: int, drafts: int, now: datetime) -> None:
    """In the juror's own order, a few a day."""
    severity = world.random.choice([-1, 0, 0, 1])
    order = jury.reading_order(juror, ideas)[: sent + drafts]
    for number, read in enumerate(order):
        write_review(world, juror, read, severity, is_sent=number < sent, now=now + timedelta(hours=number * 5))


def write_review(world, juror: Juror, read: Idea, severity: int, *, is_sent: bool, now: datetime) -> None:
    worth = next(told.worth for told in (*IDEAS, *EARLIER) if told.title == read.title)
    scores = {
        criterion: min(10, max(0, worth + severity + world.random.choice([-2, -1, 0, 0, 1, 1])))
        for criterion in read.edition.criteria.all()
    }
    if not is_sent:
        scores[max(scores, key=lambda criterion: criterion.position)] = None
    texts = {"strength": world.random.choice(STRENGTHS), "advice": world.random.choice(ADVICE) if is_sent else ""}
    jury.save_review(juror, read, scores=scores, texts=texts, send=is_sent, by=juror.user, now=min(now, world.now))


def tell_earlier(world, jurors: list[User], *, today: date) -> None:
    """Finished about seven months ago; mentor@ follows the first of the two chosen ideas."""
    contest = open_edition(world, "Generazioni d'impresa, prima edizione", -330, today=today)
    ideas = [tell_idea(world, told, number, contest) for number, told in enumerate(EARLIER)]
    panel = seat_jury(world, contest, jurors[:3])
    for juror in panel:
        write_reviews(world, juror, ideas, sent=len(ideas), drafts=0, now=at_rome(contest.review_from, 18))
    decided_at = at_rome(contest.decision_from + timedelta(days=5), 15)
    outcomes = [Outcome.CHOSEN, Outcome.CHOSEN, Outcome.FINALIST] + [Outcome.NOT_CHOSEN] * 3
    for made, outcome in zip(ideas, outcomes, strict=True):
        decision.decide(made, outcome=outcome, message=MESSAGES[outcome], by=world.users["coordinator"], now=decided_at)
    decision.publish_results(contest, by=world.users["coordinator"], now=decided_at + timedelta(days=2))
    walk_together(world, ideas[0], today=today)


def walk_together(world, chosen: Idea, *, today: date) -> None:
    chosen.refresh_from_db()
    started_at = at_rome(today - timedelta(days=185), 10)
    followed = mentoring.assign(chosen, world.users["mentor"], by=world.users["coordinator"], now=started_at)
    for days, minutes, notes, next_days in MEETINGS:
        day = today + timedelta(days=days)
        values = {"day": day, "minutes": minutes, "notes": notes, "next_on": today + timedelta(days=next_days)}
        mentoring.log_meeting(followed, values, by=world.users["mentor"], now=at_rome(day, 19))


def settle_mail(now: datetime) -> None:
    """It left then: the demo's mailbox does not start with fifty old letters."""
    ours = [f"generazioni/{start}" for start in OUR_MAIL]
    for start in ours:
        Message.objects.filter(template__startswith=start, state=Message.State.QUEUED, queued_at__lt=now).update(
            state=Message.State.SENT, sent_at=F("queued_at"), handed_over_at=F("queued_at"), attempt=1
        )
