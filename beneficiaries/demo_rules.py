"""Demonstration of the rules: a second version since today, a third one drafted and rehearsed, two waivers."""

from datetime import date, timedelta

from .domain.eligibility import Criterion
from .domain.rehearsal import rehearse
from .domain.rule_draft import publish, save_draft, start_draft
from .domain.screening import screen
from .domain.waiver import WAIVABLE, answer_waiver, ask_waiver
from .models import Application, CriterionResult

SCREENED_AGAIN = 6
SECOND = {
    "evidence_required": {
        "value": ((Criterion.UNEMPLOYED.value, ("unemployment",)),),
        "source": "Riunione di coordinamento: si chiede di vedere la DID",
        "certainty": "programme",
    }
}
THIRD = {"age_max": {"value": 60}, "unemployment_max_months": {"value": 18}}


def build(world, *, today: date) -> None:
    coordinator, admin = world.users["coordinator"], world.users["admin"]
    yesterday = world.now - timedelta(days=1)
    version = start_draft(by=coordinator, now=yesterday)
    note = "Chiediamo di vedere la DID: chi l’ha fatta ha diritto anche alle altre misure."
    save_draft(version, SECOND, valid_from=today, note=note, by=coordinator, now=yesterday)
    rehearse(version, by=coordinator, now=yesterday)
    publish(version, by=admin, now=yesterday)

    under_way = Application.objects.filter(state=Application.State.IN_REVIEW).select_related("person").order_by("pk")
    for application in under_way[:SCREENED_AGAIN]:
        screen(application, by=application.owner, now=world.now - timedelta(minutes=30))
    waive(world, coordinator=coordinator)

    draft = start_draft(by=admin, now=world.now)
    note = "Proposta: un limite di età e meno mesi, come nell’avviso del 2014."
    save_draft(draft, THIRD, valid_from=today + timedelta(days=30), note=note, by=admin, now=world.now)
    rehearse(draft, by=admin, now=world.now)


def waive(world, *, coordinator) -> None:
    """One waits for a signature, one was signed."""
    waiting = Application.objects.filter(state=Application.State.WAITING_LIST, owner__isnull=False)
    in_the_way = CriterionResult.objects.filter(
        criterion=Criterion.AGE.value,
        outcome__in=WAIVABLE,
        screening__application__in=list(waiting.values_list("pk", flat=True)),
    )
    found = Application.objects.filter(pk__in=set(in_the_way.values_list("screening__application", flat=True)))
    for turn, application in enumerate(found.select_related("person", "owner").order_by("pk")[:2]):
        try_waiver(application, by=application.owner, signer=coordinator if turn else None, now=world.now)


def try_waiver(application: Application, *, by, signer, now) -> None:
    latest = application.screenings.order_by("-pk").first()
    if not latest.criteria.filter(criterion=Criterion.AGE.value, outcome__in=WAIVABLE).exists():
        return
    reason = "Compie 40 anni prima dell’inizio del prossimo gruppo, e ha due figli a carico."
    waiver = ask_waiver(application, Criterion.AGE.value, reason=reason, by=by, now=now - timedelta(hours=2))
    if signer:
        answer_waiver(waiver, grants=True, by=signer, now=now - timedelta(hours=1))
