"""views that staff saved, and what somebody asked about their own data"""

from datetime import date, timedelta

from django.utils import timezone

from .domain.data_request import ask
from .domain.saved_view import save_view
from .models import Person, SavedView

APPLICATIONS = SavedView.List.APPLICATIONS


def build(world, *, today: date) -> None:
    luca, marta = world.users["caseworker"], world.users["coordinator"]
    views = (
        (luca, "Le mie, prima le più urgenti", "assegnata=mie&ordina=passo", False),
        (marta, "24 mesi in scadenza", "scadenza=finestra&ordina=finestra", True),
        (marta, "Senza nessuno", "assegnata=nessuno", True),
    )
    for owner, name, query, is_shared in views:
        save_view(owner, APPLICATIONS, name, query, is_default=False, is_shared=is_shared)
    left = Person.objects.filter(applications__state="withdrawn").order_by("pk").first()
    if left is not None:
        asked = timezone.now() - timedelta(days=9)
        ask(left, "erasure", "Ho trovato lavoro e non mi serve più.", by=None, now=asked)
    words = "La data di nascita ha il giorno sbagliato: è il 14, non il 4."
    ask(world.beneficiary, "correction", words, by=world.users["beneficiary"], now=timezone.now() - timedelta(days=2))
