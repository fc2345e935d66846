import random
from datetime import timedelta
from types import SimpleNamespace

from oltreiperimetri.accounts.models import User
from oltreiperimetri.followups import demo
from oltreiperimetri.followups.models import Checkpoint
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import Message

from .conftest import rome

NOW = rome("2026-11-24 10:00")


def test_the_demo_has_answers_people_to_call_and_a_letter_to_send_today(opened, settings, mailoutbox):
    settings.QUIET_HOURS = False
    coordinator = User.objects.create_user("coord@example.org", roles=["coordinator"])
    for weeks in range(2, 32):
        opened(NOW.date() - timedelta(weeks=weeks), offsets=(1, 3, 6, 12), now=NOW - timedelta(weeks=weeks))
    world = SimpleNamespace(now=NOW, random=random.Random(2016), users={"coordinator": coordinator})

    demo.build(world, today=NOW.date())
    waiting_at_start = Message.objects.filter(state="queued").count()
    engine.emit_due(now=NOW)
    engine.deliver(now=NOW)

    states = set(Checkpoint.objects.filter(due_on__lt=NOW.date()).values_list("state", flat=True))
    assert {"answered", "unreachable", "planned"} <= states
    assert waiting_at_start == 0
    assert len(mailoutbox) >= 1
    assert Message.objects.filter(sent_at__lt=NOW - timedelta(days=60)).exists()
