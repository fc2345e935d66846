"""What the test does to the portal, each in a process of its own: `python -m tests.e2e.steps <step> [argument]`."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from beneficiaries.domain import registration  # noqa: E402
from beneficiaries.domain.registration import Answers  # noqa: E402
from beneficiaries.models import Application  # noqa: E402
from oltreiperimetri.followups.domain.plan import open_plan  # noqa: E402
from oltreiperimetri.followups.models import Answer, FollowUpPlan  # noqa: E402
from oltreiperimetri.reminders import engine  # noqa: E402
from oltreiperimetri.reminders.models import Message, Reminder  # noqa: E402
from oltreiperimetri.shared.dates import add_months  # noqa: E402


def open_due():
    """A plan whose only checkpoint was due yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    anchor = add_months(yesterday, -1)
    open_plan("e2e.path", anchor_on=anchor, by=None, now=timezone.now(), offsets_months=(1,))


def open_many(count):
    """As many plans, each with its own person and one checkpoint that was due yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for _number in range(int(count)):
        anchor = add_months(yesterday, -1)
        open_plan("e2e.crowd", anchor_on=anchor, by=None, now=timezone.now(), offsets_months=(1,))


def flood(count):
    """As many messages that wait to leave, each to an address of its own."""
    context = {"checkpoint": None, "path_label": "prova"}
    for number in range(int(count)):
        to, now = f"n{number}@example.org", timezone.now()
        engine.queue_mail("followups/notice", context, to=to, dedupe_key=f"flood-{number}", now=now)


def forget():
    """Nothing was ever planned or written."""
    Message.objects.all().delete()
    Reminder.objects.all().delete()
    FollowUpPlan.objects.all().delete()


def register(number):
    """Somebody registers; the number is printed once everything is committed."""
    answers = Answers(first_name="Anna", last_name=f"Prova{number}", phone=f"02 0000 {int(number):04d}", working_now=False)
    return registration.register(answers, channel="online", by=None, now=timezone.now()).number


def registered():
    """The numbers that are stored, and how many applications lack their screening or their search words."""
    whole = Application.objects.filter(screenings__criteria__isnull=False, person__search_words__isnull=False).distinct()
    return {
        "numbers": list(Application.objects.values_list("number", flat=True)),
        "half_written": Application.objects.count() - whole.count(),
    }


def states():
    """How many messages are in each state."""
    return dict(Message.objects.order_by().values_list("state").annotate(count=Count("pk")))


def attempts(recipient):
    """How often the only message to an address was tried."""
    return Message.objects.get(recipient=recipient).attempt


def receipt():
    """Mail that answers an act."""
    context = {"checkpoint": None, "path_label": "prova"}
    engine.queue_mail("followups/notice", context, to="bruno@example.org", dedupe_key="receipt", now=timezone.now())


def answer(path):
    client = Client()
    opened = client.get(path)
    sent = client.post(path, {"situation": "employed", "contract_kind": "permanent", "same_firm": "yes"})
    again = client.get(path)
    return {
        "statuses": [opened.status_code, sent.status_code, again.status_code],
        "answers": list(Answer.objects.values_list("situation", "channel")),
        "planned": Reminder.objects.filter(state="planned").count(),
    }


def messages():
    return list(Message.objects.order_by("pk").values_list("recipient", "state", "attempt"))


def ready():
    response = Client().get("/readyz")
    return {"status": response.status_code, **response.json()["checks"]}


if __name__ == "__main__":
    steps = (open_due, open_many, flood, forget, register, registered, states, receipt, answer, attempts, messages, ready)
    step = {function.__name__: function for function in steps}[sys.argv[1]]
    print(json.dumps(step(*sys.argv[2:])))
